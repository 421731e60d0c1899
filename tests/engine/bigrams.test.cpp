#include "engine/bigrams.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::BigramCounts;
using engine::Matrix;
using engine::Model;
using engine::Shape;
using engine::Vector;

namespace {

const char* const small =
    R"({"tokenizer_sha256":"ab","least_count":2,"tokens":[7,3,9],"totals":[100,40,10],
        "next":[[3,50,9,25],[7,10],[]]})";

std::string message_of(std::string_view json) {
  try {
    BigramCounts::from_json(json);
    return "";
  } catch (const engine::Error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("counted log-probabilities are counts over totals, and none where a pair is not listed") {
  const BigramCounts counts = BigramCounts::from_json(small);
  CHECK(counts.tokenizer_sha256() == "ab");
  CHECK(counts.tokens() == std::vector<int>{7, 3, 9});
  CHECK_THAT(counts.log_probability(7, 3).value(), WithinAbs(std::log(0.5), 1e-6));
  CHECK_THAT(counts.log_probability(7, 9).value(), WithinAbs(std::log(0.25), 1e-6));
  CHECK_THAT(counts.log_probability(3, 7).value(), WithinAbs(std::log(0.25), 1e-6));
  for (const auto& [token, next] :
       {std::pair(7, 7), {7, 4}, {3, 3}, {9, 7}, {5, 7}, {-1, 3}, {1000, 3}})
    CHECK_FALSE(counts.log_probability(token, next));
}

TEST_CASE("counts that contradict themselves are refused by name") {
  CHECK(message_of(small).empty());
  CHECK_THAT(message_of("[]"), Contains("tokens"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5]})"), Contains("next"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5,6],"next":[[]]})"), Contains("totals"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5],"next":[]})"), Contains("next"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5],"next":{}})"), Contains("next"));
  CHECK_THAT(message_of(R"({"tokens":[-1],"totals":[5],"next":[[]]})"), Contains("tokens"));
  CHECK_THAT(message_of(R"({"tokens":[4e9],"totals":[5],"next":[[]]})"), Contains("tokens"));
  CHECK_THAT(message_of(R"({"tokens":[99999999999],"totals":[5],"next":[[]]})"),
             Contains("tokens"));
  CHECK_THAT(message_of(R"({"tokens":[1,1],"totals":[5,5],"next":[[],[]]})"), Contains("twice"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5],"next":[[3]]})"), Contains("pairs"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5],"next":[[3,6]]})"), Contains("6"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5],"next":[[3,0]]})"), Contains("0"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5],"next":[[3,1,3,1]]})"), Contains("rising"));
  CHECK_THAT(message_of(R"({"tokens":[1],"totals":[5],"next":[[]],"tokenizer_sha256":3})"),
             Contains("tokenizer_sha256"));
  CHECK_THAT(message_of("{"), Contains("bigram counts"));
}

TEST_CASE("counts of another tokenizer, or with ids that the model lacks, do not fit it") {
  engine::LoadedModel loaded;
  loaded.model.config.d_vocab = 10;
  loaded.tokenizer_sha256 = "ab";
  const BigramCounts counts = BigramCounts::from_json(small);
  CHECK(engine::fits(counts, loaded));
  engine::require_fit(counts, loaded);
  loaded.model.config.d_vocab = 9;
  CHECK_THROWS_WITH(engine::require_fit(counts, loaded), Contains("token 9"));
  loaded.model.config.d_vocab = 10;
  for (const char* other : {"cd", ""}) {
    loaded.tokenizer_sha256 = other;
    CHECK_FALSE(engine::fits(counts, loaded));
    CHECK_THROWS_WITH(engine::require_fit(counts, loaded), Contains("tokenizer.json"));
  }
  const BigramCounts anyone =
      BigramCounts::from_json(R"({"tokens":[1],"totals":[5],"next":[[2,5]]})");
  engine::require_fit(anyone, loaded);
}

TEST_CASE("without layers, positions and biases direct logits are those of a run") {
  Shape shape;
  shape.n_layers = 0;
  const Model model = engine::random_model<float>(70, shape);
  const std::vector<int> tokens = {4, 4, 29, 0};
  const Matrix direct = engine::direct_logits(model, tokens);
  CHECK((direct - engine::forward(model, tokens).logits).norm() < 1e-5f * direct.norm());
}

