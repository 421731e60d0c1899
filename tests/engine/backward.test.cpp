#include "engine/backward.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::BackwardOf;
using engine::MatrixOf;
using engine::ParametersOf;
using engine::Sequence;
using engine::Shape;

namespace {

std::vector<Shape> trainable_shapes() {
  std::vector<Shape> shapes;
  for (Shape shape : engine::odd_shapes())
    if (!shape.biases && shape.normalization == engine::Normalization::none)
      shapes.push_back(shape);
  Shape standard_two;
  standard_two.positions = engine::Positions::standard;
  shapes.push_back(standard_two);
  return shapes;
}

Shape tiny(int n_layers, engine::Positions positions) {
  Shape shape;
  shape.n_layers = n_layers;
  shape.n_heads = 2;
  shape.d_head = 3;
  shape.d_model = 5;
  shape.n_ctx = 7;
  shape.d_vocab = 9;
  shape.positions = positions;
  return shape;
}

}  // namespace

TEST_CASE("the loss is the one of the forward pass, from the first counted prediction on") {
  for (const Shape& shape : trainable_shapes()) {
    const auto model = engine::random_model<double>(71, shape);
    const auto tokens = engine::random_tokens(72, shape, 10);
    const auto run = engine::forward(model, {tokens.begin(), tokens.end() - 1});
    for (int first : {0, 4}) {
      double expected = 0;
      for (int i = first; i < run.n(); ++i)
        expected -=
            engine::log_probabilities<double>(run.logits.col(i))[tokens[std::size_t(i + 1)]];
      BackwardOf<double> backward(model.config);
      INFO(engine::describe(shape));
      CHECK_THAT(backward.loss(engine::stack(model), {tokens, first}), WithinAbs(expected, 1e-9));
    }
  }
}

TEST_CASE("the gradient equals central differences on every weight of tiny models") {
  using engine::Positions;
  for (int n_layers : {0, 1, 2, 3})
    for (Positions positions : {Positions::shortformer, Positions::standard}) {
      const Shape shape = tiny(n_layers, positions);
      const auto model = engine::random_model<double>(73, shape);
      auto parameters = engine::stack(model);
      const Sequence sequence{engine::random_tokens(74, shape, 8), 2};
      BackwardOf<double> backward(model.config);
      auto gradient = engine::zeros_like(parameters);
      backward.add_gradient(parameters, sequence, 0.7, gradient);
      const auto analytic = gradient.matrices();
      const auto matrices = parameters.matrices();
      for (std::size_t m = 0; m < matrices.size(); ++m) {
        const double largest = analytic[m]->cwiseAbs().maxCoeff();
        for (Eigen::Index i = 0; i < matrices[m]->size(); ++i) {
          double& weight = matrices[m]->data()[i];
          const double at = weight, step = 2e-6;
          weight = at + step;
          const double above = backward.loss(parameters, sequence);
          weight = at - step;
          const double below = backward.loss(parameters, sequence);
          weight = at;
          const double numeric = 0.7 * (above - below) / (2 * step);
          INFO(n_layers << " layers, matrix " << m << ", entry " << i);
          CHECK_THAT(analytic[m]->data()[i], WithinAbs(numeric, 1e-6 * std::max(largest, 1e-3)));
        }
      }
    }
}

TEST_CASE("on a model of several blocks of positions the gradient holds in random directions") {
  Shape shape;
  shape.n_heads = 4;
  shape.d_head = 8;
  shape.d_model = 24;
  shape.n_ctx = 150;  // more than two blocks of 64 destinations
  shape.d_vocab = 50;
  const auto model = engine::random_model<double>(75, shape);
  const auto parameters = engine::stack(model);
  const Sequence sequence{engine::random_tokens(76, shape, 151), 0};
  BackwardOf<double> backward(model.config);
  auto gradient = engine::zeros_like(parameters);
  backward.add_gradient(parameters, sequence, 1, gradient);

  BackwardOf<float> in_float(model.config);
  const auto float_parameters = engine::stack(engine::random_model<float>(75, shape));
  auto float_gradient = engine::zeros_like(float_parameters);
  in_float.add_gradient(float_parameters, sequence, 1, float_gradient);

  engine::Random random(77);
  for (int direction = 0; direction < 5; ++direction) {
    auto above = parameters, below = parameters;
    double slope = 0, float_slope = 0, size = 0;
    for (std::size_t m = 0; m < gradient.matrices().size(); ++m) {
      const auto& g = *gradient.matrices()[m];
      MatrixOf<double> d(g.rows(), g.cols());
      for (double& entry : d.reshaped()) entry = random.normal();
      slope += g.cwiseProduct(d).sum();
      float_slope += float_gradient.matrices()[m]->cast<double>().cwiseProduct(d).sum();
      size += g.norm();
      *above.matrices()[m] += 1e-6 * d;
      *below.matrices()[m] -= 1e-6 * d;
    }
    const double numeric = (backward.loss(above, sequence) - backward.loss(below, sequence)) / 2e-6;
    CHECK_THAT(slope, WithinAbs(numeric, 1e-6 * size));
    CHECK_THAT(float_slope, WithinAbs(numeric, 1e-4 * size));
  }
}

