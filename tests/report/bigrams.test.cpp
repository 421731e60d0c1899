#include "report/bigrams.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "report/loaded.h"
#include "report/request.h"

using Catch::Matchers::Contains;
using engine::LoadedModel;
using engine::Shape;
using report::Json;

namespace {

const char* const counts = R"({"tokens":[5,2],"totals":[10,8],"next":[[1,2,3,5,6,1],[5,8]]})";

Json ask(const LoadedModel& loaded, const Json& options) {
  return report::analyse(loaded, "bigrams", report::parse_request("bigrams", options));
}

}  // namespace

TEST_CASE("bigrams are the highest logits of W_U W_E with what was counted beside them") {
  const LoadedModel loaded = report::random_loaded(20, Shape());
  const Json json = ask(loaded, {{"id", 5}, {"top", 30}, {"counts", counts}});
  const engine::Vector logits = engine::direct_logits(loaded.model, {5}).col(0);
  CHECK(json["token"] == Json({{"id", 5}, {"text", "#5"}}));
  REQUIRE(json["next"].size() == 30);
  for (std::size_t i = 0; i < 30; ++i) {
    const Json& next = json["next"][i];
    const int id = next["id"].get<int>();
    CHECK(next["logit"].get<float>() == logits[id]);
    CHECK(next["log_prob"].get<float>() == engine::log_probabilities(logits)[id]);
    CHECK(next["counted"].is_null() == (id != 1 && id != 3 && id != 6));
    if (id == 3) CHECK(next["counted"].get<float>() == float(std::log(0.5)));
    if (i) CHECK(json["next"][i - 1]["logit"].get<float>() >= next["logit"].get<float>());
  }
  CHECK(json["pairs_counted"] == 4);
  CHECK(json["token_pairs_counted"] == 3);
  CHECK(json["correlation"].is_number());
  CHECK(json["token_correlation"].is_number());
  CHECK_FALSE(json.contains("reason"));
  CHECK_FALSE(json.contains("folded"));
  CHECK_FALSE(json.contains("pairs"));
}

TEST_CASE("all counted pairs of a token can be listed, likeliest first") {
  const LoadedModel loaded = report::random_loaded(20, Shape());
  const Json json = ask(loaded, {{"token", "#5"}, {"pairs", true}, {"counts", counts}});
  REQUIRE(json["pairs"].size() == 3);
  CHECK(json["next"].size() == 10);
  CHECK(json["pairs"][0]["id"] == 3);
  CHECK(json["pairs"][1]["id"] == 1);
  CHECK(json["pairs"][2]["counted"].get<float>() == float(std::log(0.1)));
  CHECK(ask(loaded, {{"id", 5}, {"pairs", true}})["pairs"].empty());
}

TEST_CASE("bigrams without counts say why there is no correlation") {
  Shape shape;
  shape.normalization = engine::Normalization::LN;
  const Json json = ask(report::random_loaded(21, shape), {{"id", 5}, {"top", 2}});
  CHECK(json["correlation"].is_null());
  CHECK(json["token_correlation"].is_null());
  CHECK(json["pairs_counted"] == 0);
  CHECK(json["next"][0]["counted"].is_null());
  CHECK(json["reason"].is_string());
  CHECK(json["folded"] == true);
}

TEST_CASE("bigrams name what is wrong with what was asked") {
  const LoadedModel loaded = report::random_loaded(20, Shape());
  CHECK_THROWS_WITH(ask(loaded, Json::object()), Contains("id or token"));
  CHECK_THROWS_WITH(ask(loaded, {{"id", 1}, {"token", "#1"}}), Contains("one of the two"));
  CHECK_THROWS_WITH(ask(loaded, {{"id", 30}}), Contains("30"));
  CHECK_THROWS_WITH(ask(loaded, {{"id", -1}}), Contains("-1"));
  CHECK_THROWS_WITH(ask(loaded, {{"token", "many"}}), Contains("many"));
  CHECK_THROWS_WITH(ask(loaded, {{"id", 1}, {"top", 0}}), Contains("top"));
  CHECK_THROWS_WITH(ask(loaded, {{"id", 1}, {"counts", "{}"}}), Contains("counts"));
  CHECK_THROWS_WITH(ask(loaded, {{"id", 1}, {"text", "a"}}), Contains("text"));
}
