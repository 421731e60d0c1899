// The training figure's numbers in JSON.
#pragma once

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// {"n_layers", "reports": [{"tokens", "valid_loss", "in_context", "loss_second", "accuracy_second",
// "heads": [{"head", "induction", "previous_token"}]}], "companion": the same, or null}. Null
// without a log.
report::Json training_table(const explorer::Explorer& explorer);

}  // namespace api
