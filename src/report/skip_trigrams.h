// Skip-trigrams of a head -> JSON: the design's `skip-trigrams`. For heads above layer 0 each
// carries "direct_path": true (it is read off token embeddings alone), with LayerNorm "folded":
// true.
#pragma once

#include "engine/crossed_trigrams.h"
#include "engine/model_file.h"
#include "engine/skip_trigrams.h"
#include "report/json.h"

namespace report {

// {"head", "entries": [{"source", "destination", "output", "qk", "ov", "strength"[, "kind"]}]}: the
// `top` strongest of all sources, at most one a source. The three tokens are {"id", "text"}; the
// kind is "copying" or "spelling", where it is one of them.
Json skip_trigrams(const engine::LoadedModel& loaded, engine::HeadId head, int top);
// The same of those that were found already.
Json skip_trigrams(const engine::LoadedModel& loaded, engine::HeadId head,
                   const std::vector<engine::SkipTrigram>& found);

// {"head", "source", "destinations": [{"id", "text", "qk"}], "outputs": [{"id", "text", "ov"}],
// "lowest_outputs"}: of a source token, the `top` tokens that look for it most, and those that it
// raises and lowers most. `source` is in the vocabulary.
Json skip_trigrams_of(const engine::LoadedModel& loaded, engine::HeadId head, int source, int top);

// {"source", "weakest", "entries": [{"destination", "output", "strength", "counted"}]}: the two
// that the counts list (with their log-probabilities), then the two crossed ones (null).
Json crossed(const engine::LoadedModel& loaded, const engine::CrossedTrigrams& crossed,
             const engine::BigramCounts& counts);

}  // namespace report
