// The importance figure's numbers in JSON.
#pragma once

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// {"tokens": how many are read, "heldOut", "progress": 0 to 1, "stopped"}, or null where nothing
// was asked.
report::Json importance_state(const explorer::Explorer& explorer);

// The command's JSON over what was read so far; null before the first window.
report::Json importance_table(const explorer::Explorer& explorer);

}  // namespace api
