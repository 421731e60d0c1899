// The claim on which heads compose. Paper: "Analyzing a Two-Layer Model".
#pragma once

#include "engine/claim_sources.h"
#include "engine/composition.h"

namespace engine {

// K-composition above chance, by the earlier head.
struct StrongestEdges {
  HeadId head;        // the earlier head whose strongest K edge is the strongest
  double best = 0;    // of `of`, its strongest
  double others = 0;  // of any other earlier head; none: 0
  double median = 0;  // of all pairs but those of `of`
  double largest_q = 0, largest_v = 0;
};
// Of these pairs, at least one (asserted), with `of` as the head that is held against the others.
StrongestEdges strongest_edges(const std::vector<HeadPair>& pairs,
                               const CompositionBaseline& baseline, HeadId of);

// composition-sparse.
std::unique_ptr<ClaimWork> composition_claims(const ClaimSubjects& subjects);

}  // namespace engine
