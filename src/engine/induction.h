// Induction on a text: where its tokens stood before, what came next there, and what the induction
// heads have to do with it. Paper: "Induction Heads": having [a] now and [a][b] before, look at [b]
// and raise it. On repeated random tokens: head_kinds.h.
#pragma once

#include <optional>
#include <vector>

#include "engine/predictions.h"
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

// Reads every position of a run whose token stood before, some rows of the vocabulary a step, in
// the run and in one without some heads.
class InductionMeter {
 public:
  // `heads` are those whose attention is told. The run needs neither logits nor to outlive this;
  // the model must.
  InductionMeter(const Model& model, const Run& run, const std::vector<HeadId>& heads);
  // A run of the same tokens (asserted) in which they are cut; before the first step. As above.
  void set_without(const Run& without);

  bool done() const { return without_ && with_.done() && without_->done(); }
  double progress() const;  // 0 to 1
  void step();              // not after the last (asserted). Throws Error for logits not finite
  // One after the other; probabilities stand once it is done.
  const std::vector<InductionPosition>& positions() const { return positions_; }

 private:
  Predictions predictions_of(const Run& run) const;
  void set_probabilities();

  const Model& model_;
  std::vector<int> tokens_;
  std::vector<InductionPosition> positions_;
  // Of the tokens that came next, a column for each position that has any.
  Predictions with_;
  std::optional<Predictions> without_;
};

// The same, all at once.
std::vector<InductionPosition> induction(const Model& model, const Run& run, const Run& without,
                                         const std::vector<HeadId>& heads);

}  // namespace engine
