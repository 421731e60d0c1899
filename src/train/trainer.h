// Trainer: the weights in training and what a step does to them. No thread, file or clock: the
// caller computes the gradient of the batch (in as many threads as it likes) and hands it back.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/safetensors.h"
#include "train/adam_w.h"
#include "train/batches.h"
#include "train/config.h"

namespace train {

// Weights at the start, as the config's init says.
engine::Parameters initial_parameters(const TrainConfig& config);

// The learning rate of a step, counted from 0.
double learning_rate(const TrainConfig& config, int step);

// Sums of losses of a batch, in nats, and of how many predictions each.
struct BatchLoss {
  double text = 0, synthetic = 0;
  int text_count = 0, synthetic_count = 0;

  BatchLoss& operator+=(const BatchLoss& other);
  double mean(Task task) const;  // nats a token of what the task is about; NaN without any
  // All four numbers, to the last digit; and back. Throws Error for anything else.
  std::string text_form() const;
  static BatchLoss from_text(const std::string& form);
};

class Trainer {
 public:
  Trainer(const TrainConfig& config, std::vector<int> corpus, std::vector<int> byte_ids = {});

  const TrainConfig& config() const { return config_; }
  int steps_done() const { return steps_done_; }
  long long tokens_done() const { return tokens_done_; }
  bool finished() const { return steps_done_ >= config_.steps; }
  const engine::Parameters& parameters() const { return parameters_; }
  // The model as it stands. The mean over the vocabulary is taken out of W_U: no probability
  // changes, and a logit then reads as above the mean of all tokens.
  engine::Model model() const;

  // The batch of the step to come.
  Batch batch() const { return batches_.batch(steps_done_); }

  // Adds to `gradient` (of the batch's mean loss) the share of its sequences number first,
  // first + stride, ... and returns their losses. Const: several may run at once, each with its own
  // workspace and gradient.
  BatchLoss add_gradient(const Batch& batch, int first, int stride, engine::Backward& workspace,
                         engine::Parameters& gradient) const;

  // Takes the step. Throws Error, and changes nothing, when the loss or gradient is not finite.
  void apply(const Batch& batch, engine::Parameters& gradient, const BatchLoss& loss);
  // Of the steps since it was last taken, nats a token; NaN where there were none.
  double take_mean_loss();

  // Everything that a run needs to go on, as a safetensors file; and back. restore() throws Error
  // for a file that is none or was made with another config or text.
  std::string checkpoint() const;
  void restore(std::string_view bytes);
  // The same inside of a file that holds more, its names after a prefix. The tensors view the
  // trainer's own numbers.
  std::vector<engine::Tensor> state_tensors(const std::string& prefix) const;
  std::map<std::string, std::string> state_metadata(const std::string& prefix) const;
  void restore(const engine::Safetensors& file, const std::string& prefix);

 private:
  BatchLoss add_bigram_gradient(const Batch& batch, int first, int stride, float weight,
                                engine::Parameters& gradient) const;

  TrainConfig config_;
  std::string fingerprint_;
  Batches batches_;
  engine::Parameters parameters_;
  AdamWOf<float> optimizer_;
  int steps_done_ = 0;
  long long tokens_done_ = 0;
  BatchLoss since_report_;
};

}  // namespace train
