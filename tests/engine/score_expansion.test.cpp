#include "engine/score_expansion.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "engine/hand_made.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Cuts;
using engine::HeadId;
using engine::Matrix;
using engine::Model;
using engine::Run;
using engine::ScoreExpansion;
using engine::ScoreKind;
using engine::ScoreSide;
using engine::ScoreTerm;
using engine::Shape;

namespace {

void check_sum(const ScoreExpansion& expansion, const Run& run, double scale) {
  double sum = 0;
  for (const ScoreTerm& term : expansion.terms) {
    sum += double(term.score);
    if (term.cut) CHECK(term.score == 0);
  }
  CHECK(expansion.score ==
        run.head(expansion.head).scores(expansion.destination, expansion.source));
  CHECK_THAT(double(expansion.sum), WithinAbs(sum, 1e-6 * scale));
  CHECK_THAT(double(expansion.sum), WithinAbs(double(expansion.score), 3e-5 * scale));
}

const ScoreTerm& find(const ScoreExpansion& expansion, const std::string& query,
                      const std::string& key) {
  for (const ScoreTerm& term : expansion.terms)
    if (engine::name(term.query) == query && engine::name(term.key) == key) return term;
  FAIL("no term " << query << ", " << key);
  return expansion.terms.front();
}

}  // namespace

TEST_CASE("a score is the sum of its terms, for every kind of model") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(321, shape);
    const Run run = engine::forward(model, engine::random_tokens(322, shape, 7));
    for (HeadId head : engine::all_heads(model.config)) {
      INFO(describe(shape) << ", " << engine::name(head));
      for (auto [destination, source] : {std::pair(6, 2), std::pair(4, 4), std::pair(0, 0)})
        check_sum(engine::expand_score(model, run, head, destination, source), run, 20);
    }
  }
}

TEST_CASE("a score under cuts is the sum of the terms that are left") {
  for (const Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers < 2) continue;
    INFO(describe(shape));
    const Model model = engine::random_model<float>(323, shape);
    const std::vector<int> tokens = engine::random_tokens(324, shape, 7);
    for (const char* cut : {"L0H1>L1H0:K", "L0*>L1H0:Q", "L0H0", "L0H1>*:V", "L0H1>logits"}) {
      INFO(cut);
      const Run run = engine::forward(model, tokens, Cuts::parse({cut}, model.config));
      check_sum(engine::expand_score(model, run, {shape.n_layers - 1, 0}, 6, 3), run, 20);
      check_sum(engine::expand_score(model, run, {1, 0}, 5, 1), run, 20);
    }
  }
}

TEST_CASE("a term is its paths' writes through W_QK: brute force for three layers") {
  const Shape shape{3, 2, 5, 12, 12, 30};  // no LayerNorm, no biases
  const Model model = engine::random_model<float>(325, shape);
  const Run run = engine::forward(model, engine::random_tokens(326, shape, 6));
  const HeadId head{2, 1};
  const int destination = 5, source = 3;
  const auto write = [&](const ScoreSide& side, int position) -> engine::Vector {
    if (side.kind == ScoreSide::Kind::position) return model.weights.W_pos.col(position);
    Matrix x = run.layers[0].residual;
    for (HeadId id : side.path)
      x = model.head(id).W_O * (model.head(id).W_V * x) * run.head(id).pattern.transpose();
    return x.col(position);
  };
  const Matrix W_QK = model.head(head).W_Q.transpose() * model.head(head).W_K;
  const ScoreExpansion expansion = engine::expand_score(model, run, head, destination, source);
  CHECK(expansion.terms.size() == 10 * 10);  // 9 paths and the position on each side
  for (const ScoreTerm& term : expansion.terms) {
    INFO(engine::name(term.query) << ", " << engine::name(term.key));
    const float expected =
        write(term.query, destination).dot(W_QK * write(term.key, source)) / std::sqrt(5.f);
    CHECK_THAT(double(term.score), WithinAbs(double(expected), 1e-4));
  }
  for (std::size_t i = 1; i < expansion.terms.size(); ++i)
    CHECK(std::abs(expansion.terms[i - 1].score) >= std::abs(expansion.terms[i].score));
}

TEST_CASE("a term's kind is which sides pass a head, unless one is a position or a bias") {
  const ScoreSide direct, head{ScoreSide::Kind::path, {{0, 1}}};
  const ScoreSide position{ScoreSide::Kind::position, {}}, bias{ScoreSide::Kind::bias, {}};
  const auto kind = [](const ScoreSide& query, const ScoreSide& key) {
    return ScoreTerm{query, key}.kind();
  };
  CHECK(kind(direct, direct) == ScoreKind::none);
  CHECK(kind(head, direct) == ScoreKind::Q);
  CHECK(kind(direct, head) == ScoreKind::K);
  CHECK(kind(head, head) == ScoreKind::QK);
  CHECK(kind(bias, head) == ScoreKind::bias);
  CHECK(kind(head, position) == ScoreKind::position);
  CHECK(kind(position, bias) == ScoreKind::position);
  CHECK(kind(bias, position) == ScoreKind::position);
}

TEST_CASE("an induction head's score is K-composition with the previous-token head alone") {
  engine::HandMade made(8, 8, 2);
  const Model model = made.looks_back(0, 1).matches(1, 8).model;
  const Run run = engine::forward(model, {1, 7, 2, 3, 5, 4, 1});
  const ScoreExpansion expansion = engine::expand_score(model, run, {1, 0}, 6, 1);
  CHECK_THAT(double(expansion.score), WithinAbs(double(engine::sharp), 1e-3));
  CHECK_THAT(double(find(expansion, "direct", "L0H0").score),
             WithinAbs(double(engine::sharp), 1e-3));
  CHECK(expansion.terms.front().kind() == ScoreKind::K);
  CHECK_THAT(double(expansion.terms[1].score), WithinAbs(0, 1e-3));
}

TEST_CASE("the sides are as many as the positions and biases that there are") {
  const auto terms = [](const Shape& shape) {
    const Model model = engine::random_model<float>(327, shape);
    const Run run = engine::forward(model, engine::random_tokens(328, shape, 4));
    return engine::expand_score(model, run, {1, 0}, 3, 1).terms.size();
  };
  Shape shape;
  CHECK(terms(shape) == 5 * 5);  // 1 + 3 paths, the position
  shape.biases = true;
  CHECK(terms(shape) == 6 * 6);
  shape.positions = engine::Positions::standard;
  CHECK(terms(shape) == 5 * 5);
  engine::Config deep;
  deep.n_layers = 7;
  deep.n_heads = 10;
  CHECK(engine::score_term_count(deep, {0, 0}) == 9);
  CHECK(engine::score_term_count(deep, {2, 3}) == 123 * 123);
}

TEST_CASE("places outside of the text, and sources after the destination, are named") {
  const Shape shape;
  const Model model = engine::random_model<float>(329, shape);
  const Run run = engine::forward(model, engine::random_tokens(330, shape, 4));
  CHECK_THROWS_WITH(engine::expand_score(model, run, {1, 0}, 4, 0),
                    Contains("destination 4, expected 0 to 3"));
  CHECK_THROWS_WITH(engine::expand_score(model, run, {1, 0}, 2, 3),
                    Contains("source 3, expected 0 to 2"));
  CHECK_THROWS_WITH(engine::expand_score(model, run, {1, 0}, 2, -1), Contains("source -1"));
  CHECK_THROWS_WITH(engine::expand_score(model, engine::forward(model, {}), {1, 0}, 0, 0),
                    Contains("empty"));
}
