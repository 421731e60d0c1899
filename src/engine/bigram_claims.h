// Claims on the direct path: W_U W_E beside counted bigrams. Paper: "Zero-Layer Transformers", and
// "The Path Expansion Trick" of one layer.
#pragma once

#include "engine/claim_sources.h"

namespace engine {

// zero-bigram, direct-bigram.
std::unique_ptr<ClaimWork> bigram_claims(const ClaimSubjects& subjects,
                                         const ClaimSources& sources);

}  // namespace engine
