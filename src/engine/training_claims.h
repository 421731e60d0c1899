// The claim on how induction heads form, read off a training log. "In-context Learning and
// Induction Heads" (2022): their formation is a change of phase.
#pragma once

#include "engine/claim_sources.h"

namespace engine {

// The reports at which the best induction score above layer 0 first reaches `low` and `high`.
struct Formation {
  std::size_t from = 0, to = 0;
};
std::optional<Formation> formation(const TrainingLog& log, float low = 0.1f, float high = 0.5f);

// formation.
std::unique_ptr<ClaimWork> training_claims(const ClaimSubjects& subjects,
                                           const ClaimSources& sources);

}  // namespace engine
