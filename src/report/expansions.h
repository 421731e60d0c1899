// What path expansion tells of a whole text, of scores and of its terms as tensors -> JSON: the
// design's `importance`, `scores` and `expansion`.
#pragma once

#include "engine/score_expansion.h"
#include "engine/term_importance.h"
#include "engine/term_tensor.h"
#include "report/report.h"

namespace report {

// {"tokens", "loss_uniform", "loss_by_order", "loss", "heads": [{"head", "nats"}], "virtual":
// [{"path", "nats"}]}, of a text of `tokens` tokens.
Json importance(const engine::TermImportance& importance, int tokens);

// {"score", "sum", "terms": [{"query_path", "key_path", "kind", "score"}]}: a path is a list of
// heads, "position" or "bias". Terms that a cut took out carry "cut": true.
Json scores(const engine::ScoreExpansion& expansion);

// {"tokens", "distinct", "layers", "terms": [{"path", "pattern", "weights"[, "positions"]}]}: the
// text's tokens; those of them that `weights` has rows (outputs) and columns (sources) for; how
// many layers the product has. Patterns by rows (destinations). With LayerNorm "folded": true: its
// linear part is in the weights, its scale in the patterns. Terms that a cut took out carry "cut":
// true.
Json expansion(const engine::LoadedModel& loaded, const engine::Run& run,
               const std::vector<engine::TermTensor>& terms);

}  // namespace report
