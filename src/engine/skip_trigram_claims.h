// Claims on skip-trigrams of a one-layer model. Paper: "Interpretation as Skip-Trigrams" and its
// "bugs".
#pragma once

#include "engine/claim_sources.h"

namespace engine {

// skip-trigram, bugs.
std::unique_ptr<ClaimWork> skip_trigram_claims(const ClaimSubjects& subjects,
                                               const ClaimSources& sources);

}  // namespace engine
