// Induction -> JSON: the design's `induction`, on repeated random tokens and on a text.
#pragma once

#include "engine/head_kinds.h"
#include "report/report.h"

namespace report {

// {"length", "sequences", "seed", "loss_first", "loss_second", "accuracy_second",
// "loss_by_position", "heads": [{"head", "induction", "previous_token", "duplicate_token"}]}.
// Throws Error for lengths and counts that do not fit n_ctx.
Json induction_on_repeats(const engine::LoadedModel& loaded, const engine::RepeatedOptions& options,
                          const engine::Cuts& cuts);

// {"tokens", "induction_heads", "positions": [{"position", "earlier", "next", "attention":
// [{"head", "weight"}], "probability", "probability_without"[, "others"]}]}, one a position: the
// last earlier place of its token, what came next there, how much each induction head looks at
// that, and its probability with and without these heads. All but the position are null, and
// attention empty, where the token stands for the first time; probability_without is null where
// there are no induction heads. Further earlier places are in `others`, latest first, with the same
// keys. `run` is of the text, `without` the same with `heads` cut.
Json induction_on_text(const engine::LoadedModel& loaded, const engine::Run& run,
                       const engine::Run& without, const std::vector<engine::HeadId>& heads);

}  // namespace report
