// What there is to read of every head without a text: the eigenvalues of its circuits, its copying
// score, and what it does on random tokens that come twice; in steps, so that a page stays
// responsive. Paper: "Detecting Copying Behavior", "Induction Heads".
#pragma once

#include <optional>
#include <vector>

#include "engine/circuits.h"
#include "engine/head_kinds.h"

namespace engine {

struct HeadReading {
  HeadId head;
  Eigenvalues eigenvalues;
  double copying = 0;                // NaN where all eigenvalues are zero
  std::optional<HeadScores> scores;  // none where n_ctx is too short to repeat in
};

// The model must outlive it.
class HeadReadings {
 public:
  // With `predictions`, repeated() tells them too: over a large vocabulary those are most of the
  // work.
  explicit HeadReadings(const Model& model, bool predictions = false);
  bool done() const;
  double progress() const;  // 0 to 1
  void step();
  // All heads, layer by layer; once it is done (asserted).
  std::vector<HeadReading> result() const;
  // The model on repeated tokens; none without heads or where n_ctx is too short for them. Without
  // `predictions` its losses and its accuracy are 0.
  std::optional<RepeatedScores> repeated() const;

 private:
  const Model& model_;
  EmbeddingProducts products_;
  std::optional<CircuitEigenvalues> circuits_;  // once the products are done
  std::optional<RepeatedRuns> runs_;
  std::vector<HeadReading> readings_;
  std::size_t read_ = 0;  // of them, whose eigenvalues are known
};

}  // namespace engine
