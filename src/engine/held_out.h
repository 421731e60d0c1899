// Held-out loss: consecutive windows of n_ctx tokens that do not overlap, n_ctx - 1 predictions
// each (design, section 4). A bigram is scored on the same predictions.
#pragma once

#include <optional>
#include <vector>

#include "engine/forward.h"

namespace engine {

struct HeldOutLoss {
  double loss = 0;  // nats a token
  long long predictions = 0;
  std::optional<double> in_context;      // mean loss at 200 to 250 minus that at 20 to 40
  std::vector<double> loss_by_position;  // n_ctx - 1
};

// The mean over the first `windows` windows of the tokens (all, where 0). A last window that is not
// full is left out unless it is the only one. Throws Error for fewer than two tokens.
HeldOutLoss held_out_loss(const Model& model, const std::vector<int>& tokens, int windows = 0,
                          const Cuts& cuts = {});

}  // namespace engine
