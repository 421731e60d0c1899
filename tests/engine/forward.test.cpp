#include "engine/forward.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/error.h"
#include "engine/naive.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Cuts;
using engine::HeadId;
using engine::MatrixOf;
using engine::ModelOf;
using engine::RunOf;

namespace {

template <class Scalar>
double difference(const MatrixOf<Scalar>& a, const MatrixOf<Scalar>& b) {
  REQUIRE(a.rows() == b.rows());
  REQUIRE(a.cols() == b.cols());
  return a.size() ? double((a - b).cwiseAbs().maxCoeff()) : 0;
}

// Scores are -infinity in the future, and infinity minus infinity is no number.
template <class Scalar>
MatrixOf<Scalar> finite(const MatrixOf<Scalar>& scores) {
  return scores.unaryExpr([](Scalar x) { return std::isfinite(x) ? x : Scalar(-1e3); });
}

template <class Scalar>
void check_same(const RunOf<Scalar>& a, const RunOf<Scalar>& b, double tolerance) {
  CHECK(difference(a.logits, b.logits) <= tolerance);
  CHECK(difference(a.residual, b.residual) <= tolerance);
  for (std::size_t l = 0; l < a.layers.size(); ++l) {
    CHECK(difference(a.layers[l].residual, b.layers[l].residual) <= tolerance);
    for (std::size_t h = 0; h < a.layers[l].heads.size(); ++h) {
      const auto& x = a.layers[l].heads[h];
      const auto& y = b.layers[l].heads[h];
      CHECK(difference(x.pattern, y.pattern) <= tolerance);
      CHECK(difference(finite(x.scores), finite(y.scores)) <= tolerance);
      CHECK(difference(x.result, y.result) <= tolerance);
      CHECK(difference(x.q, y.q) <= tolerance);
      CHECK(difference(x.k, y.k) <= tolerance);
      CHECK(difference(x.v, y.v) <= tolerance);
      for (int i = 0; i < 3; ++i)
        CHECK(difference(MatrixOf<Scalar>(x.scale[i]), MatrixOf<Scalar>(y.scale[i])) <= tolerance);
    }
  }
}

// Cuts that this model's heads allow.
std::vector<std::vector<std::string>> some_cuts(const engine::Config& config) {
  std::vector<std::vector<std::string>> cuts = {{}};
  if (config.n_layers >= 1) cuts.insert(cuts.end(), {{"L0H0"}, {"L0H0>logits"}});
  if (config.n_layers >= 2)
    cuts.insert(cuts.end(), {{"L0H0>L1H0:K"}, {"L0*>*:Q"}, {"L0H0>L1H0:V", "L0H0>L1H0:Q"}});
  if (config.n_layers >= 3) cuts.push_back({"L1*>L2H0:V", "L0H0"});
  return cuts;
}

}  // namespace

TEST_CASE("a run's logits are those of a forward pass written position by position") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const auto model = engine::random_model<double>(11, shape);
    const std::vector<int> tokens = engine::random_tokens(12, shape, 9);
    for (const auto& cut : some_cuts(model.config)) {
      const Cuts cuts = Cuts::parse(cut, model.config);
      const auto run = engine::forward(model, tokens, cuts);
      const naive::Stream expected = naive::logits(model, tokens, cuts);
      INFO(engine::describe(shape) << ", cuts: " << cut.size());
      for (int i = 0; i < run.n(); ++i)
        CHECK((run.logits.col(i) - expected[i]).cwiseAbs().maxCoeff() <= 1e-9);
    }
  }
}

TEST_CASE("float and double give the same run but for rounding") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const std::vector<int> tokens = engine::random_tokens(13, shape, 9);
    const auto in_float = engine::forward(engine::random_model<float>(14, shape), tokens);
    const auto in_double = engine::forward(engine::random_model<double>(14, shape), tokens);
    INFO(engine::describe(shape));
    const double scale = in_double.logits.cwiseAbs().maxCoeff();
    CHECK(difference<double>(in_float.logits.cast<double>(), in_double.logits) <= 1e-5 * scale);
  }
}

TEST_CASE("rows of a pattern sum to 1 and see no future") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const auto model = engine::random_model<float>(15, shape);
    const auto run = engine::forward(model, engine::random_tokens(16, shape, 10));
    for (HeadId head : engine::all_heads(model.config)) {
      const auto& pattern = run.head(head).pattern;
      const auto& scores = run.head(head).scores;
      for (int dst = 0; dst < run.n(); ++dst) {
        CHECK_THAT(double(pattern.row(dst).sum()), WithinAbs(1, 1e-6));
        CHECK(pattern.row(dst).minCoeff() >= 0);
        for (int src = dst + 1; src < run.n(); ++src) {
          CHECK(pattern(dst, src) == 0);
          CHECK(scores(dst, src) == -INFINITY);
        }
      }
    }
  }
}

