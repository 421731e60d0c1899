// What is read off the weights -> JSON: the design's `heads` and `composition`. With LayerNorm each
// carries "folded": true: its w and centring are folded into the weights, its scale is left out.
#pragma once

#include "engine/composition.h"
#include "engine/head_readings.h"
#include "report/json.h"

namespace report {

// {"pairs": [{"earlier", "later", "q", "k", "v"}], "baseline": {"q": {"mean", "deviation"}, "k",
// "v"}}: raw ratios of all pairs of heads in different layers (null where a head has no weights);
// the baseline is that of engine::composition_baseline.
Json composition(const engine::Model& model);
// The same of what was read already; done (asserted).
Json composition(const engine::Config& config, const engine::CompositionReadings& readings);

// {"heads": [{"head", "copying", "previous_token", "induction", "duplicate_token", "eigenvalues":
// {"ov": [[re, im]...], "qk"}}]}. copying is null where all eigenvalues are zero; the three scores
// on repeated random tokens are null where n_ctx is too short for them.
Json heads(const engine::Model& model);
// The same of what was read already.
Json heads(const engine::Config& config, const std::vector<engine::HeadReading>& readings);

}  // namespace report
