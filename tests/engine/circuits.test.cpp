#include "engine/circuits.h"

#include <catch2/catch.hpp>

#include "engine/forward.h"
#include "engine/layer_norm.h"
#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Complex;
using engine::HeadId;
using engine::HeadWeights;
using engine::Matrix;
using engine::Model;
using engine::Shape;

namespace {

Matrix dense(const engine::FactoredMatrix& matrix) {
  return matrix.left() * matrix.right();
}

// x as a LayerNorm with scale 1 and no b hands it on.
Matrix norm(const Model& model, const engine::NormWeightsOf<float>& weights, const Matrix& x) {
  return engine::norm_linear<float>(model.config, weights, x);
}

void check_near(const std::vector<Complex>& have, const std::vector<Complex>& want) {
  REQUIRE(have.size() == want.size());
  for (std::size_t i = 0; i < have.size(); ++i)
    CHECK(std::abs(have[i] - want[i]) < 1e-3 * std::abs(want[0]));
}

}  // namespace

TEST_CASE("full circuits are what the matrices do to a token, LayerNorm's linear part included") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(60, shape);
    for (HeadId id : engine::all_heads(model.config)) {
      INFO(describe(shape) << ", " << engine::name(id));
      const HeadWeights& head = model.head(id);
      const Matrix read =
          norm(model, model.weights.layers[std::size_t(id.layer)].ln1, model.weights.W_E);
      const Matrix written = head.W_O * (head.W_V * read);
      const Matrix ov = model.weights.W_U * norm(model, model.weights.ln_final, written);
      CHECK((dense(engine::ov_circuit(model, id)) - ov).norm() < 1e-4f * ov.norm());
      const Matrix qk = (head.W_Q * read).transpose() * (head.W_K * read);
      CHECK((dense(engine::qk_circuit(model, id)) - qk).norm() < 1e-4f * qk.norm());
    }
  }
}

TEST_CASE("W_OV and W_QK are the products of their factors") {
  const Model model = engine::random_model<float>(61, Shape());
  const HeadWeights& head = model.head({1, 2});
  CHECK((dense(engine::W_OV(head)) - head.W_O * head.W_V).norm() < 1e-5f);
  CHECK((dense(engine::W_QK(head)) - head.W_Q.transpose() * head.W_K).norm() < 1e-5f);
}

TEST_CASE("eigenvalues from the shared product are those of the full circuits") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(62, shape);
    const engine::CircuitEigenvalues eigenvalues(model);
    for (HeadId id : engine::all_heads(model.config)) {
      INFO(describe(shape) << ", " << engine::name(id));
      const engine::Eigenvalues values = eigenvalues.of(id);
      check_near(values.ov, engine::ov_circuit(model, id).eigenvalues());
      check_near(values.qk, engine::qk_circuit(model, id).eigenvalues());
    }
  }
}

TEST_CASE("a folded unembedding is the unembedding of what LayerNorm hands on") {
  Shape shape;
  shape.normalization = engine::Normalization::LN;
  const Model model = engine::random_model<float>(63, shape);
  const Matrix x = engine::embed<float>(model, {1, 2, 3});
  const Matrix want = model.weights.W_U * norm(model, model.weights.ln_final, x);
  CHECK((engine::folded_unembedding(model) * x - want).norm() < 1e-4f * want.norm());
}

TEST_CASE(
    "a head that writes what it reads copies, one that writes its negative does the reverse") {
  // W_E and W_U one-hot: the OV circuit is W_OV itself.
  Shape shape{1, 3, 4, 4, 8, 4};
  Model model = engine::random_model<float>(64, shape);
  model.weights.W_E = model.weights.W_U = Matrix::Identity(4, 4);
  auto& heads = model.weights.layers[0].heads;
  for (int h = 0; h < 3; ++h) heads[std::size_t(h)].W_V = Matrix::Identity(4, 4);
  heads[0].W_O = 2 * Matrix::Identity(4, 4);
  heads[1].W_O = -Matrix::Identity(4, 4);
  heads[2].W_O = Matrix::Zero(4, 4);
  const engine::CircuitEigenvalues eigenvalues(model);
  CHECK_THAT(engine::copying_score(eigenvalues.of({0, 0}).ov), WithinAbs(1, 1e-6));
  CHECK_THAT(engine::copying_score(eigenvalues.of({0, 1}).ov), WithinAbs(-1, 1e-6));
  CHECK(std::isnan(engine::copying_score(eigenvalues.of({0, 2}).ov)));
}

TEST_CASE("a QK circuit through an earlier head is the product of all its matrices") {
  for (const Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers < 2 || shape.normalization != engine::Normalization::none) continue;
    const Model model = engine::random_model<float>(16, shape);
    const engine::HeadWeights &earlier = model.head({0, 1}), &later = model.head({1, 0});
    const Matrix& W_E = model.weights.W_E;
    const Matrix full =
        W_E.transpose() * later.W_Q.transpose() * later.W_K * earlier.W_O * earlier.W_V * W_E;
    const engine::FactoredMatrix found = engine::qk_circuit_through(model, {0, 1}, {1, 0});
    CHECK((found.left() * found.right() - full).norm() < 1e-4f * full.norm());
    engine::Complex sum = 0;
    for (const engine::Complex& value : found.eigenvalues()) sum += value;
    CHECK_THAT(sum.real(), WithinAbs(double(full.trace()), 1e-3 * double(full.norm())));
  }
}

TEST_CASE("eigenvalues of a QK circuit through an earlier head come to the same in steps") {
  for (const Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers < 2) continue;
    INFO(engine::describe(shape));
    const Model model = engine::random_model<float>(64, shape);
    engine::ThroughEigenvalues through(model, {0, 0}, {1, 0});
    while (!through.done()) through.step();
    const auto found = through.result();
    const auto expected = engine::qk_circuit_through(model, {0, 0}, {1, 0}).eigenvalues();
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
      CHECK(std::abs(found[i] - expected[i]) <= 1e-3 * std::abs(expected[0]));
  }
}

TEST_CASE("over a large vocabulary they take several steps, none of more than 5e7 products") {
  Shape shape;
  shape.d_vocab = 20011;
  shape.d_model = 257;
  shape.d_head = 20;
  const Model model = engine::random_model<float>(65, shape);
  engine::ThroughEigenvalues through(model, {0, 1}, {1, 2});
  int steps = 0;
  for (; !through.done(); ++steps) through.step();
  CHECK(steps >= int(20011.0 * 2 * 20 * (257 + 20) / 5e7));
  const auto expected = engine::qk_circuit_through(model, {0, 1}, {1, 2}).eigenvalues();
  CHECK(std::abs(through.result()[0] - expected[0]) <= 1e-3 * std::abs(expected[0]));
}
