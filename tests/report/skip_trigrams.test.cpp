#include "report/skip_trigrams.h"

#include <catch2/catch.hpp>

#include "engine/skip_trigrams.h"
#include "report/loaded.h"
#include "report/request.h"

using Catch::Matchers::Contains;
using engine::LoadedModel;
using engine::Shape;
using report::Json;

namespace {

Json ask(const LoadedModel& loaded, const Json& options) {
  return report::analyse(loaded, "skip-trigrams", report::parse_request("skip-trigrams", options));
}

}  // namespace

TEST_CASE("skip-trigrams are the search's, with their tokens") {
  const LoadedModel loaded = report::random_loaded(30, Shape());
  const Json json = ask(loaded, {{"head", "L0H2"}, {"top", 5}});
  engine::SkipTrigramSearch search(loaded.model, {0, 2}, 5);
  while (!search.done()) search.step();
  const auto found = search.result();
  CHECK(json["head"] == "L0H2");
  REQUIRE(json["entries"].size() == found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Json& entry = json["entries"][i];
    CHECK(entry["source"] == report::token(loaded, found[i].source));
    CHECK(entry["destination"] == report::token(loaded, found[i].destination));
    CHECK(entry["output"] == report::token(loaded, found[i].output));
    CHECK(entry["qk"].get<float>() == found[i].qk);
    CHECK(entry["ov"].get<float>() == found[i].ov);
    CHECK(entry["strength"].get<float>() == found[i].strength);
  }
  CHECK_FALSE(json.contains("direct_path"));
  CHECK_FALSE(json.contains("folded"));
}

TEST_CASE("of one source the tokens that look for it and those it raises and lowers are sorted") {
  Shape shape;
  shape.normalization = engine::Normalization::LN;
  const LoadedModel loaded = report::random_loaded(31, shape);
  const Json json = ask(loaded, {{"head", "L1H0"}, {"source", 7}, {"top", 30}});
  const engine::TokenTables tables = engine::token_tables(loaded.model, {1, 0});
  CHECK(json["source"] == Json({{"id", 7}, {"text", "#7"}}));
  CHECK(json["direct_path"] == true);
  CHECK(json["folded"] == true);
  for (const auto& [list, key, table, sign] : {std::tuple("destinations", "qk", &tables.qk, 1),
                                               {"outputs", "ov", &tables.ov, 1},
                                               {"lowest_outputs", "ov", &tables.ov, -1}}) {
    REQUIRE(json[list].size() == 30);
    for (std::size_t i = 0; i < 30; ++i) {
      const float value = json[list][i][key].get<float>();
      CHECK(value == table->column(7)[json[list][i]["id"].get<int>()]);
      if (i) CHECK(float(sign) * json[list][i - 1][key].get<float>() >= float(sign) * value);
    }
  }
  CHECK(ask(loaded, {{"head", "L1H0"}, {"source_token", "#7"}, {"top", 30}}) == json);
  CHECK(ask(loaded, {{"head", "L1H0"}, {"source", 7}})["outputs"].size() == 10);
}

TEST_CASE("skip-trigrams name what is wrong with what was asked") {
  const LoadedModel loaded = report::random_loaded(30, Shape());
  CHECK_THROWS_WITH(ask(loaded, Json::object()), Contains("head"));
  CHECK_THROWS_WITH(ask(loaded, {{"head", "L2H0"}}), Contains("L2H0"));
  CHECK_THROWS_WITH(ask(loaded, {{"head", "L0H0"}, {"top", 0}}), Contains("top"));
  CHECK_THROWS_WITH(ask(loaded, {{"head", "L0H0"}, {"source", 30}}), Contains("30"));
  CHECK_THROWS_WITH(ask(loaded, {{"head", "L0H0"}, {"source_token", "x"}}), Contains("x"));
  CHECK_THROWS_WITH(ask(loaded, {{"head", "L0H0"}, {"source", 1}, {"source_token", "#1"}}),
                    Contains("one of the two"));
}
