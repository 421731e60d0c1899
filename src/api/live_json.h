// What page and figure tell each other of runs that train live, in JSON. No browser in here.
#pragma once

#include <optional>
#include <vector>

#include "explorer/explorer.h"
#include "report/json.h"

namespace api {

// Something that happened, read and found right: runs begin in place of those before; or one of
// them tells a step, with how it reads its sequence or without; or heads of it are cut.
struct LiveEvent {
  std::optional<std::vector<explorer::LiveRun>> begun;
  std::size_t run = 0;
  std::optional<explorer::LiveStep> step;
  std::optional<explorer::LiveSequence> sequence;
  std::optional<std::vector<engine::HeadId>> cuts;
};

// {"begin": [{"n_layers", "n_heads", "d_vocab"[, "cuts": ["L0H1"]]}]}, of each run its model; or
// {"run": 0, "report": as report/live.h has it, "sequence" and "patterns" together or not at all};
// or
// {"run": 0, "cuts": ["L0H1"]}. Read one after the other: reports are of `live`,
// or of what the events begin. Throws Error naming the key, what was expected and what was found.
std::vector<LiveEvent> read_live_events(const report::Json& json,
                                        const explorer::LiveTraining& live);
void apply(LiveEvent event, explorer::Explorer& explorer);

// [{"cuts": ["L0H1"]}], a run each, as the visitor wants them.
report::Json live_cuts(const explorer::LiveTraining& live);

}  // namespace api
