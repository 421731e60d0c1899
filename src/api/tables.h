// The numbers of the figures in JSON.
#pragma once

#include <string_view>

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// The numbers of a figure's selection; null for an empty text. "paths": the command's JSON with
// sources, of the cut run, and under "before" the uncut one's where something is cut. "attention":
// {"head", "destination", "sources": [{"position", "token", "score", "weight"}]}. "bigrams",
// "heads", "composition": the command's JSON, null until the figure has worked it out ("bigrams",
// of the token at the position, stands at once where there are no counts). "training", of any text:
// see training_table.h. "induction" and "induction-repeats": see induction_tables.h. "importance":
// see importance_tables.h. "expansion": see expansion_table.h.
report::Json table(explorer::Explorer& explorer, std::string_view figure);

}  // namespace api
