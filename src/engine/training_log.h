// TrainingLog: the log that ships with a model, a report a line: how its loss fell and its heads
// formed. What `pathscope train` writes (design, section 6).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/model.h"

namespace engine {

struct TrainingReport {
  struct Head {
    HeadId head;
    float induction = 0, previous_token = 0;  // scores on repeated random tokens, 0 to 1
  };
  double tokens = 0;                 // trained on so far
  std::optional<float> valid_loss;   // of held-out text, nats a token
  std::optional<float> in_context;   // of held-out text, as held_out.h has it
  std::optional<float> loss_second;  // on the second copy of random tokens, nats a token
  float accuracy_second = 0;         // of it, 0 to 1
  std::vector<Head> heads;           // all of the model's, layer by layer
};

using TrainingLog = std::vector<TrainingReport>;

// Throws Error, naming the line, for what is no such report of a model of this config, and for
// reports that are not in the order of their tokens. Empty lines are skipped.
TrainingLog read_training_log(std::string_view text, const Config& config);

}  // namespace engine
