#include "engine/composition_claims.h"

#include <catch2/catch.hpp>

#include "engine/claim_answers.h"
#include "engine/hand_made.h"
#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Claim;
using engine::HeadPair;
using engine::Model;

namespace {

HeadPair pair(int earlier, int later, double q, double k, double v) {
  return {{0, earlier}, {1, later}, {q, k, v}};
}

}  // namespace

TEST_CASE("the strongest edges above chance, of one head and of the others") {
  engine::CompositionBaseline baseline;
  baseline.mean = {0.1, 0.2, 0.3};
  const std::vector<HeadPair> pairs = {pair(0, 0, 0.2, 0.25, 0.3), pair(0, 1, 0.6, 0.3, 0.3),
                                       pair(1, 0, 0.1, 0.9, 0.4),  pair(1, 1, 0.1, 0.1, 0.3),
                                       pair(2, 0, 0.1, 0.35, 0.3), pair(2, 1, 0.1, 0.4, 0.3)};
  const auto found = engine::strongest_edges(pairs, baseline, {0, 1});
  CHECK(found.head == engine::HeadId{0, 1});
  CHECK_THAT(found.best, WithinAbs(0.7, 1e-9));
  CHECK_THAT(found.others, WithinAbs(0.2, 1e-9));
  CHECK_THAT(found.median, WithinAbs(0.15, 1e-9));  // of 0.05, 0.1, 0.15, 0.2 the upper one
  CHECK_THAT(found.largest_q, WithinAbs(0.5, 1e-9));
  CHECK_THAT(found.largest_v, WithinAbs(0.1, 1e-9));
  const auto other = engine::strongest_edges(pairs, baseline, {0, 0});
  CHECK(other.head == engine::HeadId{0, 1});  // still the strongest
  CHECK_THAT(other.best, WithinAbs(0.1, 1e-9));
  CHECK_THAT(other.others, WithinAbs(0.7, 1e-9));
}

TEST_CASE(
    "where another head than the previous-token head composes most, the claim fails and says so") {
  // L0H0 looks at the token before, and what it writes is read by no key.
  engine::Shape shape;
  shape.n_heads = 2;
  Model model = engine::random_model<float>(451, shape);
  model.weights.W_pos.setIdentity();
  auto& head = model.weights.layers[0].heads[0];
  head.W_Q.setZero();
  head.W_K.setZero();
  head.W_Q = engine::Matrix::Identity(5, 12);
  for (int i = 0; i < 5; ++i) head.W_K(i, (i + 11) % 12) = 100;
  const auto readings = engine::subject_of(model);
  const auto best = readings.best(&engine::HeadScores::previous_token);
  const Claim claim = engine::find(engine::all_claims(model), "composition-sparse");
  const auto edges = engine::strongest_edges(engine::composition(model),
                                             engine::composition_baseline(12, 5), best->head);
  CHECK_THAT(engine::value(claim, 1), WithinAbs(edges.best, 1e-9));
  CHECK_THAT(engine::value(claim, 2), WithinAbs(edges.median, 1e-9));
  CHECK(claim.holds == (engine::value(claim) >= 1.5));
  if (claim.holds == false) {
    CHECK(claim.reason.find(engine::name(edges.head)) != std::string::npos);
    CHECK(claim.reason.find(engine::name(best->head)) != std::string::npos);
  }
}

TEST_CASE("with one head in layer 0 there is no other to outdo") {
  engine::HandMade made(16, 32, 2);
  const Model model = made.looks_back(0, 1).matches(1, 16).model;
  const Claim claim = engine::find(engine::all_claims(model), "composition-sparse");
  CHECK(claim.holds == true);
}
