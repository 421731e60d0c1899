// The registry of tensors: TransformerLens's names and shapes -> Weights.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/model.h"
#include "engine/safetensors.h"

namespace engine {

// What torch.compile ("_orig_mod."), data parallelism ("module.") or a wrapping class ("model.")
// put in front of every name, or "". Throws Error where the names are those of another architecture
// (GPT-2 and the like, with Hugging Face's names), saying what it is.
std::string name_prefix(const Safetensors& file);

// Does the file hold a LayerNorm's weights?
bool has_norm_weights(const Safetensors& file, const std::string& prefix);

struct WeightsFile {
  Weights weights;
  std::int64_t parameters = 0;       // numbers in the tensors that are used
  std::vector<std::string> ignored;  // tensors that are not, by name
};

// Reads the tensors of a model, straight into its matrices, some 2^18 numbers a step. The file must
// outlive it.
class WeightsReading {
 public:
  // Nothing is allocated before its tensor was found to be there in the right shape. Throws Error
  // naming the tensor: missing, of another shape, or one that would change the logits and is not
  // known.
  WeightsReading(const Safetensors& file, const std::string& prefix, const Config& config);

  bool done() const { return next_ == parts_.size(); }
  double progress() const;  // 0 to 1
  // Not after the last (asserted). Throws Error naming the tensor: of another dtype, not finite.
  void step();
  WeightsFile take();  // once it is done (asserted), and then it has none

  // A tensor's numbers from `first` on, and the matrix that they go to.
  struct Part {
    const Tensor* tensor = nullptr;
    std::int64_t first = 0, count = 0;
    float* to = nullptr;
  };

 private:
  std::vector<Part> parts_;
  std::size_t next_ = 0;             // of them
  std::int64_t read_ = 0, all_ = 0;  // numbers
  WeightsFile result_;
};

// The same at once.
WeightsFile read_weights(const Safetensors& file, const std::string& prefix, const Config& config);

}  // namespace engine
