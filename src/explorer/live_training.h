// LiveTraining: what the runs that train beside the page have told so far, and which of their heads
// the visitor has cut.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/model.h"

namespace explorer {

// A run at one of its steps, for the curves. Losses in nats a token; NaN: not told.
struct LiveStep {
  int step = 0;
  float loss = 0;                                // of the batches since the step before
  float accuracy_second = 0;                     // on the second copy of random tokens, 0 to 1
  std::vector<float> induction, previous_token;  // scores of all heads, layer by layer, 0 to 1
};

// One sequence, a block of tokens that comes twice, as the model reads it now.
struct LiveSequence {
  std::vector<std::string> tokens;       // n
  std::vector<float> losses;             // n - 1, at i that of token i + 1
  std::vector<engine::Matrix> patterns;  // a head each: n x n (destination, source)
};

struct LiveRun {
  engine::Config config;  // of the model
  std::vector<LiveStep> steps;
  LiveSequence sequence;
  std::vector<engine::HeadId> cuts;  // as the visitor wants them, in order
};

class LiveTraining {
 public:
  const std::vector<LiveRun>& runs() const { return runs_; }
  // Runs in place of those that there were, at their start.
  void begin(std::vector<LiveRun> runs);
  // What a run has told; heads and steps fit its config and follow on (asserted). Of a long run
  // those steps are kept that are drawn: 200 at least.
  void add(std::size_t run, LiveStep step, std::optional<LiveSequence> sequence);
  void set_cuts(std::size_t run, std::vector<engine::HeadId> cuts);  // in order
  void toggle_cut(std::size_t run, engine::HeadId head);

 private:
  std::vector<LiveRun> runs_;
};

}  // namespace explorer