TEST_CASE("an incremental run equals a fresh one, whatever the edit") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const auto model = engine::random_model<double>(17, shape);
    for (const auto& cut : some_cuts(model.config)) {
      const Cuts cuts = Cuts::parse(cut, model.config);
      std::vector<int> tokens = engine::random_tokens(18, shape, 10);
      auto run = engine::forward(model, tokens, cuts);
      INFO(engine::describe(shape));
      for (int length : {11, 4, 9, 0, 7}) {
        const std::vector<int> other =
            engine::random_tokens(std::uint64_t(19 + length), shape, length);
        tokens.resize(other.size());  // a common front, then other tokens
        std::copy(other.begin() + length / 2, other.end(), tokens.begin() + length / 2);
        engine::update(model, run, tokens);
        check_same(run, engine::forward(model, tokens, cuts), 1e-11);
      }
      const auto same = run;
      engine::update(model, run, tokens);
      check_same(run, same, 0);
      run.logits.resize(0, 0);
      tokens.push_back(1);
      engine::update(model, run, tokens);  // a run without logits stays one
      check_same(run, engine::forward_stream(model, tokens, cuts), 1e-11);
    }
  }
}

TEST_CASE("an incremental frozen run equals a fresh one") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const auto model = engine::random_model<double>(20, shape);
    const Cuts cuts = Cuts::parse(some_cuts(model.config).back(), model.config);
    std::vector<int> tokens = engine::random_tokens(21, shape, 8);
    auto uncut = engine::forward(model, tokens);
    auto run = engine::forward(model, tokens, cuts, &uncut);
    tokens[5] = (tokens[5] + 1) % shape.d_vocab;
    tokens.push_back(3);
    engine::update(model, uncut, tokens);
    engine::update(model, run, tokens, &uncut);
    INFO(engine::describe(shape));
    check_same(run, engine::forward(model, tokens, cuts, &uncut), 1e-11);
  }
}

TEST_CASE("cutting nothing changes nothing, frozen or not") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const auto model = engine::random_model<double>(22, shape);
    const auto tokens = engine::random_tokens(23, shape, 9);
    const auto run = engine::forward(model, tokens);
    INFO(engine::describe(shape));
    check_same(run, engine::forward(model, tokens, Cuts::parse({}, model.config)), 0);
    check_same(run, engine::forward(model, tokens, {}, &run), 1e-12);
  }
}

TEST_CASE("logits of some positions alone are those of the whole run, cut and frozen too") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    const auto model = engine::random_model<double>(13, shape);
    const std::vector<int> tokens = engine::random_tokens(14, shape, 9);
    const bool two = shape.n_layers > 1;
    const Cuts cuts = Cuts::parse(two ? std::vector<std::string>{"L0H0>logits", "path:L0H1-L1H1"}
                                      : std::vector<std::string>{},
                                  model.config);
    const RunOf<double> before = engine::forward_stream(model, tokens);
    CHECK(before.logits.cols() == 0);
    for (const RunOf<double>* frozen : {static_cast<const RunOf<double>*>(nullptr), &before}) {
      const RunOf<double> whole = engine::forward(model, tokens, cuts, frozen);
      const RunOf<double> stream = engine::forward_stream(model, tokens, cuts, frozen);
      CHECK(difference(stream.residual, whole.residual) == 0);
      for (const int first : {0, 4})
        CHECK(difference<double>(engine::logits_of(model, stream, first, 5),
                                 whole.logits.middleCols(first, 5)) <= 1e-10);
      for (const RunOf<double>* run : {&stream, &whole})
        CHECK((engine::logits_at(model, *run, 4) - whole.logits.col(4)).cwiseAbs().maxCoeff() <=
              1e-10);
    }
  }
}

TEST_CASE("a head cut is a head whose W_O is zero") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers == 0) continue;
    const auto model = engine::random_model<double>(24, shape);
    const auto tokens = engine::random_tokens(25, shape, 9);
    auto without = model;
    without.weights.layers[0].heads[0].W_O.setZero();
    const auto cut = engine::forward(model, tokens, Cuts::parse({"L0H0"}, model.config));
    INFO(engine::describe(shape));
    CHECK(difference(cut.logits, engine::forward(without, tokens).logits) <= 1e-9);
  }
}

