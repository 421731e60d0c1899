#include "report/skip_trigrams.h"

#include <catch2/catch.hpp>
#include <cmath>

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
      const float expected = table->column(7)[json[list][i]["id"].get<int>()];
      CHECK_THAT(value, Catch::Matchers::WithinAbs(double(expected), 1e-4));
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

TEST_CASE("an entry that copies its source, or spells it otherwise, says so") {
  engine::LoadedModel loaded = report::random_loaded(32, Shape());
  loaded.tokenizer = engine::Tokenizer::from_symbols({"a", "A", "b"});
  const Json json = report::skip_trigrams(
      loaded, {0, 0}, {{0, 2, 0, 1, 1, 1}, {0, 2, 1, 1, 1, 1}, {0, 2, 2, 1, 1, 1}});
  CHECK(json["entries"][0]["kind"] == "copying");
  CHECK(json["entries"][1]["kind"] == "spelling");
  CHECK_FALSE(json["entries"][2].contains("kind"));
}

TEST_CASE("crossed ones stand after those that the counts list") {
  const LoadedModel loaded = report::random_loaded(33, Shape());
  const auto counts = engine::BigramCounts::from_json(
      R"({"tokens":[1,2,3,4],"totals":[8,8,8,8],"next":[[3,4],[4,2],[],[]]})");
  const engine::CrossedTrigrams crossed{9, {1, 2}, {3, 4}, {2, 3}, {5, 7}};
  const Json json = report::crossed(loaded, crossed, counts);
  CHECK(json["source"]["id"] == 9);
  CHECK(json["weakest"] == 10);
  const int expected[][3] = {{1, 3, 10}, {2, 4, 21}, {1, 4, 14}, {2, 3, 15}};
  REQUIRE(json["entries"].size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const Json& entry = json["entries"][i];
    CHECK(entry["destination"]["id"] == expected[i][0]);
    CHECK(entry["output"]["id"] == expected[i][1]);
    CHECK(entry["strength"] == expected[i][2]);
    CHECK(entry["counted"].is_null() == (i >= 2));
  }
  CHECK(json["entries"][0]["counted"].get<float>() == std::log(0.5f));
}