TEST_CASE("direct logits have LayerNorm's linear part, and neither positions nor biases") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    const Model model = engine::random_model<float>(71, shape);
    const Matrix direct = engine::direct_logits(model, {5});
    Vector x = model.weights.W_E.col(5);
    if (shape.normalization != engine::Normalization::none) x.array() -= x.mean();
    if (shape.normalization == engine::Normalization::LN)
      x.array() *= model.weights.ln_final.w.array();
    for (int token = 0; token < shape.d_vocab; ++token)
      CHECK_THAT(direct(token, 0), WithinAbs(model.weights.W_U.row(token).dot(x), 1e-4));
  }
}

TEST_CASE("a correlation is 1 for a line, and that of its definition for scattered pairs") {
  engine::Correlation line, scattered, flat, one;
  engine::Random random(3);
  std::vector<double> x, y;
  for (int i = 0; i < 50; ++i) {
    x.push_back(1000 + random.normal());
    y.push_back(x.back() * 0.3 + random.normal());
    line.add(x.back(), 5 - 2 * x.back());
    flat.add(x.back(), 0.1);
    scattered.add(x.back(), y.back());
  }
  double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
  for (int i = 0; i < 50; ++i) mean_x += x[i] / 50, mean_y += y[i] / 50;
  for (int i = 0; i < 50; ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  CHECK_THAT(line.value(), WithinAbs(-1, 1e-9));
  CHECK_THAT(scattered.value(), WithinAbs(xy / std::sqrt(xx * yy), 1e-9));
  CHECK(scattered.pairs() == 50);
  one.add(1, 2);
  CHECK(std::isnan(flat.value()));
  CHECK(std::isnan(one.value()));
  CHECK(std::isnan(engine::Correlation().value()));
}

TEST_CASE("a model whose log-probabilities are the counts correlates with them wholly") {
  // 40 tokens, so that there is more than one step; W_U one-hot: column a of W_E holds log p(.|a).
  const int d_vocab = 40;
  Shape shape{0, 1, 2, d_vocab, 4, d_vocab};
  Model model = engine::random_model<float>(72, shape);
  model.weights.W_U = Matrix::Identity(d_vocab, d_vocab);
  engine::Random random(4);
  std::string tokens, totals, next;
  for (int a = 0; a < d_vocab; ++a) {
    std::string row;
    int total = 0;
    for (int b = 0; b < d_vocab; ++b) {
      const int count = 1 + random.below(1000);
      row += (b ? "," : "") + std::to_string(b) + "," + std::to_string(count);
      model.weights.W_E(b, a) = std::log(float(count));
      total += count;
    }
    const std::string comma = a ? "," : "";
    tokens += comma + std::to_string(a);
    totals += comma + std::to_string(total);
    next += comma + "[" + row + "]";
  }
  const BigramCounts counts = BigramCounts::from_json(
      R"({"tokens":[)" + tokens + R"(],"totals":[)" + totals + R"(],"next":[)" + next + "]}");
  engine::BigramCorrelation whole(model, counts);
  int steps = 0;
  double progress = 0;
  for (; !whole.done(); ++steps) {
    CHECK(whole.progress() >= progress);
    progress = whole.progress();
    whole.step();
  }
  CHECK(steps == 2);
  CHECK(whole.progress() == 1);
  CHECK(whole.result().pairs() == d_vocab * d_vocab);
  std::int64_t on_the_diagonal = 0;
  for (int cell = 0; cell < engine::PairDensity::cells; ++cell)
    on_the_diagonal += whole.density().at(cell, cell);
  CHECK(on_the_diagonal > d_vocab * d_vocab - 10);  // a last bit may lie beyond a cell's edge
  CHECK_THAT(whole.result().value(), WithinAbs(1, 1e-6));
  const Vector log_p = engine::log_probabilities(Vector(engine::direct_logits(model, {9}).col(0)));
  CHECK_THAT(engine::token_correlation(counts, 9, log_p).value(), WithinAbs(1, 1e-6));
  model.weights.W_E.col(9) *= -1;
  const Vector reversed =
      engine::log_probabilities(Vector(engine::direct_logits(model, {9}).col(0)));
  CHECK_THAT(engine::token_correlation(counts, 9, reversed).value(), WithinAbs(-1, 1e-6));
}
