// Skip-trigrams of a head -> JSON: the design's `skip-trigrams`. For heads above layer 0 each
// carries "direct_path": true (it is read off token embeddings alone), with LayerNorm "folded":
// true.
#pragma once

#include "engine/model_file.h"
#include "report/json.h"

namespace report {

// {"head", "entries": [{"source", "destination", "output", "qk", "ov", "strength"}]}: the `top`
// strongest of all sources, at most one a source. The three tokens are {"id", "text"}.
Json skip_trigrams(const engine::LoadedModel& loaded, engine::HeadId head, int top);

// {"head", "source", "destinations": [{"id", "text", "qk"}], "outputs": [{"id", "text", "ov"}],
// "lowest_outputs"}: of a source token, the `top` tokens that look for it most, and those that it
// raises and lowers most. `source` is in the vocabulary.
Json skip_trigrams_of(const engine::LoadedModel& loaded, engine::HeadId head, int source, int top);

}  // namespace report
