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

// Every position of a run, one after the other. `without` is a run of the same tokens (asserted) in
// which `heads` are cut.
std::vector<InductionPosition> induction(const Run& run, const Run& without,
                                         const std::vector<HeadId>& heads);

}  // namespace engine
