#include "report/induction.h"

#include <catch2/catch.hpp>

#include "engine/hand_made.h"
#include "engine/induction.h"
#include "report/loaded.h"
#include "report/request.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::LoadedModel;
using engine::Shape;
using report::Json;

namespace {

Json ask(const LoadedModel& loaded, const Json& options) {
  return report::analyse(loaded, "induction", report::parse_request("induction", options));
}

LoadedModel made_by_hand() {
  engine::HandMade made(16, 20, 2);
  LoadedModel loaded;
  loaded.model = made.looks_back(0, 1).matches(1, 16).model;
  loaded.tokenizer = engine::Tokenizer::of_ids(16);
  return loaded;
}

}  // namespace

TEST_CASE("without a text, induction is the scores on repeated random tokens") {
  const LoadedModel loaded = report::random_loaded(40, Shape());
  const Json json = ask(loaded, {{"length", 5}, {"sequences", 3}, {"seed", 8}, {"cut", "L0H1"}});
  const auto scores = engine::repeated_scores(loaded.model, {5, 3, 8},
                                              engine::Cuts::parse({"L0H1"}, loaded.model.config));
  CHECK(json["length"] == 5);
  CHECK(json["sequences"] == 3);
  CHECK(json["seed"] == 8);
  CHECK(json["loss_first"].get<float>() == float(scores.loss_first));
  CHECK(json["loss_second"].get<float>() == float(scores.loss_second));
  CHECK(json["accuracy_second"].get<float>() == float(scores.accuracy_second));
  REQUIRE(json["loss_by_position"].size() == 9);
  CHECK(json["loss_by_position"][8].get<float>() == float(scores.loss_by_position[8]));
  REQUIRE(json["heads"].size() == 6);
  CHECK(json["heads"][4]["head"] == "L1H1");
  CHECK(json["heads"][4]["induction"].get<float>() == float(scores.heads[4].induction));
  CHECK(json["heads"][4]["previous_token"].get<float>() == float(scores.heads[4].previous_token));
  CHECK(json["heads"][4]["duplicate_token"].get<float>() == float(scores.heads[4].duplicate_token));
  const Json plain = ask(loaded, Json::object());
  CHECK(plain["length"] == 6);
  CHECK(plain["sequences"] == 20);
  CHECK(plain["seed"] == 1);
  CHECK(ask(loaded, {{"cut", "L0*"}, {"frozen", true}})["heads"] == plain["heads"]);
  CHECK(ask(loaded, {{"cut", "L0*"}})["heads"] != plain["heads"]);
}

TEST_CASE("with a text, induction says what came next before and what the heads do about it") {
  const LoadedModel loaded = made_by_hand();
  const Json json = ask(loaded, {{"ids", {1, 7, 2, 3, 7, 4, 1, 7}}});
  CHECK(json["induction_heads"] == Json({"L1H0"}));
  REQUIRE(json["positions"].size() == 8);
  const Json& first = json["positions"][1];
  CHECK(first["earlier"].is_null());
  CHECK(first["next"].is_null());
  CHECK(first["attention"].empty());
  CHECK(first["probability"].is_null());
  CHECK(first["probability_without"].is_null());
  const Json& last = json["positions"][7];
  CHECK(last["position"] == 7);
  CHECK(last["earlier"] == 4);
  CHECK(last["next"]["id"] == 4);
  CHECK(last["attention"][0]["head"] == "L1H0");
  CHECK_THAT(last["attention"][0]["weight"].get<float>(), WithinAbs(0.5, 1e-3));
  CHECK_THAT(last["probability"].get<float>(), WithinAbs(0.5, 1e-3));
  CHECK(last["probability_without"].get<float>() < 0.2f);
  REQUIRE(last["others"].size() == 1);
  CHECK(last["others"][0]["earlier"] == 1);
  CHECK(last["others"][0]["next"]["id"] == 2);
  CHECK_FALSE(json["positions"][6].contains("others"));
}

TEST_CASE("cuts leave the list of induction heads as it was, so that their work can be missed") {
  const LoadedModel loaded = made_by_hand();
  const Json ids = {9, 1, 7, 2, 3, 1};
  const Json cut = ask(loaded, {{"ids", ids}, {"cut", "L0H0>L1H0:K"}});
  CHECK(cut["induction_heads"] == Json({"L1H0"}));
  CHECK(cut["positions"][5]["attention"][0]["weight"].get<float>() < 0.5f);
  CHECK(cut["positions"][5]["probability"].get<float>() < 0.5f);
  const Json whole = ask(loaded, {{"ids", ids}});
  CHECK(whole["positions"][5]["attention"][0]["weight"].get<float>() > 0.99f);
  const Json frozen = ask(loaded, {{"ids", ids}, {"cut", "L0H0"}, {"frozen", true}});
  CHECK(frozen["positions"][5]["attention"] == whole["positions"][5]["attention"]);
}

TEST_CASE("where there are no induction heads there is no probability without them") {
  const LoadedModel loaded = report::random_loaded(41, engine::odd_shapes()[0]);
  const Json json = ask(loaded, {{"ids", {3, 3}}});
  CHECK(json["induction_heads"].empty());
  CHECK(json["positions"][1]["earlier"] == 0);
  CHECK(json["positions"][1]["probability"].is_number());
  CHECK(json["positions"][1]["probability_without"].is_null());
  CHECK(ask(loaded, {{"text", ""}})["positions"].empty());
}

TEST_CASE("induction names what is wrong with what was asked") {
  const LoadedModel loaded = report::random_loaded(40, Shape());
  CHECK_THROWS_WITH(ask(loaded, {{"ids", {1}}, {"seed", 2}}), Contains("without a text"));
  CHECK_THROWS_WITH(ask(loaded, {{"length", 7}}), Contains("length is 7"));
  CHECK_THROWS_WITH(ask(loaded, {{"length", 0}}), Contains("length"));
  CHECK_THROWS_WITH(ask(loaded, {{"sequences", 0}}), Contains("sequences"));
  CHECK_THROWS_WITH(ask(loaded, {{"seed", -1}}), Contains("seed"));
  CHECK_THROWS_WITH(ask(loaded, {{"cut", "L5H5"}}), Contains("L5H5"));
}
