#include "report/expansions.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "report/loaded.h"
#include "report/request.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Shape;
using report::Json;

namespace {

// The answer by its options' JSON.
Json answer(const engine::LoadedModel& loaded, const char* command, const Json& options) {
  return report::analyse(loaded, command, report::parse_request(command, options));
}

}  // namespace

TEST_CASE("Importance has the meter's numbers, over a text longer than the context") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(41, shape);
  const std::vector<int> tokens = engine::random_tokens(42, shape, 30);
  const Json json = answer(loaded, "importance", {{"ids", tokens}, {"cut", "L0H1>L1H0:V"}});
  engine::TermImportanceMeter meter(loaded.model, tokens,
                                    engine::Cuts::parse({"L0H1>L1H0:V"}, loaded.model.config));
  while (!meter.done()) meter.step();
  const engine::TermImportance importance = meter.result();
  CHECK(json["tokens"] == 30);
  CHECK(json["loss_uniform"].get<float>() == float(importance.loss_uniform));
  CHECK(json["loss"].get<float>() == float(importance.loss));
  REQUIRE(json["loss_by_order"].size() == 3);
  CHECK(json["loss_by_order"][2] == json["loss"]);
  REQUIRE(json["heads"].size() == 6);
  CHECK(json["heads"][4]["head"] == "L1H1");
  CHECK(json["heads"][4]["nats"].get<float>() == float(importance.heads[4].nats));
  REQUIRE(json["virtual"].size() == 9);
  CHECK(json["virtual"][5]["path"] == Json::array({"L0H1", "L1H2"}));
  CHECK(json["virtual"][5]["nats"].get<float>() == float(importance.virtual_heads[5].nats));
  CHECK(json["virtual"][3]["nats"] == 0);  // L0H1-L1H0, which is cut
}

TEST_CASE("Scores name the sides and kinds of their terms, and add up under cuts") {
  Shape shape;
  shape.biases = true;
  const engine::LoadedModel loaded = report::random_loaded(43, shape);
  Json options = {{"ids", {3, 1, 4, 1, 5}}, {"head", "L1H2"}, {"destination", 4}, {"source", 2}};
  const Json json = answer(loaded, "scores", options);
  const engine::Run run = engine::forward(loaded.model, {3, 1, 4, 1, 5});
  CHECK(json["score"].get<float>() == run.head({1, 2}).scores(4, 2));
  CHECK_THAT(double(json["sum"].get<float>()), WithinAbs(double(json["score"].get<float>()), 1e-4));
  REQUIRE(json["terms"].size() == 6 * 6);
  int positions = 0, biases = 0;
  for (const Json& term : json["terms"]) {
    const std::string kind = term["kind"].get<std::string>();
    positions += kind == "position";
    biases += kind == "bias";
    if (kind == "position")
      CHECK((term["query_path"] == "position" || term["key_path"] == "position"));
    if (kind == "K") CHECK((term["query_path"].empty() && term["key_path"].size() == 1));
    CHECK_FALSE(term.contains("cut"));
  }
  CHECK(positions == 11);
  CHECK(biases == 9);

  options["cut"] = "L0H1>L1H2:K";
  const Json cut = answer(loaded, "scores", options);
  double sum = 0;
  for (const Json& term : cut["terms"]) {
    sum += double(term["score"].get<float>());
    CHECK(term.contains("cut") == (term["key_path"] == Json::array({"L0H1"})));
  }
  CHECK_THAT(sum, WithinAbs(double(cut["score"].get<float>()), 1e-4));
  options["frozen"] = true;
  CHECK(answer(loaded, "scores", options) == json);
  options.erase("source");
  CHECK_THROWS_WITH(answer(loaded, "scores", options), Contains("give source"));
}

TEST_CASE("An expansion has each term's pattern and matrix over the distinct tokens") {
  Shape shape;
  shape.positions = engine::Positions::standard;
  shape.normalization = engine::Normalization::LN;
  const engine::LoadedModel loaded = report::random_loaded(44, shape);
  const Json json = answer(loaded, "expansion", {{"ids", {3, 1, 3, 5}}, {"cut", "L0H1"}});
  CHECK(json["tokens"].size() == 4);
  REQUIRE(json["distinct"].size() == 3);
  CHECK(json["distinct"][2]["id"] == 5);
  CHECK(json["layers"] == 2);
  CHECK(json["folded"] == true);
  REQUIRE(json["terms"].size() == 16);
  const Json& term = json["terms"][8];
  CHECK(term["path"] == Json::array({"L0H0", "L1H1"}));
  CHECK((term["pattern"].size() == 4 && term["pattern"][0].size() == 4));
  CHECK((term["weights"].size() == 3 && term["weights"][0].size() == 3));
  CHECK((term["positions"].size() == 3 && term["positions"][0].size() == 4));
  CHECK(json["terms"][2]["cut"] == true);
  CHECK(json["terms"][2]["pattern"][0][0] == 0);
}

TEST_CASE("An expansion of one path is that term, and one that is none is named") {
  const engine::LoadedModel loaded = report::random_loaded(45, Shape());
  const Json options = {{"ids", {3, 1, 4}}};
  const Json all = answer(loaded, "expansion", options);
  for (const auto& [path, at] : {std::pair("direct", 0), std::pair("L1H2", 6), {"L0H2-L1H0", 13}}) {
    Json one = options;
    one["path"] = path;
    const Json terms = answer(loaded, "expansion", one)["terms"];
    REQUIRE(terms.size() == 1);
    CHECK(terms[0] == all["terms"][std::size_t(at)]);
  }
  for (const char* path : {"", "L0H0-", "L1H0-L0H0", "L0H0-L0H1", "L2H0", "direct-L0H0", "L0H0 "}) {
    Json none = options;
    none["path"] = path;
    CHECK_THROWS_AS(answer(loaded, "expansion", none), engine::Error);
  }
}

TEST_CASE("An expansion with more numbers than anyone reads is refused, one term of it is not") {
  Shape shape;
  shape.n_heads = 12;
  shape.d_head = 2;
  shape.n_ctx = 200;
  const engine::LoadedModel loaded = report::random_loaded(46, shape);
  Json options = {{"ids", engine::random_tokens(47, shape, 200)}};
  CHECK_THROWS_WITH(answer(loaded, "expansion", options),
                    Contains("200 tokens into 169 terms") && Contains("at most 4000000"));
  options["path"] = "L0H1-L1H11";
  CHECK(answer(loaded, "expansion", options)["terms"].size() == 1);
}
