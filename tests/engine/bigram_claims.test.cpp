#include "engine/bigram_claims.h"

#include <catch2/catch.hpp>

#include "engine/claim_answers.h"
#include "engine/forward.h"
#include "engine/held_out.h"
#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Claim;
using engine::Model;
using engine::Shape;

namespace {

// Three tokens; pairs counted often and seldom.
engine::BigramCounts counts() {
  return engine::BigramCounts::from_json(R"({"tokens": [5, 2, 9], "totals": [9000, 3000, 70],
    "next": [[2, 4000, 5, 1500, 9, 20], [5, 1200, 9, 15], [2, 30]],
    "own_loss": 3.25, "own_sha256": "ab"})");
}

double correlation(const Model& model, std::int64_t least) {
  const engine::BigramCounts all = counts();
  engine::Correlation correlation;
  for (int token : all.tokens()) {
    const engine::Vector log_p =
        engine::log_probabilities(engine::Vector(engine::direct_logits(model, {token}).col(0)));
    for (const auto& next : all.next(token))
      if (next.count >= least)
        correlation.add(double(log_p[next.token]), double(all.log_probability(token, next)));
  }
  return correlation.value();
}

Shape of_layers(int n_layers) {
  Shape shape;
  shape.n_layers = n_layers;
  return shape;
}

}  // namespace

TEST_CASE("the direct path is held against the counts, and its loss against theirs") {
  const Model zero = engine::random_model<float>(421, of_layers(0));
  const Model one = engine::random_model<float>(422, of_layers(1));
  engine::ClaimSources sources;
  sources.counts = counts();
  sources.counted_loss = sources.counts->own_loss();
  sources.text = engine::random_tokens(423, of_layers(0), 400);  // all windows, not the first ones
  sources.one_layer = &one;
  const auto claims = engine::all_claims(zero, sources);
  const Claim zero_bigram = engine::find(claims, "zero-bigram");
  CHECK_THAT(engine::value(zero_bigram), WithinAbs(correlation(zero, 1), 1e-6));
  const double loss = engine::held_out_loss(zero, sources.text).loss;
  CHECK_THAT(engine::value(zero_bigram, 1), WithinAbs(loss - 3.25, 1e-9));
  CHECK_THAT(engine::value(zero_bigram, 2), WithinAbs(correlation(zero, 1000), 1e-6));
  CHECK(zero_bigram.holds == false);
  CHECK(zero_bigram.reason.find("counted 1000 times or more") != std::string::npos);
  const Claim direct = engine::find(claims, "direct-bigram");
  CHECK_THAT(engine::value(direct), WithinAbs(correlation(one, 1), 1e-6));
  CHECK_THAT(engine::value(direct, 1), WithinAbs(correlation(zero, 1), 1e-6));
  CHECK(direct.n_layers == 1);
}

TEST_CASE("an embedding of the counted log-probabilities themselves holds") {
  Shape shape = of_layers(0);
  shape.d_model = shape.d_vocab;
  Model model = engine::random_model<float>(424, shape);
  model.weights.W_U.setIdentity();
  model.weights.W_E.setConstant(-20);  // pairs that are not counted
  const engine::BigramCounts all = counts();
  for (int token : all.tokens())
    for (const auto& next : all.next(token))
      model.weights.W_E(next.token, token) = all.log_probability(token, next);
  engine::ClaimSources sources;
  sources.counts = counts();
  const Claim claim = engine::find(engine::all_claims(model, sources), "zero-bigram");
  CHECK(engine::value(claim) > 0.97);
  CHECK(claim.holds == true);  // without a loss to compare with, by the correlation alone
  CHECK(claim.reason.empty());
}

TEST_CASE("without counts, or a model of so few layers, there is no answer") {
  const Model one = engine::random_model<float>(425, of_layers(1));
  const Claim without = engine::find(engine::all_claims(one), "direct-bigram");
  CHECK(without.reason.find("no counted bigrams") == 0);
  engine::ClaimSources sources;
  sources.counts = counts();
  const auto claims = engine::all_claims(one, sources);
  CHECK(engine::find(claims, "direct-bigram").holds.has_value());
  CHECK_FALSE(engine::find(claims, "zero-bigram").holds.has_value());
  CHECK(engine::find(claims, "zero-bigram").reason.find("zero-layer model") != std::string::npos);
}
