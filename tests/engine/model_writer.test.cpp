#include "engine/model_writer.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/model_file.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Matrix;
using engine::Model;
using engine::Shape;

namespace {

Model written_and_read(const Model& model) {
  const std::string config = engine::write_config(model.config);
  const std::string weights = engine::write_weights_f16(model);
  return engine::load_model({config, weights, {}, {}}).model;
}

// F16 has 11 bits: a rounding of at most 2^-11 of the number, or half the smallest subnormal.
void check_rounded(const Matrix& read, const Matrix& model) {
  REQUIRE(read.rows() == model.rows());
  REQUIRE(read.cols() == model.cols());
  for (Eigen::Index i = 0; i < model.size(); ++i)
    CHECK_THAT(read.data()[i],
               WithinAbs(model.data()[i], std::abs(double(model.data()[i])) / 2048 + 0x1p-25));
}

}  // namespace

TEST_CASE("a model that is written is read again, each weight rounded to F16") {
  for (const Shape& shape : engine::odd_shapes()) {
    if (shape.biases || shape.normalization != engine::Normalization::none) continue;
    const Model model = engine::random_model<float>(81, shape);
    const Model read = written_and_read(model);
    INFO(engine::describe(shape));
    CHECK(read.config.n_ctx == shape.n_ctx);
    CHECK(read.config.positions == shape.positions);
    check_rounded(read.weights.W_E, model.weights.W_E);
    check_rounded(read.weights.W_pos, model.weights.W_pos);
    check_rounded(read.weights.W_U, model.weights.W_U);
    for (engine::HeadId id : engine::all_heads(model.config)) {
      check_rounded(read.head(id).W_Q, model.head(id).W_Q);
      check_rounded(read.head(id).W_K, model.head(id).W_K);
      check_rounded(read.head(id).W_V, model.head(id).W_V);
      check_rounded(read.head(id).W_O, model.head(id).W_O);
    }
    CHECK(engine::write_weights_f16(read) == engine::write_weights_f16(model));
  }
}

TEST_CASE("symbols and an attn_scale of one's own come back from the config") {
  Shape shape;
  shape.d_vocab = 3;
  Model model = engine::random_model<float>(82, shape);
  model.config.symbols = {"a", "\u4e2d", "\U0001f600"};
  model.config.attn_scale = 1.5;
  const engine::Config config = written_and_read(model).config;
  CHECK(config.symbols == model.config.symbols);
  CHECK(config.attn_scale == 1.5);
}

TEST_CASE("a weight that F16 cannot hold, LayerNorm and biases are refused by name") {
  Model model = engine::random_model<float>(83, {});
  model.weights.layers[1].heads[2].W_K(0, 0) = 70000;
  CHECK_THROWS_WITH(engine::write_weights_f16(model),
                    Contains("blocks.1.attn.W_K") && Contains("70000"));
  Shape biased;
  biased.biases = true;
  CHECK_THROWS_WITH(engine::write_weights_f16(engine::random_model<float>(84, biased)),
                    Contains("biases"));
}

TEST_CASE("a centred W_U has no mean, and the model's probabilities are the same") {
  const Shape shape;
  Model model = engine::random_model<float>(85, shape);
  model.weights.W_U.array() += 0.3f;
  const std::vector<int> tokens = engine::random_tokens(86, shape, 7);
  const Matrix before = engine::forward(model, tokens).logits;
  engine::centre_W_U(model);
  const Matrix after = engine::forward(model, tokens).logits;
  CHECK(model.weights.W_U.colwise().mean().cwiseAbs().maxCoeff() < 1e-6f);
  const Matrix expected = before.rowwise() - before.colwise().mean();
  CHECK((after - expected).cwiseAbs().maxCoeff() < 2e-5f);
}

TEST_CASE("a model in one file is read again bit for bit, whatever else is in the file") {
  for (const Shape& shape : engine::odd_shapes()) {
    if (shape.biases || shape.normalization != engine::Normalization::none) continue;
    const Model model = engine::random_model<float>(85, shape);
    const std::vector<float> more = {1, 2, 3};
    const std::string file = engine::write_model(
        model, {engine::float_tensor("training.more", {3}, more.data())}, {{"note", "kept"}});
    INFO(engine::describe(shape));
    const engine::LoadedModel loaded = engine::load_model({{}, file, {}, {}});
    CHECK(loaded.ignored == std::vector<std::string>{"training.more"});
    CHECK(engine::write_model(loaded.model) == engine::write_model(model));
    CHECK(loaded.model.weights.W_E == model.weights.W_E);
    CHECK(loaded.model.weights.W_U == model.weights.W_U);
    for (const engine::HeadId head : engine::all_heads(model.config))
      CHECK(loaded.model.head(head).W_K == model.head(head).W_K);
    const engine::Safetensors again = engine::read_safetensors(file);
    CHECK(again.metadata.at("note") == "kept");
    CHECK(again.find("training.more")->shape == std::vector<std::int64_t>{3});
  }
}
