#include "engine/claims.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "engine/claim_answers.h"
#include "engine/error.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using engine::Bound;
using engine::Claim;
using engine::Measured;
using engine::Model;
using engine::Shape;

TEST_CASE("every claim of every kind of model has a verdict, or a reason for having none") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(describe(shape));
    const Model model = engine::random_model<float>(491, shape);
    engine::ClaimSources sources;
    sources.text = engine::random_tokens(492, shape, 40);
    const auto claims = engine::all_claims(model, sources);
    REQUIRE(claims.size() == engine::claim_texts().size());
    for (std::size_t i = 0; i < claims.size(); ++i) {
      const Claim& claim = claims[i];
      INFO(claim.text->id);
      CHECK(claim.text == &engine::claim_texts()[i]);
      CHECK(claim.reason.empty() == (claim.holds == true));
      if (!claim.holds) continue;
      REQUIRE_FALSE(claim.measured.empty());
      bool all = true;
      for (const Measured& each : claim.measured) all = all && each.holds();
      CHECK(claim.holds == (all && claim.reason.empty()));
    }
  }
}

TEST_CASE("claims have names of their own, and words") {
  std::set<std::string> ids;
  for (const engine::ClaimText& text : engine::claim_texts()) {
    CHECK(ids.insert(text.id).second);
    CHECK(std::string(text.section).size() > 5);
    CHECK(std::string(text.claim).back() == '.');
  }
  CHECK(ids.size() == 27);
}

TEST_CASE("a number is within its bound, and NaN within none") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(Measured{"", 1, Bound::at_least, 1}.holds());
  CHECK_FALSE(Measured{"", 1, Bound::above, 1}.holds());
  CHECK(Measured{"", 1, Bound::at_most, 1}.holds());
  CHECK_FALSE(Measured{"", 1, Bound::below, 1}.holds());
  for (Bound bound : {Bound::at_least, Bound::above, Bound::at_most, Bound::below})
    CHECK_FALSE(Measured{"", nan, bound, 1}.holds());
  CHECK(Measured{"", nan}.holds());
}

TEST_CASE("one number out of its bound fails a claim; without bounds there is no verdict") {
  const Measured good{"", 2, Bound::at_least, 1}, bad{"", 0, Bound::at_least, 1}, free{"", 5};
  CHECK(engine::measured_claim("terms", 2, {good, free}, "why").holds == true);
  CHECK(engine::measured_claim("terms", 2, {good, free}, "why").reason.empty());
  CHECK(engine::measured_claim("terms", 2, {good, bad}, "why").holds == false);
  CHECK(engine::measured_claim("terms", 2, {good, bad}, "why").reason == "why");
  CHECK_FALSE(engine::measured_claim("terms", 2, {free}, "why").holds.has_value());
  CHECK(engine::unanswered_claim("terms", "why").reason == "why");
}

TEST_CASE("a set that does not fit the model is refused") {
  Shape shape;
  const Model two = engine::random_model<float>(493, shape);
  engine::ClaimSources sources;
  sources.one_layer = &two;
  CHECK_THROWS_WITH(engine::ClaimsMeter(two, sources), Contains("2 layers, expected 1"));
  shape.n_layers = 1;
  shape.d_vocab = 31;
  const Model other = engine::random_model<float>(494, shape);
  sources.one_layer = &other;
  CHECK_THROWS_WITH(engine::ClaimsMeter(two, sources), Contains("a vocabulary of 31"));
  sources.one_layer = nullptr;
  sources.text = {3, 30};
  CHECK_THROWS_WITH(engine::ClaimsMeter(two, sources), Contains("token id 30"));
}

TEST_CASE("weights that are not finite leave claims without an answer, and say why") {
  Shape shape;
  shape.n_layers = 1;
  const Model one = engine::random_model<float>(495, shape);
  shape.n_layers = 2;
  const Model two = engine::random_model<float>(496, shape);
  Model zero = engine::random_model<float>(497, engine::Shape{0});
  zero.weights.W_E.setConstant(std::numeric_limits<float>::max());
  engine::ClaimSources sources;
  sources.zero_layer = &zero;
  sources.one_layer = &one;
  sources.text = engine::random_tokens(498, shape, 20);
  sources.counts = engine::BigramCounts::from_json(
      R"({"tokens": [5], "totals": [9000], "next": [[2, 4000, 5, 1500]]})");
  sources.counted_loss = 3;
  const auto claims = engine::all_claims(two, sources);
  const Claim claim = engine::find(claims, "zero-bigram");
  CHECK_FALSE(claim.holds.has_value());
  CHECK_THAT(claim.reason, Contains("not finite"));
  CHECK(engine::find(claims, "two-layer-sum").holds == true);
}
