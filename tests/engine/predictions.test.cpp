#include "engine/predictions.h"

#include <catch2/catch.hpp>
#include <limits>

#include "engine/forward.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Matrix;
using engine::Model;
using engine::Predictions;
using engine::Run;
using engine::Shape;

TEST_CASE("what is predicted is the softmax of the run's logits, and their top") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    const Model model = engine::random_model<float>(601, shape);
    const std::vector<int> tokens = engine::random_tokens(602, shape, 9);
    const Run run = engine::forward(model, tokens);
    Predictions next = engine::next_predictions(model, engine::forward_stream(model, tokens));
    while (!next.done()) next.step();
    CHECK(next.progress() == 1);
    for (int i = 0; i + 1 < run.n(); ++i) {
      const engine::Vector logits = run.logits.col(i);
      const float expected = engine::log_probabilities(logits)[tokens[std::size_t(i + 1)]];
      CHECK_THAT(next.log_probability(std::size_t(i)), WithinAbs(double(expected), 1e-5));
      CHECK(next.top_token(i) == engine::top_token(logits));
    }
  }
}

TEST_CASE("with a large vocabulary it takes several steps, none of more than 5e7 products") {
  Shape shape;
  shape.d_vocab = 30011;
  shape.d_model = 401;
  shape.d_head = 2;
  const Model model = engine::random_model<float>(603, shape);
  const std::vector<int> tokens = engine::random_tokens(604, shape, 12);
  const Run run = engine::forward(model, tokens);
  const Matrix input = engine::unembedding_input(model, run, 0, 12);
  // Several tokens of one position, and some of the last rows.
  Predictions predictions(model, input, {{3, 0}, {3, 30010}, {11, 15000}, {0, 30010}});
  int steps = 0;
  for (double before = -1; !predictions.done(); ++steps) {
    CHECK(predictions.progress() > before);
    before = predictions.progress();
    predictions.step();
  }
  const double products = double(shape.d_vocab) * shape.d_model * 12;
  CHECK(steps == int(products / 5e7) + 1);
  const auto expected = [&](int column, int token) {
    return double(engine::log_probabilities(engine::Vector(run.logits.col(column)))[token]);
  };
  CHECK_THAT(predictions.log_probability(0), WithinAbs(expected(3, 0), 1e-4));
  CHECK_THAT(predictions.log_probability(1), WithinAbs(expected(3, 30010), 1e-4));
  CHECK_THAT(predictions.log_probability(2), WithinAbs(expected(11, 15000), 1e-4));
  CHECK_THAT(predictions.log_probability(3), WithinAbs(expected(0, 30010), 1e-4));
}

TEST_CASE("rows of a step are at most 5e7 products, and one at least") {
  CHECK(engine::rows_a_step(5e7 / 3) == 3);
  CHECK(engine::rows_a_step(1e12) == 1);
}

TEST_CASE("without positions there is nothing to do, and logits that are not finite are refused") {
  const Model model = engine::random_model<float>(605, Shape());
  const int d_model = model.config.d_model;
  CHECK(Predictions(model, Matrix(d_model, 0), {}).done());
  Predictions large(model, Matrix::Constant(d_model, 1, std::numeric_limits<float>::max()), {});
  CHECK_THROWS_WITH(large.step(), Contains("not finite"));
}
