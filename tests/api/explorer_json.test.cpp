#include "api/change.h"
#include "api/state.h"
#include "api/tables.h"
#include "api/term_name.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "report/loaded.h"
#include "report/request.h"

using Catch::Matchers::Contains;
using explorer::Explorer;
using report::Json;

namespace {

Explorer explorer_of(const engine::Shape& shape, const std::string& text) {
  Explorer explorer(std::make_shared<const engine::LoadedModel>(report::random_loaded(71, shape)));
  explorer.set_text(text);
  return explorer;
}

// All that a change could have changed; the revision may grow without one.
Json kept(Explorer& explorer) {
  Json json = api::state(explorer);
  json.erase("revision");
  return json;
}

}  // namespace

TEST_CASE("every term of an expansion is found again by its name") {
  engine::Shape shape;
  shape.n_layers = 3;
  shape.biases = true;
  Explorer explorer = explorer_of(shape, "1 2 3");
  for (const engine::Term& term : explorer.expansion().terms) {
    const explorer::TermKey key = explorer::key(term);
    INFO(api::name(key));
    CHECK(api::parse_term(api::name(key), explorer.config()) == key);
  }
  CHECK(api::name({{{0, 2}, {1, 0}}, false}) == "L0H2-L1H0");
  CHECK(api::name({{{1, 0}}, true}) == "bias:L1H0");
}

TEST_CASE("what names no term of the model is refused") {
  const engine::Config config = engine::random_model<float>(1, {}).config;
  for (const char* wrong : {"", "L1H0-L0H0", "L0H0-L0H1", "L7H0", "L0H0-", "bias:", "biased",
                            "bias:direct", "Direct", "L0H0 "})
    CHECK_THROWS_AS(api::parse_term(wrong, config), engine::Error);
}

TEST_CASE("what is set is what the state then says") {
  Explorer explorer = explorer_of({}, "1 2 3");
  const Json change = {{"text", "4 5 6 7"}, {"position", 2},       {"target", 9},
                       {"against", 11},     {"cuts", {"L0H1"}},    {"frozen", true},
                       {"cutTool", true},   {"term", "L0H0-L1H2"}, {"head", "L1H1"},
                       {"source", 1},       {"sourceToken", 8}};
  api::set(explorer, change);
  const Json state = api::state(explorer);
  for (const char* key :
       {"text", "position", "against", "cuts", "frozen", "cutTool", "head", "source"})
    CHECK(state[key] == change[key]);
  CHECK(state["target"]["id"] == 9);
  CHECK(state["sourceToken"]["id"] == 8);
  CHECK(state["pinned"] == "L0H0-L1H2");
  CHECK(state["positionChosen"] == true);
  CHECK(state["targetChosen"] == true);
  CHECK(state["tokens"].size() == 4);

  api::set(explorer, {{"position", nullptr},
                      {"target", nullptr},
                      {"against", "mean"},
                      {"cuts", Json::array()},
                      {"term", nullptr}});
  const Json after = api::state(explorer);
  CHECK(after["position"] == 3);
  CHECK(after["positionChosen"] == false);
  CHECK(after["against"] == "mean");
  CHECK(after["pinned"].is_null());
  CHECK(after["canUndo"] == true);

  api::set(explorer, {{"hover", "L1H2"}});
  CHECK(api::state(explorer)["hovered"] == "L1H2");
  api::set(explorer, {{"hover", nullptr}});
  CHECK(api::state(explorer)["hovered"].is_null());
}

