#include "engine/sum_claims.h"

#include <catch2/catch.hpp>

#include "engine/claim_answers.h"
#include "engine/random_model.h"
#include "engine/score_expansion.h"

using engine::Claim;
using engine::Model;
using engine::Shape;

TEST_CASE("sums of terms are exact on one layer, on more, and of their scores") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(describe(shape));
    const Model model = engine::random_model<float>(411, shape);
    engine::ClaimSources sources;
    sources.text = engine::random_tokens(412, shape, 30);
    const auto claims = engine::all_claims(model, sources);
    const Claim one = engine::find(claims, "one-layer-sum");
    const Claim two = engine::find(claims, "two-layer-sum");
    const Claim score = engine::find(claims, "score-sum");
    CHECK(one.measured.size() == (shape.n_layers == 1));
    CHECK(two.measured.size() == (shape.n_layers > 1));
    CHECK(score.measured.size() == (shape.n_layers > 1));
    for (const Claim& claim : {one, two, score}) {
      if (claim.measured.empty()) continue;
      CHECK(claim.holds == true);
      CHECK(engine::value(claim) > 0);  // float32 is never quite exact here
    }
  }
}

TEST_CASE("the sum's claim counts the terms that there are") {
  Shape shape;
  const Model model = engine::random_model<float>(413, shape);
  const auto claims = engine::all_claims(model);
  CHECK(engine::find(claims, "two-layer-sum").measured[0].what.find("sum of 16 terms") == 0);
  // (direct, 3 heads, positions) to the query, and to the key.
  CHECK(engine::find(claims, "score-sum").measured[0].what.find("sum of 25 terms") == 0);
}

TEST_CASE("a one-layer model of the set answers for one that has more layers") {
  Shape shape;
  const Model two = engine::random_model<float>(414, shape);
  shape.n_layers = 1;
  const Model one = engine::random_model<float>(415, shape);
  engine::ClaimSources sources;
  sources.one_layer = &one;
  const Claim claim = engine::find(engine::all_claims(two, sources), "one-layer-sum");
  CHECK(claim.holds == true);
  CHECK(claim.n_layers == 1);
  CHECK(claim.measured[0].what.find("sum of 4 terms") == 0);
  CHECK(engine::find(engine::all_claims(two), "one-layer-sum").reason ==
        "this is about a one-layer model: this one has 2 layers, and no set with such a model was "
        "given");
}
