// The models in models/, as they ship. What they must show in the paper's terms is measured by
// models/check; here is what concerns their files.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/held_out.h"
#include "engine/model_file.h"
#include "engine/random.h"
#include "engine/tokenizer.h"
#include "files.h"

using engine::LoadedModel;
using engine::Matrix;
using engine::Model;

namespace {

struct Set {
  const char* folder;
  const char* text;  // held out, of its language
};
const Set sets[] = {{"", "models/data/en.txt"}, {"zh/", "models/data/zh.txt"}};
const char* const by_layers[] = {"zero-layer", "one-layer", "two-layer"};

LoadedModel shipped(const std::string& name) {
  const std::string folder = "models/" + name + "/";
  const std::string config = read_file(folder + "config.json");
  const std::string weights = read_file(folder + "model.safetensors");
  const std::string tokenizer = read_file(folder + "tokenizer.json");
  return engine::load_model({config, weights, tokenizer, {}});
}

// A number that rounds to `half`, an F16: within half of its last place.
float before_rounding(float half, engine::Random& random) {
  const double place = std::ldexp(1.0, std::max(-24, std::ilogb(half != 0 ? half : 0x1p-24f) - 10));
  return half + float((random.uniform() - 0.5) * place);
}

void undo_rounding(Model& model, engine::Random& random) {
  const auto each = [&](Matrix& matrix) {
    for (float& weight : matrix.reshaped()) weight = before_rounding(weight, random);
  };
  each(model.weights.W_E);
  each(model.weights.W_pos);
  each(model.weights.W_U);
  for (engine::LayerWeightsOf<float>& layer : model.weights.layers)
    for (engine::HeadWeights& head : layer.heads)
      for (Matrix* matrix : {&head.W_Q, &head.W_K, &head.W_V, &head.W_O}) each(*matrix);
}

// Weights that training may have ended with predict a held-out text as the shipped ones do, which
// are those rounded to F16.
void check_rounding(const std::string& name, const std::string& text) {
  LoadedModel loaded = shipped(name);
  const std::vector<int> tokens = loaded.tokenizer.encode(read_file(text));
  const int windows = 6;
  const double rounded = engine::held_out_loss(loaded.model, tokens, windows).loss;
  engine::Random random(7);
  undo_rounding(loaded.model, random);
  CHECK(std::abs(engine::held_out_loss(loaded.model, tokens, windows).loss - rounded) < 0.005);
}

void check_files(const std::string& name, int layers) {
  const LoadedModel loaded = shipped(name);
  const engine::Config& config = loaded.model.config;
  CHECK(config.n_layers == layers);
  CHECK(config.normalization == engine::Normalization::none);
  CHECK(config.positions == engine::Positions::shortformer);
  CHECK(loaded.tokenizer.size() == config.d_vocab);
  CHECK(loaded.notices.empty());
  CHECK(loaded.ignored.empty());
  CHECK(read_file("models/" + name + "/model.safetensors").size() <= 5'500'000);
}

}  // namespace

TEST_CASE("the shipped models are of their layers, load without a notice and fit their budget") {
  for (const Set& set : sets)
    for (int layers = 0; layers < 3; ++layers) {
      const std::string name = std::string(set.folder) + by_layers[layers];
      INFO(name);
      check_files(name, layers);
    }
}

TEST_CASE("rounding to F16 moved no shipped model's held-out loss", "[measured]") {
  for (const Set& set : sets)
    for (const char* layers : by_layers) {
      const std::string name = set.folder + std::string(layers);
      INFO(name);
      check_rounding(name, set.text);
    }
}
