// An Explorer in JSON, for the page: what it shows, and changes to it. No browser in here.
#pragma once

#include <string>
#include <string_view>

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// A term as commands and page name it: "direct", "L0H4", "L0H4-L1H7", "bias", "bias:L1H7".
std::string name(const explorer::TermKey& term);
// Throws Error where it names no term of this config.
explorer::TermKey parse_term(std::string_view name, const engine::Config& config);

// Applies an object with some of these keys, all of them or, where one is wrong, none:
//   text: string, or ids: [id, ...]
//   position: number or null (the last)      target: id or null (the model's top token)
//   against: null, "mean" or id              cuts: [expression, ...]
//   frozen: boolean                          cutTool: boolean
//   term: name or null (none pinned)         head: "L1H4"
//   source: position or null (the one that the head looks at most)
//   sourceToken: id or null                  bigramCounts: the text of a *-bigrams.json
//   undo: true, redo: true (of cuts)         trainingLog: the text of a log.jsonl
//   heldOut: a text to measure over      importance: "text", "held-out": measure over it, or "stop"
//   repeats: {"length", "sequences", "seed"} of the induction figure's random tokens
//   live: [event of api/live_json.h, ...]
// Throws Error naming the key, what was expected and what was found.
void set(explorer::Explorer& explorer, const report::Json& change);

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

// The numbers of a figure's selection; null for an empty text. "paths": the command's JSON with
// sources, of the cut run, and under "before" the uncut one's where something is cut. "attention":
// {"head", "destination", "sources": [{"position", "token", "score", "weight"}]}. "bigrams",
// "heads", "composition": the command's JSON, null until the figure has worked it out ("bigrams",
// of the token at the position, stands at once where there are no counts). "training", of any text:
// {"reports":
// [{"tokens", "valid_loss", "loss_second", "accuracy_second", "heads":
// [{"head", "induction", "previous_token"}]}]}, null without a log. "induction" and
// "induction-repeats": see induction_tables.h. "importance": see importance_tables.h. "expansion":
// see expansion_table.h.
report::Json table(explorer::Explorer& explorer, std::string_view figure);

}  // namespace api
