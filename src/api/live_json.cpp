#include "api/live_json.h"

#include <cmath>
#include <limits>
#include <set>

#include "engine/error.h"
#include "report/json_options.h"

namespace api {

namespace {

using engine::fail;
using report::Json;

const std::size_t most_runs = 3;

const Json& part(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) fail("live: no ", key);
  return json[key];
}

const Json& list(const Json& json, const char* key) {
  const Json& value = part(json, key);
  if (!value.is_array()) report::refuse_value(key, "a list", value);
  return value;
}

// A number; NaN where it is null.
float number(const Json& json, const char* key) {
  const Json& value = part(json, key);
  if (value.is_null()) return std::numeric_limits<float>::quiet_NaN();
  if (!value.is_number()) report::refuse_value(key, "a number or null", value);
  return value.get<float>();
}

int whole(const Json& json, const char* key, int least, int most) {
  const int value = report::read_int(key, part(json, key));
  if (value < least || value > most)
    fail("live: ", key, " is ", value, ", expected ", least, " to ", most);
  return value;
}

std::vector<engine::HeadId> read_cuts(const Json& json, const engine::Config& config) {
  std::set<engine::HeadId> cuts;
  for (const Json& cut : list(json, "cuts"))
    cuts.insert(engine::parse_head(report::read_string("cuts", cut), config));
  return {cuts.begin(), cuts.end()};
}

explorer::LiveRun read_run(const Json& json) {
  explorer::LiveRun run;
  run.config.n_layers = whole(json, "n_layers", 0, 100);
  run.config.n_heads = whole(json, "n_heads", 1, 1000);
  run.config.d_vocab = whole(json, "d_vocab", 1, 1 << 30);
  if (json.contains("cuts")) run.cuts = read_cuts(json, run.config);
  return run;
}

engine::Matrix read_pattern(const Json& json, std::size_t n) {
  const Json& rows = list(json, "pattern");
  if (rows.size() != n) fail("live: a pattern has ", rows.size(), " rows, expected ", n);
  const Eigen::Index side = Eigen::Index(n);
  engine::Matrix pattern(side, side);
  for (std::size_t i = 0; i < n; ++i) {
    if (!rows[i].is_array() || rows[i].size() != n)
      report::refuse_value("pattern", "rows as long as the sequence", rows[i]);
    for (std::size_t j = 0; j < n; ++j) {
      if (!rows[i][j].is_number()) report::refuse_value("pattern", "numbers", rows[i][j]);
      pattern(Eigen::Index(i), Eigen::Index(j)) = rows[i][j].get<float>();
    }
  }
  return pattern;
}

// A list with something for each head of the model.
const Json& heads_of(const Json& json, const char* key, const engine::Config& config) {
  const std::size_t heads = engine::all_heads(config).size();
  if (list(json, key).size() != heads)
    fail("live: ", key, " has ", json[key].size(), " heads, expected ", heads);
  return json[key];
}

void read_report(const Json& json, const engine::Config& config, LiveEvent& event) {
  explorer::LiveStep& step = event.step.emplace();
  step.step = whole(json, "step", 0, std::numeric_limits<int>::max());
  step.loss = number(json, "loss");
  step.accuracy_second = number(json, "accuracy_second");
  for (const Json& head : heads_of(json, "heads", config)) {
    step.induction.push_back(number(head, "induction"));
    step.previous_token.push_back(number(head, "previous_token"));
  }
  if (!json.contains("patterns") && !json.contains("sequence")) return;
  explorer::LiveSequence& sequence = event.sequence.emplace();
  for (const Json& token : list(json, "sequence")) {
    sequence.tokens.push_back(report::read_string("text", part(token, "text")));
    if (sequence.tokens.size() > 1) sequence.losses.push_back(number(token, "loss"));
  }
  for (const Json& head : heads_of(json, "patterns", config))
    sequence.patterns.push_back(read_pattern(head, sequence.tokens.size()));
}

LiveEvent read_event(const Json& json, const std::vector<explorer::LiveRun>& runs) {
  LiveEvent event;
  if (json.is_object() && json.contains("begin")) {
    const Json& begun = list(json, "begin");
    if (begun.size() > most_runs)
      fail("live: ", begun.size(), " runs begin, expected ", most_runs, " at most");
    event.begun.emplace();
    for (const Json& run : begun) event.begun->push_back(read_run(run));
    return event;
  }
  if (runs.empty()) fail("live: no run has begun");
  event.run = std::size_t(whole(json, "run", 0, int(runs.size()) - 1));
  const engine::Config& config = runs[event.run].config;
  if (json.contains("cuts"))
    event.cuts = read_cuts(json, config);
  else
    read_report(part(json, "report"), config, event);
  return event;
}

}  // namespace

std::vector<LiveEvent> read_live_events(const Json& json, const explorer::LiveTraining& live) {
  if (!json.is_array()) report::refuse_value("live", "a list of events", json);
  std::vector<LiveEvent> events;
  const std::vector<explorer::LiveRun>* runs = &live.runs();
  events.reserve(json.size());  // `runs` points into it
  for (const Json& event : json) {
    events.push_back(read_event(event, *runs));
    if (events.back().begun) runs = &*events.back().begun;
  }
  return events;
}

void apply(LiveEvent event, explorer::Explorer& explorer) {
  if (event.begun) explorer.begin_live(std::move(*event.begun));
  if (event.cuts) explorer.set_live_cuts(event.run, std::move(*event.cuts));
  if (event.step) explorer.add_live(event.run, std::move(*event.step), std::move(event.sequence));
}

Json live_cuts(const explorer::LiveTraining& live) {
  Json runs = Json::array();
  for (const explorer::LiveRun& run : live.runs()) {
    Json cuts = Json::array();
    for (const engine::HeadId head : run.cuts) cuts.push_back(engine::name(head));
    runs.push_back({{"cuts", std::move(cuts)}});
  }
  return runs;
}

}  // namespace api
