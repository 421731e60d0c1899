// What an Explorer shows, in JSON.
#pragma once

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// {"revision", "text", "tokens": [token], "dropped", "position", "positionChosen", "target": token,
// "targetChosen", "against", "cuts", "cutLoss": {"whole", "cut"} of the text,
// nats a token, "frozen", "cutTool", "canUndo", "canRedo", "pinned",
// "hovered", "head", "headChosen", "cell": {"destination", "source"}, "top": [token with
// "log_prob"[, "cut_log_prob"]], "notices": [sentence], "source": the chosen one, "sourceToken":
// token, "tokensCounted": how many have counted bigrams, "trainingReports" and
// "companionReports": how many, "live": as
// api/live_json.h has it, "worked": [name of a figure whose long work is done], "repeats": as set
// takes them, "heldOut": its tokens, "importance": see importance_tables.h, "repeatsRun": {"model",
// "companion"}: whether these have run on them, "idsGiven": whether the tokens are ids as which the
// text does not read}. Null where there is none: for an empty text position, target; without a
// hovered cell, cell; a cell's source where its whole row is meant.
report::Json state(explorer::Explorer& explorer);

}  // namespace api
