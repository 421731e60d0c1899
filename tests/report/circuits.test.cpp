#include "report/circuits.h"

#include <catch2/catch.hpp>

#include "engine/circuits.h"
#include "engine/composition.h"
#include "engine/head_kinds.h"
#include "engine/random_model.h"

using engine::Model;
using engine::Shape;
using report::Json;

TEST_CASE("Composition has every pair's raw scores and the baseline, in one order") {
  const Model model = engine::random_model<float>(1, Shape());
  const Json json = report::composition(model);
  const auto pairs = engine::composition(model);
  REQUIRE(json["pairs"].size() == pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    CHECK(json["pairs"][i]["earlier"] == engine::name(pairs[i].earlier));
    CHECK(json["pairs"][i]["later"] == engine::name(pairs[i].later));
    CHECK(json["pairs"][i]["k"].get<float>() == float(pairs[i].scores.k));
  }
  const auto baseline = engine::composition_baseline(12, 5);
  CHECK(json["baseline"]["q"]["mean"].get<float>() == float(baseline.mean.q));
  CHECK(json["baseline"]["v"]["deviation"].get<float>() == float(baseline.deviation.v));
  CHECK_FALSE(json.contains("folded"));
}

TEST_CASE("What is read off weights with LayerNorm says that it is folded") {
  Shape shape;
  shape.normalization = engine::Normalization::LN;
  const Model model = engine::random_model<float>(2, shape);
  CHECK(report::composition(model)["folded"] == true);
  CHECK(report::heads(model)["folded"] == true);
}

TEST_CASE("A head without weights has null scores, and the JSON holds no NaN") {
  Model model = engine::random_model<float>(3, Shape());
  model.weights.layers[0].heads[0].W_O.setZero();
  CHECK(report::composition(model)["pairs"][0]["v"].is_null());
  CHECK(report::heads(model)["heads"][0]["copying"].is_null());
}

TEST_CASE("Heads have their circuits' eigenvalues and their scores on repeated tokens") {
  const Model model = engine::random_model<float>(4, Shape());
  const Json heads = report::heads(model)["heads"];
  const auto scores = engine::repeated_scores(model).heads;
  REQUIRE(heads.size() == scores.size());
  for (std::size_t h = 0; h < scores.size(); ++h) {
    const auto values = engine::CircuitEigenvalues(model).of(scores[h].head);
    CHECK(heads[h]["head"] == engine::name(scores[h].head));
    CHECK(heads[h]["copying"].get<float>() == float(engine::copying_score(values.ov)));
    CHECK(heads[h]["induction"].get<float>() == float(scores[h].induction));
    CHECK(heads[h]["previous_token"].get<float>() == float(scores[h].previous_token));
    CHECK(heads[h]["duplicate_token"].get<float>() == float(scores[h].duplicate_token));
    REQUIRE(heads[h]["eigenvalues"]["ov"].size() == 5);
    CHECK(heads[h]["eigenvalues"]["qk"][0][1].get<float>() == float(values.qk[0].imag()));
  }
}

TEST_CASE("Models without heads, and with contexts too short to repeat in, have what they can") {
  const Model none = engine::random_model<float>(5, engine::odd_shapes()[0]);
  CHECK(report::heads(none)["heads"].empty());
  CHECK(report::composition(none)["pairs"].empty());
  Shape narrow;
  narrow.n_ctx = 3;
  const Json head = report::heads(engine::random_model<float>(6, narrow))["heads"][0];
  CHECK(head["induction"].is_null());
  CHECK_FALSE(head["copying"].is_null());
}
