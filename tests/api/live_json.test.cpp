// What page and figure tell each other of live runs: a run's own reports arrive, and what is no
// report is refused by name and changes nothing.
#include <catch2/catch.hpp>

#include "api/change.h"
#include "api/live_json.h"
#include "api/state.h"
#include "api/tables.h"
#include "engine/error.h"
#include "report/live.h"
#include "view/explorers.h"

using Catch::Matchers::Contains;
using report::Json;

namespace {

Json begin() {
  return Json::parse(R"({"begin": [{"n_layers": 1, "n_heads": 2, "d_vocab": 20, "cuts": ["L0H1"]},
                                   {"n_layers": 0, "n_heads": 2, "d_vocab": 20}]})");
}

// What a run of one layer with two heads tells after a step.
Json told() {
  report::Live live = report::start_live(
      R"({"model": {"n_layers": 1, "d_model": 8, "n_heads": 2, "d_head": 4, "n_ctx": 8,
          "d_vocab": 20, "normalization_type": null, "positional_embedding_type": "shortformer"},
          "task": "repeat", "batch": 2, "steps": 50})",
      "");
  live.run.step();
  return report::live_report(live, live.run.report(), 0);
}

void set_live(explorer::Explorer& explorer, std::vector<Json> events) {
  Json list = Json::array();
  for (Json& event : events) list.push_back(std::move(event));
  api::set(explorer, {{"live", std::move(list)}});
}

}  // namespace

TEST_CASE("runs begin and report, with their sequence or without") {
  auto explorer = explorers::of({}, "");
  const Json report = told();
  set_live(explorer, {begin(), {{"run", 0}, {"report", report}}});
  const explorer::LiveRun& run = explorer.live_training().runs()[0];
  REQUIRE(run.steps.size() == 1);
  CHECK(run.steps[0].step == 1);
  CHECK(run.steps[0].loss == report["loss"].get<float>());
  CHECK(run.steps[0].induction[1] == report["heads"][1]["induction"].get<float>());
  REQUIRE(run.sequence.patterns.size() == 2);
  CHECK(run.sequence.patterns[1](3, 2) == report["patterns"][1]["pattern"][3][2].get<float>());
  CHECK(run.sequence.losses[0] == report["sequence"][1]["loss"].get<float>());
  Json later = report;
  later["step"] = 2;
  later.erase("patterns");
  later.erase("sequence");
  set_live(explorer, {{{"run", 0}, {"report", later}}});
  CHECK(explorer.live_training().runs()[0].steps.size() == 2);
  CHECK(explorer.live_training().runs()[0].sequence.patterns.size() == 2);
}

TEST_CASE("the state tells which heads the visitor has cut, in figure or page") {
  auto explorer = explorers::of({}, "");
  CHECK(api::state(explorer)["live"] == Json::array());
  set_live(explorer, {begin()});
  CHECK(api::state(explorer)["live"][0]["cuts"] == Json{"L0H1"});
  const unsigned before = explorer.revision();
  explorer.toggle_live_cut(0, {0, 0});
  CHECK(explorer.revision() > before);
  CHECK(api::state(explorer)["live"][0]["cuts"] == Json({"L0H0", "L0H1"}));
  set_live(explorer, {{{"run", 0}, {"cuts", Json::array()}}});
  CHECK(api::state(explorer)["live"][0]["cuts"] == Json::array());
}

TEST_CASE("what is no event is refused by name, and nothing of the list is applied") {
  auto explorer = explorers::of({}, "");
  set_live(explorer, {begin()});
  const auto refused = [&](const Json& event, const char* reason) {
    CHECK_THROWS_WITH(set_live(explorer, {{{"run", 0}, {"report", told()}}, event}),
                      Contains(reason));
    CHECK(explorer.live_training().runs()[0].steps.empty());
  };
  refused({{"run", 2}, {"report", told()}}, "run is 2");
  refused({{"run", 1}, {"report", told()}}, "heads has 2");  // of a model without layers
  refused({{"run", 0}, {"report", Json::object()}}, "no step");
  refused({{"run", 0}, {"cuts", {"L0H7"}}}, "L0H7");
  Json crooked = told();
  crooked["patterns"][0]["pattern"].erase(0);
  refused({{"run", 0}, {"report", crooked}}, "rows");
  Json four = begin();
  for (int i = 0; i < 2; ++i) four["begin"].push_back(four["begin"][0]);
  refused(four, "4 runs");
  CHECK_THROWS_WITH(api::set(explorer, {{"live", 3}}), Contains("live"));
}
