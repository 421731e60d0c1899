#include "engine/composition.h"

#include <catch2/catch.hpp>

#include "engine/refactor.h"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using engine::CompositionScores;
using engine::HeadWeights;
using engine::Matrix;
using engine::Model;
using engine::Shape;

namespace {

// As the paper writes it, from dense d_model x d_model matrices.
CompositionScores brute_force(const HeadWeights& earlier, const HeadWeights& later) {
  const Matrix OV = earlier.W_O * earlier.W_V, later_OV = later.W_O * later.W_V;
  const Matrix QK = later.W_Q.transpose() * later.W_K;
  CompositionScores scores;
  scores.q = double((QK.transpose() * OV).norm() / (QK.norm() * OV.norm()));
  scores.k = double((QK * OV).norm() / (QK.norm() * OV.norm()));
  scores.v = double((later_OV * OV).norm() / (later_OV.norm() * OV.norm()));
  return scores;
}

void check_near(const CompositionScores& have, const CompositionScores& want, double tolerance) {
  CHECK_THAT(have.q, WithinRel(want.q, tolerance));
  CHECK_THAT(have.k, WithinRel(want.k, tolerance));
  CHECK_THAT(have.v, WithinRel(want.v, tolerance));
}

}  // namespace

TEST_CASE("composition scores are those of the dense matrices, for every pair of heads") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(70, shape);
    const auto pairs = engine::composition(model);
    const int L = shape.n_layers, H = shape.n_heads;
    REQUIRE(int(pairs.size()) == L * (L - 1) / 2 * H * H);
    for (const engine::HeadPair& pair : pairs) {
      INFO(describe(shape) << ", " << engine::name(pair.earlier) << engine::name(pair.later));
      CHECK(pair.earlier.layer < pair.later.layer);
      check_near(pair.scores,
                 brute_force(engine::folded_head(model, pair.earlier),
                             engine::folded_head(model, pair.later)),
                 1e-4);
    }
  }
}

TEST_CASE("one pair's scores are those in the list of all") {
  const Model model = engine::random_model<float>(71, engine::odd_shapes().back());
  for (const engine::HeadPair& pair : engine::composition(model))
    check_near(engine::composition_scores(model, pair.earlier, pair.later), pair.scores, 1e-9);
}

TEST_CASE("composition does not depend on how a head is factored") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(72, shape);
    const auto pairs = engine::composition(model);
    const auto again = engine::composition(engine::refactored(73, model));
    for (std::size_t i = 0; i < pairs.size(); ++i)
      check_near(again[i].scores, pairs[i].scores, 1e-3);
  }
}

TEST_CASE("a head that reads just where another writes composes fully, beside it not at all") {
  Shape shape{2, 1, 2, 8, 8, 8};
  Model model = engine::random_model<float>(74, shape);
  auto& earlier = model.weights.layers[0].heads[0];
  auto& later = model.weights.layers[1].heads[0];
  // The earlier head writes into dimensions 0 and 1; queries read there, keys and values do not.
  earlier.W_O = Matrix::Identity(8, 2);
  earlier.W_V = Matrix::Identity(2, 8);
  later.W_Q = Matrix::Identity(2, 8);
  later.W_K = later.W_V = Matrix::Zero(2, 8);
  later.W_K.rightCols(2) = later.W_V.rightCols(2) = Matrix::Identity(2, 2);
  const CompositionScores scores = engine::composition_scores(model, {0, 0}, {1, 0});
  // |Id_2 Id_2| / (|Id_2| |Id_2|) = sqrt(2) / 2.
  CHECK_THAT(scores.q, WithinAbs(std::sqrt(0.5), 1e-6));
  CHECK(scores.k == 0);
  CHECK(scores.v == 0);
}

TEST_CASE("the pair of a head without weights has no score") {
  Model model = engine::random_model<float>(75, Shape());
  model.weights.layers[0].heads[0].W_O.setZero();
  CHECK(std::isnan(engine::composition_scores(model, {0, 0}, {1, 1}).k));
}

TEST_CASE("the random baseline lies near 1 / sqrt(d_model), and a seed gives it again") {
  for (const auto& [d_model, d_head] : {std::pair(48, 6), {24, 12}}) {
    const auto baseline = engine::composition_baseline(d_model, d_head);
    const double expected = 1 / std::sqrt(double(d_model));
    for (engine::Input input : {engine::Input::Q, engine::Input::K, engine::Input::V}) {
      CHECK_THAT(baseline.mean.of(input), WithinRel(expected, 0.05));
      CHECK(baseline.deviation.of(input) > 0.005);
      CHECK(baseline.deviation.of(input) < 0.03);
    }
    CHECK(engine::composition_baseline(d_model, d_head).mean.k == baseline.mean.k);
    CHECK(engine::composition_baseline(d_model, d_head, 100, 2).mean.k != baseline.mean.k);
  }
}

TEST_CASE("composition in steps is composition at once") {
  const Model model = engine::random_model<float>(76, Shape());
  engine::CompositionReadings readings(model);
  int steps = 0;
  for (; !readings.done(); ++steps) {
    CHECK(readings.progress() < 1);
    readings.step();
  }
  CHECK(steps == 2 * int(engine::all_heads(model.config).size()) + 2 * 100);
  CHECK(readings.progress() == 1);
  const auto pairs = engine::composition(model);
  REQUIRE(readings.pairs().size() == pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i)
    CHECK(readings.pairs()[i].scores.k == pairs[i].scores.k);
  const auto baseline = engine::composition_baseline(model.config.d_model, model.config.d_head);
  CHECK(readings.baseline().mean.q == baseline.mean.q);
  CHECK(readings.baseline().deviation.v == baseline.deviation.v);
}
