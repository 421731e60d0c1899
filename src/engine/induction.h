// Induction on a text: where its tokens stood before, what came next there, and what the induction
// heads have to do with it. Paper: "Induction Heads": having [a] now and [a][b] before, look at [b]
// and raise it. On repeated random tokens: head_kinds.h.
#pragma once

#include <vector>

#include "engine/run.h"

namespace engine {

// An earlier occurrence of the token at a position.
struct EarlierOccurrence {
  int earlier = 0;                // what came next there stands at earlier + 1
  std::vector<float> attention;   // of each head, from the position to earlier + 1
  float probability = 0;          // at the position, of what came next there
  float probability_without = 0;  // the same in the run without the heads
};

struct InductionPosition {
  int position = 0;
  std::vector<EarlierOccurrence> occurrences;  // the latest first
};

// Reads every position of a run, some positions a step: two softmaxes over the vocabulary for each
// whose token stood before.
class InductionMeter {
 public:
  // `without` is a run of the same tokens (asserted) in which `heads` are cut. Neither needs
  // logits, nor to outlive this; the model must.
  InductionMeter(const Model& model, const Run& run, const Run& without,
                 const std::vector<HeadId>& heads);

  bool done() const { return next_ == repeated_.size(); }
  double progress() const;  // 0 to 1
  void step();              // not after the last (asserted)
  // One after the other; probabilities stand once it is done.
  const std::vector<InductionPosition>& positions() const { return positions_; }

 private:
  const Model& model_;
  std::vector<int> tokens_;
  std::vector<int> repeated_;  // positions whose token stood before
  Matrix input_, without_;     // d_model x repeated: what W_U reads there, in each of the runs
  std::size_t next_ = 0;       // of the repeated ones
  std::vector<InductionPosition> positions_;
};

// The same, all at once.
std::vector<InductionPosition> induction(const Model& model, const Run& run, const Run& without,
                                         const std::vector<HeadId>& heads);

}  // namespace engine