TEST_CASE("one wrong part keeps the whole change from being applied, and is named") {
  Explorer explorer = explorer_of({}, "1 2 3");
  api::set(explorer, {{"cuts", {"L0H0"}}, {"position", 1}});
  const Json before = kept(explorer);
  const std::pair<Json, const char*> wrong[] = {
      {{{"text", "1"}, {"position", 2}}, "0 to 0"},
      {{{"text", "9"}, {"target", 30}}, "0 to 29"},
      {{{"text", "9"}, {"cuts", {"L5H0"}}}, "L5H0"},
      {{{"text", "9"}, {"head", "L9H9"}}, "L9H9"},
      {{{"text", "9"}, {"term", "L1H0-L0H0"}}, "L0H0"},
      {{{"text", "9"}, {"hover", "L1H0-L0H0"}}, "L0H0"},
      {{{"text", "9"}, {"against", "median"}}, "median"},
      {{{"text", "9"}, {"frozen", 1}}, "frozen"},
      {{{"text", "9"}, {"colour", "red"}}, "colour"},
      {{{"text", "no ids"}, {"position", nullptr}}, "no"},
      {{{"text", "9"}, {"ids", {1}}}, "one of the two"},
      {{{"ids", {1, 99}}}, "99"},
      {{{"text", "9"}, {"source", 1}}, "0 to 0"},
      {{{"text", "9"}, {"sourceToken", 30}}, "0 to 29"},
      {{{"text", "9"}, {"bigramCounts", "{}"}}, "tokens"},
      {{{"position", 1.5}}, "whole number"},
      {{{"position", 4294967297}}, "whole number"},
      {{{"position", 18446744073709551615u}}, "whole number"},
      {{{"position", -1}}, "-1"},
      {Json::array({1}), "object"},
  };
  for (const auto& [change, named] : wrong) {
    INFO(change.dump());
    CHECK_THROWS_WITH(api::set(explorer, change), Contains(named));
    CHECK(kept(explorer) == before);
  }
}

TEST_CASE("setting the same again changes nothing: the pinned term stays, no cut is added") {
  Explorer explorer = explorer_of({}, "1 2 3");
  const Json change = {{"text", "1 2 3"}, {"term", "L0H0"}, {"cuts", {"L0H1"}}};
  api::set(explorer, change);
  const Json once = kept(explorer);
  api::set(explorer, change);
  CHECK(kept(explorer) == once);
}

TEST_CASE("undo and redo go back and forth between cuts") {
  Explorer explorer = explorer_of({}, "1 2 3");
  api::set(explorer, {{"cuts", {"L0H1"}}});
  api::set(explorer, {{"undo", true}});
  CHECK(api::state(explorer)["cuts"].empty());
  CHECK(api::state(explorer)["canRedo"] == true);
  api::set(explorer, {{"redo", true}});
  CHECK(api::state(explorer)["cuts"] == Json({"L0H1"}));
}

TEST_CASE("the table of paths is what the command says of the same selection") {
  Explorer explorer = explorer_of({}, "1 2 3 4");
  api::set(explorer, {{"position", 2}, {"target", 7}, {"against", "mean"}, {"cuts", {"L0H1"}}});
  const Json options = {{"text", "1 2 3 4"}, {"position", 2},   {"target", 7},
                        {"against", "mean"}, {"cut", {"L0H1"}}, {"sources", true}};
  Json table = api::table(explorer, "paths");
  Json without_cut = options;
  without_cut.erase("cut");
  without_cut.erase("sources");
  const auto command = [&](const Json& asked) {
    return report::analyse(explorer.loaded(), "paths", report::parse_request("paths", asked));
  };
  CHECK(table["before"] == command(without_cut));
  table.erase("before");
  CHECK(table == command(options));
}

TEST_CASE("the table of attention is the shown head's row at the destination") {
  Explorer explorer = explorer_of({}, "1 2 3 4");
  api::set(explorer, {{"head", "L1H2"}, {"position", 2}});
  Json table = api::table(explorer, "attention");
  CHECK(table["head"] == "L1H2");
  CHECK(table["destination"] == 2);
  REQUIRE(table["sources"].size() == 3);
  float sum = 0;
  for (const Json& source : table["sources"]) sum += source["weight"].get<float>();
  CHECK_THAT(sum, Catch::Matchers::WithinAbs(1, 1e-5));
  explorer.hover_cell(explorer::PatternCell{3, 1});
  CHECK(api::table(explorer, "attention")["destination"] == 3);
  CHECK(api::state(explorer)["cell"] == Json({{"destination", 3}, {"source", 1}}));
}

