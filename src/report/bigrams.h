// What comes after a token, by W_U W_E alone -> JSON: the design's `bigrams`.
#pragma once

#include "engine/bigrams.h"
#include "report/report.h"

namespace report {

// {"token", "next": [{"id", "text", "logit", "log_prob", "counted"}], "correlation",
// "token_correlation", "pairs_counted", "token_pairs_counted"[, "pairs"][, "reason"][, "folded"]}.
// `counted` is the counted log-probability, null for a pair that is not listed. correlation is that
// of log_prob with counted over all listed pairs, token_correlation over the token's own; both are
// null without counts (then "reason" says why) and where there is nothing to correlate. `pairs`
// lists the token's counted pairs: [{"id", "text", "log_prob", "counted"}], likeliest first.
struct BigramsOptions {
  int top = 10;
  bool pairs = false;
  std::optional<engine::Correlation> correlation;  // over all pairs, where it is known already
};
// `counts` (null: there are none) fit the model; `token` is in its vocabulary.
Json bigrams(const engine::LoadedModel& loaded, int token, const engine::BigramCounts* counts,
             const BigramsOptions& options = {});

}  // namespace report
