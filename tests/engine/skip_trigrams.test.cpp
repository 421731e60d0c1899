#include "engine/skip_trigrams.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/random_model.h"
#include "engine/refactor.h"

using Catch::Matchers::Contains;
using engine::FactoredMatrix;
using engine::HeadId;
using engine::Matrix;
using engine::Model;
using engine::Shape;
using engine::SkipTrigram;
using engine::TokenTables;

namespace {

Matrix dense(const FactoredMatrix& matrix) {
  return matrix.left() * matrix.right();
}

// The definition: each source's strongest destination and output, the strongest of those.
std::vector<SkipTrigram> by_brute_force(const TokenTables& tables, std::size_t count) {
  const Matrix qk = dense(tables.qk), ov = dense(tables.ov);
  std::vector<SkipTrigram> all;
  for (Eigen::Index source = 0; source < qk.cols(); ++source) {
    Eigen::Index destination = 0, output = 0;
    const float most_qk = qk.col(source).maxCoeff(&destination);
    const float most_ov = ov.col(source).maxCoeff(&output);
    if (most_qk > 0 && most_ov > 0)
      all.push_back(
          {int(source), int(destination), int(output), most_qk, most_ov, most_qk * most_ov});
  }
  std::stable_sort(all.begin(), all.end(), [](const SkipTrigram& a, const SkipTrigram& b) {
    return a.strength > b.strength;
  });
  all.resize(std::min(all.size(), count));
  return all;
}

struct Searched {
  std::vector<SkipTrigram> found;
  int steps = 0;
};

Searched search(const TokenTables& tables, int count) {
  engine::SkipTrigramSearch search(tables, count);
  Searched searched;
  double progress = 0;
  for (; !search.done(); ++searched.steps) {
    CHECK(search.progress() >= progress);
    progress = search.progress();
    search.step();
  }
  CHECK(search.progress() == 1);
  searched.found = search.result();
  return searched;
}

void check_same(const std::vector<SkipTrigram>& have, const std::vector<SkipTrigram>& want,
                float relative = 1e-4f) {
  REQUIRE(have.size() == want.size());
  for (std::size_t i = 0; i < want.size(); ++i) {
    const float tolerance = relative * want[i].strength;
    CHECK(std::abs(have[i].strength - want[i].strength) <= tolerance);
    // Rounding may swap sources whose strengths differ by less.
    const bool close =
        (i && want[i - 1].strength - want[i].strength <= tolerance) ||
        (i + 1 < want.size() && want[i].strength - want[i + 1].strength <= tolerance);
    if (close) continue;
    CHECK(have[i].source == want[i].source);
    CHECK(have[i].destination == want[i].destination);
    CHECK(have[i].output == want[i].output);
    CHECK(std::abs(have[i].qk - want[i].qk) <= relative * want[i].qk);
    CHECK(std::abs(have[i].ov - want[i].ov) <= relative * want[i].ov);
  }
}

// Lengths spread over orders of magnitude, as those of trained embeddings are.
TokenTables spread_tables(int d_vocab, int rank) {
  engine::Random random(83);
  const auto scales = [&] {
    engine::Vector values(d_vocab);
    for (float& value : values) value = float(std::exp(1.5 * random.normal()));
    return values;
  };
  const auto table = [&] {
    return FactoredMatrix(scales().asDiagonal() * engine::normal_matrix(random, d_vocab, rank),
                          engine::normal_matrix(random, rank, d_vocab) * scales().asDiagonal());
  };
  const FactoredMatrix qk = table(), ov = table();
  return {qk, ov};
}

// One head, and tokens that are one-hot in it; what it looks for and raises is W_Q and W_O.
Model blank_model(int d_vocab) {
  Model model = engine::random_model<float>(84, Shape{1, 1, d_vocab, d_vocab, 8, d_vocab});
  model.weights.W_E = model.weights.W_U = Matrix::Identity(d_vocab, d_vocab);
  auto& head = model.weights.layers[0].heads[0];
  head.W_K = head.W_V = Matrix::Identity(d_vocab, d_vocab);
  head.W_Q = head.W_O = Matrix::Zero(d_vocab, d_vocab);
  return model;
}

}  // namespace

TEST_CASE("the tables are scores and logits less their means over sources and outputs") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(80, shape);
    for (HeadId id : engine::all_heads(model.config)) {
      INFO(engine::describe(shape) << ", " << engine::name(id));
      const TokenTables tables = engine::token_tables(model, id);
      Matrix qk = dense(engine::qk_circuit(model, id)) / float(model.config.attn_scale);
      Matrix ov = dense(engine::ov_circuit(model, id));
      qk.colwise() -= engine::Vector(qk.rowwise().mean());
      ov.rowwise() -= ov.colwise().mean().eval();
      CHECK((dense(tables.qk) - qk).norm() < 1e-4f * qk.norm());
      CHECK((dense(tables.ov) - ov).norm() < 1e-4f * ov.norm());
    }
  }
}

