// Claims on copying in a one-layer model. Paper: "Copying / Primitive In-Context Learning",
// "Detecting Copying Behavior".
#pragma once

#include "engine/claim_sources.h"

namespace engine {

// What having occurred does to tokens' probabilities among random tokens; sums over tokens.
struct Recurrence {
  int tokens = 0;
  double occurred = 0, absent = 0;  // probability in the text that has the token, and without it
  double log_ratio = 0;             // of the first to the second
};
// Two texts of `n` random tokens, none in both but the last, which they share: at the end, the
// probability of each token before that one in either text. n is 2 or more, 2 n - 1 at most d_vocab
// (asserted).
Recurrence recurrence(const Model& model, int n, Random& random);

// copying, copying-context.
std::unique_ptr<ClaimWork> copying_claims(const ClaimSubjects& subjects);

}  // namespace engine
