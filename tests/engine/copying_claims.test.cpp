#include "engine/copying_claims.h"

#include <catch2/catch.hpp>

#include "engine/claim_answers.h"
#include "engine/hand_made.h"
#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Claim;
using engine::Model;
using engine::Shape;

namespace {

Model one_layer(std::uint64_t seed) {
  Shape shape;
  shape.n_layers = 1;
  return engine::random_model<float>(seed, shape);
}

// Looks at all tokens alike and raises what it reads: by 90 over their number.
Model copier() {
  engine::HandMade made(20, 8, 1);
  made.matches(0, 0);
  made.head(0).W_Q.setZero();
  return made.model;
}

}  // namespace

TEST_CASE("a head that looks at all tokens alike raises each that occurred by its share") {
  const Model model = copier();
  for (int n : {2, 5, 8}) {
    engine::Random random(1);
    const engine::Recurrence found = engine::recurrence(model, n, random);
    CHECK(found.tokens == 2 * (n - 1));
    CHECK_THAT(found.log_ratio, WithinAbs(found.tokens * double(engine::sharp) / n, 1e-3));
    // All n tokens of a text, the last too, are alike, and share the probability.
    CHECK_THAT(found.occurred, WithinAbs(found.tokens / double(n), 1e-3));
    CHECK(found.absent < 1e-3);
  }
}

TEST_CASE("a model whose heads write nothing raises no token") {
  Model model = one_layer(441);
  for (auto& head : model.weights.layers[0].heads) head.W_O.setZero();
  engine::Random random(1);
  CHECK_THAT(engine::recurrence(model, 6, random).log_ratio, WithinAbs(0, 1e-4));
  const Claim claim = engine::find(engine::all_claims(model), "copying-context");
  CHECK_THAT(engine::value(claim), WithinAbs(1, 1e-4));
  CHECK_THAT(engine::value(claim, 3), WithinAbs(1, 1e-4));
  CHECK(claim.holds == false);
}

TEST_CASE("copying is the share of heads that copy, and the rest are named") {
  const Model model = one_layer(442);
  const engine::Subject subject = engine::subject_of(model);
  int copying = 0;
  std::string least;
  for (const engine::HeadReading& each : subject.heads) {
    copying += each.copying > 0.5;
    if (each.copying <= 0.5) least = engine::name(each.head);
  }
  const Claim claim = engine::find(engine::all_claims(model), "copying");
  CHECK_THAT(engine::value(claim), WithinAbs(copying / 3.0, 1e-9));
  CHECK(claim.holds == (copying >= 2));
  if (copying < 2) CHECK(claim.reason.find(least) != std::string::npos);
  const auto of_copier = engine::all_claims(copier());
  CHECK(engine::find(of_copier, "copying").holds == true);
  CHECK(engine::find(of_copier, "copying-context").holds == true);
}

TEST_CASE("a vocabulary too small for two texts has no answer") {
  Shape shape;
  shape.n_layers = 1;
  shape.d_vocab = 2;
  const Claim claim =
      engine::find(engine::all_claims(engine::random_model<float>(443, shape)), "copying-context");
  CHECK(claim.measured.empty());
  CHECK(claim.reason == "context or vocabulary is too small for it");
}
