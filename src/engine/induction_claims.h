// Claims on what heads do on random tokens that come twice. Paper: "Primarily Positional Skip
// Trigrams", "Induction Heads", "Checking the Mechanistic Theory".
#pragma once

#include "engine/claim_sources.h"

namespace engine {

// positional, induction-exists, induction-needs-two, induction-random, induction-copies,
// induction-matches, induction-cause.
std::unique_ptr<ClaimWork> induction_claims(const ClaimSubjects& subjects);

}  // namespace engine