TEST_CASE("an empty text and a model without layers have a state and no numbers") {
  Explorer empty = explorer_of({}, "");
  const Json state = api::state(empty);
  for (const char* key : {"position", "target", "pinned", "cell"}) CHECK(state[key].is_null());
  CHECK(state["top"].empty());
  CHECK(api::table(empty, "paths").is_null());
  CHECK(api::table(empty, "attention").is_null());
  CHECK_THROWS_AS(api::table(empty, "circles"), engine::Error);

  engine::Shape shape;
  shape.n_layers = 0;
  Explorer zero_layers = explorer_of(shape, "1 2");
  CHECK(api::state(zero_layers)["head"].is_null());
  CHECK(api::table(zero_layers, "attention").is_null());
  CHECK(api::table(zero_layers, "paths")["terms"].size() == 1);
}

TEST_CASE("random tokens and what to measure over are set, or refused as a whole") {
  engine::Shape shape;
  Explorer explorer = explorer_of(shape, "1 2 3");
  const Json repeats = {{"length", 3}, {"sequences", 2}, {"seed", 5}};
  api::set(explorer, {{"repeats", repeats}, {"heldOut", "4 5 6 7"}, {"importance", "held-out"}});
  Json state = api::state(explorer);
  CHECK(state["repeats"] == repeats);
  CHECK(state["heldOut"] == 4);
  CHECK(state["importance"]["tokens"] == 4);
  CHECK(state["importance"]["progress"] == 0);
  CHECK(state["repeatsRun"]["model"] == false);
  CHECK(api::table(explorer, "importance").is_null());
  CHECK(api::table(explorer, "induction").is_null());
  CHECK(api::table(explorer, "induction-repeats").is_null());
  api::set(explorer, {{"importance", "stop"}});
  CHECK(api::state(explorer)["importance"]["stopped"] == true);

  const Json before = kept(explorer);
  for (const Json& wrong : {Json{{"length", 1}, {"sequences", 2}, {"seed", 5}},
                            Json{{"length", 1000}, {"sequences", 2}, {"seed", 5}},
                            Json{{"length", 3}, {"sequences", 0}, {"seed", 5}},
                            Json{{"length", 3}, {"sequences", 2}, {"seed", -1}},
                            Json{{"length", 3}, {"sequences", 2}}, Json(3)})
    CHECK_THROWS_AS(api::set(explorer, {{"text", "9"}, {"repeats", wrong}}), engine::Error);
  CHECK_THROWS_AS(api::set(explorer, {{"text", "9"}, {"importance", "all"}}), engine::Error);
  CHECK(kept(explorer) == before);
}

TEST_CASE("the expansion table's pattern times its weights is what came through each source") {
  for (const char* positions : {"shortformer", "standard"}) {
    engine::Shape shape;
    shape.positions = std::string(positions) == "standard" ? engine::Positions::standard
                                                           : engine::Positions::shortformer;
    Explorer explorer = explorer_of(shape, "1 2 3 1 4");
    for (const char* name : {"direct", "L0H1", "L0H0-L1H2"})
      for (const bool cut : {false, true}) {
        INFO(positions << ", " << name << (cut ? ", cut" : ""));
        if (cut) explorer.set_cuts({std::string("path:") + name});
        if (!cut) explorer.set_cuts({"L0H2"});
        explorer.pin_term(std::nullopt);
        explorer.pin_term(api::parse_term(name, explorer.config()));
        const Json table = api::table(explorer, "expansion");
        REQUIRE(table["sources"].size() == 5);
        double sum = 0;
        for (const Json& source : table["sources"]) {
          const double through = source["pattern"].get<double>() * source["weight"].get<double>();
          CHECK(std::abs(through - source["logit"].get<double>()) < 1e-4);
          sum += through;
        }
        CHECK(std::abs(sum - table["logit"].get<double>()) < 1e-4);
      }
  }
  Explorer empty = explorer_of({}, "");
  CHECK(api::table(empty, "expansion").is_null());
}
