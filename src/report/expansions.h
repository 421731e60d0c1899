// What path expansion tells of a whole text, of scores and of its terms as tensors -> JSON: the
// design's `importance`, `scores` and `expansion`.
#pragma once

#include "engine/term_importance.h"
#include "report/report.h"

namespace report {

// {"tokens", "loss_uniform", "loss_by_order", "loss", "heads": [{"head", "nats"}], "virtual":
// [{"path", "nats"}]}, of a text of `tokens` tokens.
Json importance(const engine::TermImportance& importance, int tokens);

}  // namespace report
