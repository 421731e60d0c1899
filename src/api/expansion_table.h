// The expansion figure's numbers in JSON.
#pragma once

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// Of the shown term, or else the largest: {"path", "position", "target": token, "logit", "sources":
// [{"position", "token", "pattern", "weight", "logit"}]}: the pattern from the position to each
// source, W from the source's token to the target (with standard positions, W_pos's part in it),
// and what comes through it of the reading. Null for an empty text, where no terms can be listed,
// and for a term of biases.
report::Json expansion_table(explorer::Explorer& explorer);

}  // namespace api
