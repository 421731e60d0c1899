// Held-out loss: consecutive windows of n_ctx tokens that do not overlap, n_ctx - 1 predictions
// each (design, section 4). A bigram is scored on the same predictions.
#pragma once

#include <optional>
#include <vector>

#include "engine/predictions.h"
#include "engine/stream_work.h"

namespace engine {

struct HeldOutWindows {
  int width = 0;  // tokens: n_ctx, or the whole text where it is shorter
  int count = 0;
  int of = 0;  // windows that the text has: `count` of them, spread evenly
  // The tokens of window number `index`, below `count`, of the text that the windows are of.
  std::vector<int> tokens(const std::vector<int>& text, int index) const;
};

// `windows` windows of the tokens (all, where 0), spread evenly over them. A last window that is
// not full is left out unless it is the only one. Throws Error for fewer than two tokens, and for
// an n_ctx below 2.
HeldOutWindows held_out_windows(const Config& config, const std::vector<int>& tokens,
                                int windows = 0);

// The loss of a run's own predictions, nats a token; at least two tokens (asserted). The run may be
// one without logits. Throws Error where they are not finite.
double mean_loss(const Model& model, const Run& run);

struct HeldOutLoss {
  double loss = 0;  // nats a token
  long long predictions = 0;
  // Mean loss at positions 200 to 250 minus that at 20 to 40; none for windows below 252 tokens,
  // for at position 250 token 251 is predicted.
  std::optional<double> in_context;
  std::vector<double> loss_by_position;  // n_ctx - 1
};

// Measures in steps: a head of a window's run, or some rows of the vocabulary. The model must
// outlive it.
class HeldOutMeter {
 public:
  // Throws Error as held_out_windows does.
  HeldOutMeter(const Model& model, std::vector<int> tokens, int windows = 0, const Cuts& cuts = {});
  bool done() const { return window_ == windows_.count; }
  double progress() const;     // 0 to 1
  void step();                 // not after the last (asserted)
  HeldOutLoss result() const;  // over the windows that are finished, at least one (asserted)

 private:
  const Model& model_;
  const std::vector<int> tokens_;
  const HeldOutWindows windows_;
  const Cuts cuts_;
  int window_ = 0;                          // finished ones
  std::optional<StreamWork> stream_;        // of the one after them, once it has begun,
  std::optional<Predictions> predictions_;  // and then what it predicts
  std::vector<double> sums_;                // of losses, by position
};

// The mean over those windows. Throws Error as held_out_windows does.
HeldOutLoss held_out_loss(const Model& model, const std::vector<int>& tokens, int windows = 0,
                          const Cuts& cuts = {});

}  // namespace engine
