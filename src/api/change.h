// A change that the page asks of an Explorer, in JSON.
#pragma once

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

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

}  // namespace api