TEST_CASE("a cut head writes nothing and learns nothing") {
  const Shape shape;
  const auto model = engine::random_model<double>(78, shape);
  const auto parameters = engine::stack(model);
  const auto tokens = engine::random_tokens(79, shape, 10);
  BackwardOf<double> backward(model.config);
  backward.set_cut({{0, 1}});
  const auto run = engine::forward(model, {tokens.begin(), tokens.end() - 1},
                                   engine::Cuts::parse({"L0H1"}, model.config));
  double expected = 0;
  for (int i = 0; i < run.n(); ++i)
    expected -= engine::log_probabilities<double>(run.logits.col(i))[tokens[std::size_t(i + 1)]];
  auto gradient = engine::zeros_like(parameters);
  CHECK_THAT(backward.add_gradient(parameters, {tokens, 0}, 1, gradient),
             WithinAbs(expected, 1e-9));
  const auto& layer = gradient.layers[0];
  CHECK(layer.W_Q.middleRows(shape.d_head, shape.d_head).isZero(0));
  CHECK(layer.W_K.middleRows(shape.d_head, shape.d_head).isZero(0));
  CHECK(layer.W_V.middleRows(shape.d_head, shape.d_head).isZero(0));
  CHECK(layer.W_O.middleCols(shape.d_head, shape.d_head).isZero(0));
  CHECK(layer.W_O.leftCols(shape.d_head).cwiseAbs().maxCoeff() > 0);
}

TEST_CASE("with heads cut the gradient is of the loss without their writes, on every weight") {
  for (const std::vector<engine::HeadId>& cut :
       {std::vector<engine::HeadId>{{0, 1}}, {{1, 0}}, {{0, 0}, {1, 1}}, {{0, 0}, {0, 1}}}) {
    const Shape shape = tiny(2, engine::Positions::shortformer);
    const auto model = engine::random_model<double>(73, shape);
    auto parameters = engine::stack(model);
    const Sequence sequence{engine::random_tokens(74, shape, 8), 2};
    BackwardOf<double> backward(model.config);
    auto gradient = engine::zeros_like(parameters);
    backward.add_gradient(parameters, sequence, 1,
                          gradient);  // what it leaves behind must not count
    gradient = engine::zeros_like(parameters);
    backward.set_cut(cut);
    backward.add_gradient(parameters, sequence, 1, gradient);
    BackwardOf<double> fresh(model.config);
    fresh.set_cut(cut);
    for (std::size_t m = 0; m < parameters.matrices().size(); ++m) {
      MatrixOf<double>& matrix = *parameters.matrices()[m];
      const double largest = gradient.matrices()[m]->cwiseAbs().maxCoeff();
      for (Eigen::Index i = 0; i < matrix.size(); ++i) {
        const double at = matrix.data()[i], step = 2e-6;
        matrix.data()[i] = at + step;
        const double above = fresh.loss(parameters, sequence);
        matrix.data()[i] = at - step;
        const double below = fresh.loss(parameters, sequence);
        matrix.data()[i] = at;
        CHECK_THAT(gradient.matrices()[m]->data()[i],
                   WithinAbs((above - below) / (2 * step), 1e-6 * std::max(largest, 1e-3)));
      }
    }
  }
}

TEST_CASE("stacking and unstacking give the model back, and models that cannot train are named") {
  const Shape shape;
  const auto model = engine::random_model<float>(80, shape);
  const auto again = engine::unstack(engine::stack(model), model.config);
  const auto tokens = engine::random_tokens(81, shape, 9);
  CHECK((engine::forward(model, tokens).logits - engine::forward(again, tokens).logits).isZero(0));
  Shape with_biases;
  with_biases.biases = true;
  CHECK_THROWS_WITH(engine::stack(engine::random_model<float>(82, with_biases)),
                    Contains("biases"));
  Shape with_norm;
  with_norm.normalization = engine::Normalization::LNPre;
  CHECK_THROWS_WITH(engine::stack(engine::random_model<float>(82, with_norm)),
                    Contains("LayerNorm"));
}
