// A training run in a folder: threads, files and the clock around train::Trainer. The folder holds
// the checkpoint to go on from, log.jsonl, and at the end (and at every checkpoint) the model.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/tokenizer.h"
#include "report/train_config.h"
#include "train/trainer.h"

namespace cli {

struct TrainingFiles {
  std::string config;  // train.json
  std::string corpus;  // texts; empty for the task "repeat"
  std::string valid;
  std::string out;  // a folder, made when it is not there
};

class Training {
 public:
  // Reads everything and goes on from the folder's checkpoint where there is one. Throws Error,
  // before the first step, for a config, text or checkpoint that does not fit.
  Training(const TrainingFiles& files, int threads);

  // Steps until the end, or until `stop` says so; writes reports (also to `on_report`, as a JSON
  // line and as text for people), checkpoints and the model. Returns whether training is finished.
  // Throws Error when the loss stops being finite; the last checkpoint is kept.
  bool run(const std::function<bool()>& stop,
           const std::function<void(const std::string& json, const std::string& text)>& on_report,
           const std::function<void(const std::string&)>& on_progress);

  int steps_done() const { return trainer_->steps_done(); }
  int steps() const { return trainer_->config().steps; }
  const std::vector<std::string>& notices() const { return notices_; }

 private:
  train::TrainConfig read_config();
  void read_texts(const train::TrainConfig& config);
  void note_oddities(const train::TrainConfig& config);
  void go_on();
  void step();
  void report();
  void save();
  bool report_due() const;
  std::string progress() const;

  TrainingFiles files_;
  int threads_ = 1;  // no more than sequences in a batch
  std::string config_text_, tokenizer_text_;
  std::optional<engine::Tokenizer> tokenizer_;
  std::vector<int> valid_tokens_;
  std::optional<train::Trainer> trainer_;
  std::vector<engine::Backward> workspaces_;   // one a thread
  std::vector<engine::Parameters> gradients_;  // one a thread
  double seconds_before_ = 0;                  // of the run's earlier parts
  double started_ = 0;
  long long tokens_at_start_ = 0;
  std::vector<std::string> log_, notices_;
  report::TrainReport last_;
};

}  // namespace cli
