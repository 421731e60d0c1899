#include "engine/bigram_gradient.h"

#include <catch2/catch.hpp>

#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Sequence;

TEST_CASE("without layers, each distinct token once gives the gradient of each position") {
  engine::Shape shape;
  shape.n_layers = 0;
  shape.d_vocab = 11;
  const auto model = engine::random_model<double>(81, shape);
  const auto parameters = engine::stack(model);
  // Tokens recur within a sequence and between them; not all predictions are counted.
  const std::vector<Sequence> sequences = {{engine::random_tokens(82, shape, 10), 0},
                                           {engine::random_tokens(83, shape, 9), 3},
                                           {{4, 4, 4, 4}, 1}};
  std::vector<const Sequence*> all;
  auto expected = engine::zeros_like(parameters);
  engine::BackwardOf<double> backward(model.config);
  double loss = 0;
  for (const Sequence& sequence : sequences) {
    all.push_back(&sequence);
    loss += backward.add_gradient(parameters, sequence, 0.7, expected);
  }
  auto gradient = engine::zeros_like(parameters);
  CHECK_THAT(engine::add_bigram_gradient(parameters, all, 0.7, gradient), WithinAbs(loss, 1e-9));
  CHECK_THAT((gradient.W_U - expected.W_U).cwiseAbs().maxCoeff(), WithinAbs(0, 1e-12));
  CHECK_THAT((gradient.W_E - expected.W_E).cwiseAbs().maxCoeff(), WithinAbs(0, 1e-12));
  // It adds to what is there, and nothing where there is nothing to predict.
  CHECK(engine::add_bigram_gradient(parameters, {}, 0.7, gradient) == 0);
  engine::add_bigram_gradient(parameters, all, 0.7, gradient);
  CHECK_THAT((gradient.W_U - 2 * expected.W_U).cwiseAbs().maxCoeff(), WithinAbs(0, 1e-12));
}
