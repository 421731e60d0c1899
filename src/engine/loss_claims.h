// Claims on what terms, heads and their composition are worth in a held-out text. Paper: "Term
// Importance Analysis", "Induction Heads".
#pragma once

#include "engine/claim_sources.h"

namespace engine {

// in-context, terms, layer-1-heads, composition-counts.
std::unique_ptr<ClaimWork> loss_claims(const ClaimSubjects& subjects, const ClaimSources& sources);

// The cuts that these are measured with, in the words of cuts.h; two layers or more (asserted).
// The single-head terms of the last layer, or of those below it.
std::vector<std::string> head_terms(const Config& config, bool last_layer);
// What the layers below the last write, kept from the queries and keys of later heads.
std::vector<std::string> from_later_scores(const Config& config);
// The same kept from the logits.
std::vector<std::string> from_logits(const Config& config);

}  // namespace engine
