// Claims that sums of terms are exact, on a text. Paper: "Path Expansion Trick", for one layer, for
// two, and for attention scores. "Exact to x": the largest error over the largest value.
#pragma once

#include "engine/claim_sources.h"

namespace engine {

// one-layer-sum, two-layer-sum, score-sum.
std::unique_ptr<ClaimWork> sum_claims(const ClaimSubjects& subjects, const ClaimSources& sources);

}  // namespace engine
