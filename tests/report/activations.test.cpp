#include "report/activations.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "report/loaded.h"

using Catch::Matchers::WithinAbs;
using engine::Run;
using engine::Shape;
using report::Activation;

namespace {

std::map<std::string, Activation> by_name(const std::vector<Activation>& activations) {
  std::map<std::string, Activation> named;
  for (const Activation& activation : activations) {
    const std::int64_t size = std::accumulate(activation.shape.begin(), activation.shape.end(),
                                              std::int64_t(1), std::multiplies<std::int64_t>());
    CHECK(std::int64_t(activation.values.size()) == size);
    CHECK(named.emplace(activation.name, activation).second);
  }
  return named;
}

// The value at [0, a, b] or [0, a, b, c].
float at(const Activation& activation, std::vector<std::int64_t> index) {
  std::int64_t offset = 0;
  REQUIRE(index.size() + 1 == activation.shape.size());
  for (std::size_t i = 0; i < index.size(); ++i)
    offset = offset * activation.shape[i + 1] + index[i];
  return activation.values[std::size_t(offset)];
}

}  // namespace

TEST_CASE("Every activation stands where TransformerLens has it") {
  for (const Shape& shape : engine::odd_shapes()) {
    CAPTURE(describe(shape));
    const int n = 5;
    const engine::Model model = engine::random_model<float>(3, shape);
    const Run run = engine::forward(model, engine::random_tokens(4, shape, n));
    const auto named = by_name(report::activations(model, run));
    const bool has_norm = shape.normalization != engine::Normalization::none;
    CHECK(named.size() == std::size_t(3 + shape.n_layers * (has_norm ? 12 : 10) + 2 * has_norm));
    for (int l = 0; l < shape.n_layers; ++l) {
      const std::string block = "blocks." + std::to_string(l) + ".", attn = block + "attn.";
      for (int h = 0; h < shape.n_heads; ++h) {
        const engine::HeadRunOf<float>& head = run.head({l, h});
        CHECK(at(named.at(attn + "hook_q"), {2, h, 1}) == head.q(1, 2));
        CHECK(at(named.at(attn + "hook_k"), {4, h, 0}) == head.k(0, 4));
        CHECK(at(named.at(attn + "hook_v"), {3, h, 2}) == head.v(2, 3));
        CHECK(at(named.at(attn + "hook_z"), {1, h, 2}) == head.z(2, 1));
        CHECK(at(named.at(attn + "hook_result"), {4, h, 6}) == head.result(6, 4));
        CHECK(at(named.at(attn + "hook_pattern"), {h, 3, 1}) == head.pattern(3, 1));
        CHECK(at(named.at(attn + "hook_attn_scores"), {h, 3, 1}) == head.scores(3, 1));
        CHECK(at(named.at(attn + "hook_attn_scores"), {h, 1, 3}) == -INFINITY);
      }
      CHECK(at(named.at(block + "hook_resid_pre"), {2, 5}) ==
            run.layers[std::size_t(l)].residual(5, 2));
    }
    CHECK(at(named.at("logits"), {4, 9}) == run.logits(9, 4));
    CHECK(at(named.at("hook_pos_embed"), {3, 2}) == model.weights.W_pos(2, 3));
  }
}

TEST_CASE("Each layer's input and what its heads write make its output") {
  for (const Shape& shape : engine::odd_shapes()) {
    CAPTURE(describe(shape));
    const engine::Model model = engine::random_model<float>(3, shape);
    const Run run = engine::forward(model, engine::random_tokens(4, shape, 4));
    const auto named = by_name(report::activations(model, run));
    for (int l = 0; l < shape.n_layers; ++l) {
      const std::string block = "blocks." + std::to_string(l) + ".";
      for (int position = 0; position < 4; ++position)
        for (int d = 0; d < shape.d_model; ++d) {
          const float before = at(named.at(block + "hook_resid_pre"), {position, d});
          const float write = at(named.at(block + "hook_attn_out"), {position, d});
          const float after = at(named.at(block + "hook_resid_post"), {position, d});
          CHECK_THAT(double(before) + double(write), WithinAbs(double(after), 1e-4));
        }
    }
  }
}

TEST_CASE("A LayerNorm's scale is sigma, and its output has that scale and mean taken out") {
  Shape shape;
  shape.normalization = engine::Normalization::LNPre;
  const engine::Model model = engine::random_model<float>(3, shape);
  const Run run = engine::forward(model, engine::random_tokens(4, shape, 4));
  const auto named = by_name(report::activations(model, run));
  for (int position = 0; position < 4; ++position) {
    const engine::Vector x = run.residual.col(position);
    const engine::Vector centred = x.array() - x.mean();
    const float sigma = std::sqrt(centred.squaredNorm() / float(shape.d_model) + 1e-5f);
    CHECK_THAT(double(at(named.at("ln_final.hook_scale"), {position, 0})),
               WithinAbs(double(sigma), 1e-5));
    for (int d = 0; d < shape.d_model; ++d)
      CHECK_THAT(double(at(named.at("ln_final.hook_normalized"), {position, d})),
                 WithinAbs(double(centred[d] / sigma), 1e-5));
  }
}
