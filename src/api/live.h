// A live run as JavaScript drives it (report/live.h); api.cpp binds these as the methods of Live.
// Results that can fail are answers (answer.h); JSON goes as text, files as bytes.
#pragma once

#include <emscripten/val.h>

#include <memory>
#include <string>

#include "report/live.h"

namespace api {

using Live = std::shared_ptr<report::Live>;

// Answer with a Live: at its first step, or as it was saved.
emscripten::val start_live(const std::string& config, const std::string& text);
emscripten::val restore_live(const std::string& bytes);

// Answers with how many steps were taken in all: so many more, or fewer where the run is finished.
emscripten::val step_live(const Live& live, int steps);
bool live_finished(const Live& live);
// Answers with a report; `seconds` is what has gone by so far.
emscripten::val report_live(const Live& live, double seconds);
// The heads that write nothing from now on: JSON, ["L0H1"].
emscripten::val cut_live(const Live& live, const std::string& heads);
// Answers with the file, a Uint8Array.
emscripten::val save_live(const Live& live);
// The train.json and the text of the run.
std::string live_config(const Live& live);
std::string live_text(const Live& live);

}  // namespace api