TEST_CASE("qk differs from a run's scores by the same amount for all sources") {
  // Layer 0, one token a position, no positions: what the scores of a run are.
  Model model = engine::random_model<float>(81, Shape());
  model.weights.W_pos.setZero();
  const std::vector<int> tokens = {3, 9, 27, 9, 14};
  const engine::Run run = engine::forward(model, tokens);
  const TokenTables tables = engine::token_tables(model, {0, 1});
  const Matrix& scores = run.head({0, 1}).scores;
  for (int source = 1; source < 5; ++source)
    CHECK(std::abs((scores(4, source) - scores(4, 0)) -
                   (tables.qk.entry(14, tokens[std::size_t(source)]) - tables.qk.entry(14, 3))) <
          1e-4f);
}

TEST_CASE("the search finds what brute force finds, whatever the count") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(82, shape);
    for (HeadId id : engine::all_heads(model.config))
      for (int count : {1, 3, 10, 1000}) {
        INFO(engine::describe(shape) << ", " << engine::name(id) << ", " << count);
        const TokenTables tables = engine::token_tables(model, id);
        check_same(search(tables, count).found, by_brute_force(tables, std::size_t(count)));
      }
  }
}

TEST_CASE(
    "over many blocks the search is exact too, and leaves out what cannot be among the best") {
  const TokenTables tables = spread_tables(1300, 6);
  const Searched ten = search(tables, 10);
  check_same(ten.found, by_brute_force(tables, 10));
  CHECK(ten.found.size() == 10);
  CHECK(ten.steps < 1300 / 64);
  check_same(search(tables, 2000).found, by_brute_force(tables, 2000));
}

TEST_CASE("a head made for one skip-trigram has that one") {
  // keep ... in -> mind: `in` (1) looks for `keep` (0), and `keep` raises `mind` (2).
  Model model = blank_model(6);
  auto& head = model.weights.layers[0].heads[0];
  head.W_Q(0, 1) = 3;
  head.W_O(2, 0) = 2;
  const auto found = search(engine::token_tables(model, {0, 0}), 5).found;
  REQUIRE(found.size() == 1);
  CHECK(found[0].source == 0);
  CHECK(found[0].destination == 1);
  CHECK(found[0].output == 2);
  CHECK(std::abs(found[0].ov - 2 * 5 / 6.f) < 1e-5f);
  CHECK(std::abs(found[0].qk - 3 * 5 / 6.f / std::sqrt(6.f)) < 1e-5f);
}

TEST_CASE("of equal destinations, outputs and sources the lower ones come first") {
  Model model = blank_model(6);
  model.config.attn_scale = 1;  // powers of two alone: no rounding
  auto& head = model.weights.layers[0].heads[0];
  for (int source : {2, 4}) {
    for (int destination : {1, 3, 5}) head.W_Q(source, destination) = 4;
    for (int output : {0, 4}) head.W_O(output, source) = 2;
  }
  for (int count : {1, 2}) {
    const auto found = search(engine::token_tables(model, {0, 0}), count).found;
    REQUIRE(found.size() == std::size_t(count));
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].source == (i ? 4 : 2));
      CHECK(found[i].destination == 1);
      CHECK(found[i].output == 0);
    }
  }
}

TEST_CASE("a head that writes nothing has no skip-trigrams, one that is not finite is refused") {
  Model model = blank_model(6);
  CHECK(search(engine::token_tables(model, {0, 0}), 5).found.empty());
  model.weights.layers[0].heads[0].W_Q(0, 0) = std::numeric_limits<float>::infinity();
  CHECK_THROWS_WITH(engine::token_tables(model, {0, 0}), Contains("L0H0"));
}

TEST_CASE("skip-trigrams do not change when a head is factored another way") {
  const Model model = engine::random_model<float>(85, Shape());
  const Model other = engine::refactored(86, model);
  for (HeadId id : engine::all_heads(model.config))
    check_same(search(engine::token_tables(other, id), 5).found,
               search(engine::token_tables(model, id), 5).found, 1e-3f);
}

TEST_CASE("a source's column is that of the tables") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(93, shape);
    for (const HeadId head : engine::all_heads(model.config)) {
      INFO(describe(shape) << ", " << engine::name(head));
      const TokenTables tables = engine::token_tables(model, head);
      for (const int source : {0, 7, shape.d_vocab - 1}) {
        const engine::SourceColumn column = engine::source_column(model, head, source);
        CHECK((column.qk - tables.qk.column(source)).cwiseAbs().maxCoeff() < 2e-4f);
        CHECK((column.ov - tables.ov.column(source)).cwiseAbs().maxCoeff() < 2e-4f);
      }
    }
  }
}
