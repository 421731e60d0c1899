// train.json -> TrainConfig (design, section 8), and a training run's reports -> JSON lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/head_kinds.h"
#include "report/json.h"
#include "train/config.h"

namespace report {

// Reads a train.json. Throws Error naming a key that is unknown, missing, of the wrong kind or out
// of range, with what was expected and what was found.
train::TrainConfig read_train_config(std::string_view json, std::string_view file = "train.json");

// Is it a train.json whose task is "text", with no tokenizer and no symbols in its model? Then
// with_symbols() completes it: the symbols are the text's graphemes in the order of their first
// place, d_vocab their number. Throw Error where it is no JSON.
bool wants_symbols(std::string_view json, std::string_view file = "train.json");
std::string with_symbols(std::string_view json, std::string_view text,
                         std::string_view file = "train.json");

// A report: one line of log.jsonl. What a model or task cannot give is null.
struct TrainReport {
  int step = 0;
  long long tokens = 0;
  double seconds = 0;
  double loss = 0;  // nats a token: of the text since the last report, or of the task's sequences
  std::optional<double> valid_loss, in_context;
  engine::RepeatedScores repeated;
};
Json train_report(const TrainReport& report);

}  // namespace report
