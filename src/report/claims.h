// The paper's claims as they were measured -> JSON: the design's `claims`.
#pragma once

#include <memory>
#include <vector>

#include "engine/claims.h"
#include "report/request.h"

namespace report {

// {"claims": [{"id", "section", "claim", "measurement", "measured", "comparison", "threshold",
// "holds", "reason", "layers"[, "also"]}]}, in the paper's order. `measurement` says what
// `measured` is; it is held to the threshold by the comparison (">=", ">", "<=", "<"). `also` lists
// further numbers, {"measurement", "measured", "comparison", "threshold"}, whose thresholds count
// likewise. `layers` are those of the model that was measured. What is not there is null: the
// threshold where there is none, holds where there is no answer (reason then says why),
// measurement, measured and layers where nothing was measured, reason where the claim holds.
Json claims(const std::vector<engine::Claim>& claims);

// What measures the claims, with the models of the set that it reads.
struct ClaimsMeasurement {
  std::vector<std::shared_ptr<const engine::LoadedModel>> set;
  std::unique_ptr<engine::ClaimsMeter> meter;
};
// On the request's text, counts, log and set, each of which may be missing; the loaded model must
// outlive it. The counts' loss is used where they were scored on this text. Throws Error for counts
// and models of another tokenizer, and for a log that is none of this model.
ClaimsMeasurement measure_claims(const engine::LoadedModel& loaded, const Request& request);

}  // namespace report
