// The induction figure's numbers in JSON.
#pragma once

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// Of the text: the command's JSON. Null for an empty text, and until the induction heads are known.
report::Json induction_table(explorer::Explorer& explorer);

// Of random tokens: {"model": the command's JSON, "companion": the same of the companion, or
// null}. Null until they were run.
report::Json repeats_table(const explorer::Explorer& explorer);

// {"model", "companion"}: whether each has run on them.
report::Json repeats_run(const explorer::Explorer& explorer);

// {"induction", "previous_token"}: strongest and previous_token of explorer::InductionHeads, or
// null; "copying": how many heads do. Null until the heads are read.
report::Json named_heads(explorer::Explorer& explorer);

// {"length", "sequences", "seed"}; and read back. Throws Error for what is none, or does not fit
// the model.
report::Json repeats(const explorer::Explorer& explorer);
engine::RepeatedOptions parse_repeats(const report::Json& json, const engine::Config& config);

}  // namespace api
