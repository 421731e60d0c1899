// The tables of the figures that read tokens and heads off the weights, and scores: the commands'
// JSON for what the explorer has chosen.
#pragma once

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// What a figure has worked out; null until it has.
template <class Work>
const Work* finished(const explorer::Explorer& explorer, const std::string& name) {
  const Work* work = explorer.find_work<Work>(name);
  return work && work->done() ? work : nullptr;
}

// Has the figure worked it out?
bool bigrams_compared(const explorer::Explorer& explorer);
bool heads_read(const explorer::Explorer& explorer);
bool composition_read(const explorer::Explorer& explorer);

// The commands' JSON; null until the figure has worked it out.
report::Json heads_table(const explorer::Explorer& explorer);
report::Json composition_table(const explorer::Explorer& explorer);

// `bigrams` of the token at the position, with its pairs; null for an empty text, and until the
// comparison with the counts, where there are any, is done.
report::Json bigrams_table(const explorer::Explorer& explorer);

// `scores` of the shown head, the position and the source, with {"head", "destination", "source",
// "grid": {"queries", "keys", "sums", "query_sums", "key_sums"}}: names of writers, sums by rows.
// Null where no score can be told: for an empty text, a model without heads, too many terms, and
// patterns that stayed those of another run.
report::Json scores_table(explorer::Explorer& explorer);

// `skip-trigrams` of the shown head, with "source": the same by the shown source, and "crossed":
// its crossed ones, null without counts and where there are none. Null until the figure has
// searched.
report::Json skip_trigrams_table(const explorer::Explorer& explorer);
bool skip_trigrams_found(const explorer::Explorer& explorer);

}  // namespace api