TEST_CASE("all edges out of a head, cut one by one, are the head's cut") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers < 2) continue;
    const auto model = engine::random_model<double>(26, shape);
    const auto tokens = engine::random_tokens(27, shape, 9);
    const Cuts edges =
        Cuts::parse({"L0H0>*:Q", "L0H0>*:K", "L0H0>*:V", "L0H0>logits"}, model.config);
    const Cuts head = Cuts::parse({"L0H0"}, model.config);
    check_same(engine::forward(model, tokens, edges), engine::forward(model, tokens, head), 1e-12);
  }
}

TEST_CASE("frozen patterns and LayerNorm scales make logits affine in the embeddings") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const auto model = engine::random_model<double>(28, shape);
    const auto tokens = engine::random_tokens(29, shape, 8);
    const auto base = engine::forward(model, tokens);
    for (const auto& cut : some_cuts(model.config)) {
      const Cuts cuts = Cuts::parse(cut, model.config);
      engine::Random random(30);
      const auto noise = [&] {
        MatrixOf<double> x(model.config.d_model, 8);
        for (double& entry : x.reshaped()) entry = random.normal();
        return x;
      };
      const auto logits = [&](const MatrixOf<double>& x) {
        return engine::forward_from(model, x, tokens, cuts, &base).logits;
      };
      const MatrixOf<double> x = noise(), y = noise();
      INFO(engine::describe(shape));
      const MatrixOf<double> zero = logits(MatrixOf<double>::Zero(x.rows(), x.cols()));
      CHECK(difference<double>(logits(2 * x - 3 * y) - zero,
                               2 * (logits(x) - zero) - 3 * (logits(y) - zero)) <= 1e-9);
      if (!shape.biases) CHECK(zero.cwiseAbs().maxCoeff() <= 1e-12);
    }
  }
}

TEST_CASE("a changed token changes nothing before it") {
  const engine::Shape shape = engine::odd_shapes().back();
  const auto model = engine::random_model<double>(31, shape);
  auto tokens = engine::random_tokens(32, shape, 9);
  const auto before = engine::forward(model, tokens);
  tokens[6] = (tokens[6] + 1) % shape.d_vocab;
  const auto after = engine::forward(model, tokens);
  CHECK(difference<double>(before.logits.leftCols(6), after.logits.leftCols(6)) <= 1e-12);
  CHECK(difference<double>(before.logits.col(6), after.logits.col(6)) > 1e-3);
}

TEST_CASE("texts that are too long and ids that are none are refused with both numbers") {
  const engine::Shape shape = engine::odd_shapes().front();
  const auto model = engine::random_model<float>(33, shape);
  const std::vector<int> long_text(std::size_t(shape.n_ctx + 1), 0);
  CHECK_THROWS_WITH(
      engine::forward(model, long_text),
      Contains(std::to_string(shape.n_ctx)) && Contains(std::to_string(shape.n_ctx + 1)));
  CHECK_THROWS_WITH(engine::forward(model, {0, shape.d_vocab}),
                    Contains(std::to_string(shape.d_vocab)) && Contains("position 1"));
  CHECK_THROWS_AS(engine::forward(model, {-1}), engine::Error);
}

TEST_CASE("log-probabilities of large logits are finite and sum to 1") {
  engine::Vector logits(3);
  logits << 900, 899, -1500;
  const engine::Vector log_prob = engine::log_probabilities(logits);
  // log(1 / (1 + e^-1)) and that minus 1, by hand.
  CHECK_THAT(double(log_prob[0]), WithinAbs(-0.313262, 1e-5));
  CHECK_THAT(double(log_prob[1]), WithinAbs(-1.313262, 1e-5));
  CHECK_THAT(double(log_prob[2]), WithinAbs(-2400.313, 1e-3));
}

TEST_CASE("numbers that are not finite are refused with their position") {
  const engine::Shape shape;
  engine::Model model = engine::random_model<float>(49, shape);
  model.weights.W_U.setConstant(3e38f);
  CHECK_THROWS_WITH(engine::forward(model, {1, 2, 7}),
                    Contains("the logits of position ") && Contains("not finite"));
  const engine::Run stream = engine::forward_stream(model, {1, 2, 7});
  CHECK_THROWS_WITH(engine::logits_at(model, stream, 2), Contains("the logits of position 2"));
  model.weights.W_E.col(7).setConstant(1e30f);
  CHECK_THROWS_WITH(engine::forward_stream(model, {1, 2, 7}),
                    Contains("the residual stream of position ") && Contains("not finite"));
}
