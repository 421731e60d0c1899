// A live run at the door: train.json and text -> LiveRun, its reports -> JSON, and its file, which
// is a model like any other and holds what the run needs to go on.
#pragma once

#include <string>
#include <string_view>

#include "report/json.h"
#include "train/live_run.h"

namespace report {

struct Live {
  std::string config;  // the train.json, with the symbols of its text
  std::string text;    // what the task "text" learns; empty for "repeat"
  train::LiveRun run;
};

// The run that a train.json asks for, at its first step. Throws Error for a config or text that
// does not fit, and for the task "corpus" and a tokenizer, which a live run does not have.
Live start_live(std::string_view config, std::string_view text);

// The run as it was saved. Throws Error for a file that is no model or holds no run.
Live restore_live(std::string_view bytes);

// One safetensors file: model, train.json, text and the trainer's state.
std::string save_live(const Live& live);

// A line as `pathscope train` writes it (train_report; `seconds` is the caller's), and after it
// "cuts": ["L0H1"], "sequence": [{"id", "text", "loss"}] (nats, of this token after those before
// it; null for the first), "patterns": [{"head", "pattern": [[...]]}] on the sequence, rows are
// destinations.
Json live_report(const Live& live, const train::LiveReport& report, double seconds);

}  // namespace report
