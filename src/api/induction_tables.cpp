#include "api/induction_tables.h"

#include "api/circuit_tables.h"
#include "engine/error.h"
#include "explorer/induction_reading.h"
#include "report/induction.h"
#include "report/json_options.h"

namespace api {

using explorer::Explorer;
using report::Json;

namespace {

Json scores_of(const engine::RepeatedRuns* runs) {
  return runs ? report::induction_on_repeats(runs->result(), runs->options()) : Json();
}

}  // namespace

Json induction_table(Explorer& explorer) {
  const bool known = explorer.config().n_layers == 0 || heads_read(explorer);
  if (explorer.empty() || !known || !explorer.run_trouble().empty()) return nullptr;
  const auto heads = explorer::induction_heads(explorer);
  const explorer::InductionOnText& reading = explorer::induction_on_text(explorer, *heads);
  if (!reading.done()) return nullptr;
  return report::induction_on_text(explorer.loaded(), explorer.cut_run(), reading.positions(),
                                   heads->heads);
}

Json repeats_table(const Explorer& explorer) {
  const engine::RepeatedRuns* runs = explorer::find_repeated_runs(explorer);
  if (!runs) return nullptr;
  return {{"model", scores_of(runs)},
          {"companion", scores_of(explorer::find_companion_runs(explorer))}};
}

Json repeats_run(const Explorer& explorer) {
  return {{"model", explorer::find_repeated_runs(explorer) != nullptr},
          {"companion", explorer::find_companion_runs(explorer) != nullptr}};
}

Json named_heads(Explorer& explorer) {
  Json json = {{"induction", nullptr}, {"previous_token", nullptr}, {"copying", 0}};
  if (explorer.config().n_layers == 0) return json;
  const engine::HeadReadings& readings = explorer::head_readings(explorer);
  if (!readings.done()) return nullptr;
  const auto heads = explorer::induction_heads(explorer);
  if (heads->strongest) json["induction"] = engine::name(*heads->strongest);
  if (heads->previous_token) json["previous_token"] = engine::name(*heads->previous_token);
  int copying = 0;
  for (const engine::HeadReading& reading : readings.result())
    copying += reading.copying > engine::copying_threshold;
  json["copying"] = copying;
  return json;
}

Json repeats(const Explorer& explorer) {
  const engine::RepeatedOptions& repeats = explorer.repeats();
  return {{"length", repeats.length}, {"sequences", repeats.sequences}, {"seed", repeats.seed}};
}

engine::RepeatedOptions parse_repeats(const Json& json, const engine::Config& config) {
  if (!json.is_object()) report::refuse_value("repeats", "an object", json);
  engine::RepeatedOptions repeats;
  for (const char* key : {"length", "sequences", "seed"})
    if (!json.contains(key)) engine::fail("repeats: there is no '", key, "'");
  repeats.length = report::read_int("repeats.length", json["length"]);
  repeats.sequences = report::read_int("repeats.sequences", json["sequences"]);
  const int seed = report::read_int("repeats.seed", json["seed"]);
  if (seed < 0) engine::fail("repeats.seed: expected 0 or more, found ", seed);
  repeats.seed = std::uint64_t(seed);
  engine::check_repeats(repeats, config);
  return repeats;
}

}  // namespace api
