// Induction -> JSON: the design's `induction`, on repeated random tokens and on a text.
#pragma once

#include "engine/head_kinds.h"
#include "engine/induction.h"
#include "report/report.h"

namespace report {

// {"length", "sequences", "seed", "loss_first", "loss_second", "accuracy_second",
// "loss_by_position", "heads": [{"head", "induction", "previous_token", "duplicate_token"}]}.
Json induction_on_repeats(const engine::RepeatedScores& scores,
                          const engine::RepeatedOptions& options);

// {"tokens", "induction_heads", "positions": [{"position", "earlier", "next", "attention":
// [{"head", "weight"}], "probability", "probability_without"[, "others"]}]}, one a position: the
// last earlier place of its token, what came next there, how much each induction head looks at
// that, and its probability with and without these heads. All but the position are null, and
// attention empty, where the token stands for the first time; probability_without is null where
// there are no induction heads. Further earlier places are in `others`, latest first, with the same
// keys. `positions` are what engine::induction reads of the run and these heads.
Json induction_on_text(const engine::LoadedModel& loaded, const engine::Run& run,
                       const std::vector<engine::InductionPosition>& positions,
                       const std::vector<engine::HeadId>& heads);

}  // namespace report
