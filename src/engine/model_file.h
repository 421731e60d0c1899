// Bytes of a model folder -> Model. safetensors by its specification, config.json in
// TransformerLens's words. The door of the engine: every message says which, expected, found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/config.h"
#include "engine/tokenizer.h"
#include "engine/weights.h"

namespace engine {

// The files' bytes; a file that is not there is empty. A config or tokenizer that is absent is
// taken from the safetensors' __metadata__, where that has one.
struct ModelFiles {
  std::string_view config;            // config.json
  Bytes weights;                      // model.safetensors
  std::string_view tokenizer;         // tokenizer.json
  std::string_view tokenizer_config;  // tokenizer_config.json: read for bos_token alone
  std::string_view weights_name = "model.safetensors";  // in messages
};

struct LoadedModel {
  Model model;
  Tokenizer tokenizer;
  std::int64_t parameters = 0;        // numbers in the tensors that are used
  int bos = -1;                       // the token put in front of a text, or -1
  std::vector<std::string> ignored;   // config keys and tensors that were not used
  std::vector<std::string> notices;   // sentences for the user
  std::string tokenizer_sha256 = {};  // of tokenizer.json's bytes; empty where there is none
  std::string why_ids = {};           // why texts are read as ids; empty where they are not
};

// Reads a model in steps: a large one takes seconds. The files' bytes must outlive it. All throw
// Error naming what was wrong, what was expected, what was found.
class ModelReading {
 public:
  explicit ModelReading(const ModelFiles& files);
  bool done() const { return weights_->done(); }
  double progress() const { return weights_->progress(); }  // 0 to 1
  void step() { weights_->step(); }                         // not after the last (asserted)
  LoadedModel take();                                       // once it is done (asserted)

 private:
  const ModelFiles files_;
  const Safetensors file_;
  const std::string prefix_;
  ConfigFile config_;
  std::optional<WeightsReading> weights_;
};

// The same at once.
LoadedModel load_model(const ModelFiles& files);

// The tokens of a text, with the model's bos in front where its config asks for it. Any length.
std::vector<int> read_text(const LoadedModel& loaded, std::string_view text);

}  // namespace engine
