// The gradient and AdamW held to PyTorch's: goldens by tests/oracle/training_goldens.py, in double.
#include <catch2/catch.hpp>

#include "engine/backward.h"
#include "engine/json.h"
#include "files.h"
#include "train/adam_w.h"

using Catch::Matchers::WithinAbs;
using Parameters = engine::ParametersOf<double>;

namespace {

const char* const names[] = {"0_shortformer", "1_standard", "2_shortformer"};

engine::Json golden(const std::string& name) {
  const std::string file = "tests/goldens/training/" + name + ".json";
  return engine::parse_json(read_file(file), file);
}

engine::Config config_of(const engine::Json& json) {
  engine::Config config;
  config.n_layers = json["n_layers"];
  config.n_heads = json["n_heads"];
  config.d_head = json["d_head"];
  config.d_model = json["d_model"];
  config.d_vocab = json["d_vocab"];
  config.n_ctx = json["n_ctx"];
  config.attn_scale = std::sqrt(double(config.d_head));
  config.positions = json["positions"] == "standard" ? engine::Positions::standard
                                                     : engine::Positions::shortformer;
  return config;
}

engine::MatrixOf<double> matrix_of(const engine::Json& rows) {
  engine::MatrixOf<double> matrix(Eigen::Index(rows.size()), Eigen::Index(rows[0].size()));
  for (Eigen::Index r = 0; r < matrix.rows(); ++r)
    for (Eigen::Index c = 0; c < matrix.cols(); ++c)
      matrix(r, c) = rows[std::size_t(r)][std::size_t(c)].get<double>();
  return matrix;
}

Parameters parameters_of(const engine::Json& json, int n_layers) {
  Parameters parameters;
  parameters.W_E = matrix_of(json["W_E"]);
  parameters.W_pos = matrix_of(json["W_pos"]);
  for (int l = 0; l < n_layers; ++l) {
    const std::string layer = std::to_string(l) + ".";
    parameters.layers.push_back({matrix_of(json[layer + "W_Q"]), matrix_of(json[layer + "W_K"]),
                                 matrix_of(json[layer + "W_V"]), matrix_of(json[layer + "W_O"])});
  }
  parameters.W_U = matrix_of(json["W_U"]);
  return parameters;
}

struct Gradient {
  double loss;
  Parameters values;
};

// Of the mean loss over the golden's batch.
Gradient gradient_of(const engine::Json& json, const engine::Config& config,
                     const Parameters& parameters) {
  int counted = 0;
  std::vector<engine::Sequence> batch;
  for (const engine::Json& sequence : json["batch"]) {
    batch.push_back({sequence[0].get<std::vector<int>>(), sequence[1].get<int>()});
    counted += batch.back().predictions();
  }
  engine::BackwardOf<double> backward(config);
  Gradient gradient{0, engine::zeros_like(parameters)};
  for (const engine::Sequence& sequence : batch)
    gradient.loss += backward.add_gradient(parameters, sequence, 1.0 / counted, gradient.values);
  gradient.loss /= counted;
  return gradient;
}

void check_equal(const Parameters& ours, const Parameters& theirs, double tolerance) {
  const auto left = ours.matrices(), right = theirs.matrices();
  REQUIRE(left.size() == right.size());
  for (std::size_t m = 0; m < left.size(); ++m) {
    REQUIRE(left[m]->rows() == right[m]->rows());
    REQUIRE(left[m]->cols() == right[m]->cols());
    CHECK_THAT((*left[m] - *right[m]).cwiseAbs().maxCoeff(), WithinAbs(0, tolerance));
  }
}

}  // namespace

TEST_CASE("the gradient is PyTorch's") {
  for (const char* name : names) {
    INFO(name);
    const engine::Json json = golden(name);
    const engine::Config config = config_of(json);
    const Parameters parameters = parameters_of(json["weights"], config.n_layers);
    const Gradient gradient = gradient_of(json, config, parameters);
    CHECK_THAT(gradient.loss, WithinAbs(json["losses"][0].get<double>(), 1e-12));
    check_equal(gradient.values, parameters_of(json["gradient"], config.n_layers), 1e-12);
  }
}

TEST_CASE("twenty steps of AdamW with a clipped gradient are PyTorch's") {
  for (const char* name : names) {
    INFO(name);
    const engine::Json json = golden(name);
    const engine::Config config = config_of(json);
    Parameters parameters = parameters_of(json["weights"], config.n_layers);
    const train::AdamWOptions options{json["betas"][0], json["betas"][1], json["eps"],
                                      json["weight_decay"]};
    train::AdamWOf<double> optimizer(parameters);
    for (int step = 0; step < int(json["losses"].size()); ++step) {
      INFO("step " << step);
      Gradient gradient = gradient_of(json, config, parameters);
      CHECK_THAT(gradient.loss, WithinAbs(json["losses"][std::size_t(step)].get<double>(), 1e-9));
      CHECK_THAT(train::clip_norm(gradient.values, json["clip"].get<double>()),
                 WithinAbs(json["norms"][std::size_t(step)].get<double>(), 1e-9));
      optimizer.step(parameters, gradient.values, step + 1, json["learning_rate"], options);
    }
    check_equal(parameters, parameters_of(json["weights_after"], config.n_layers), 1e-9);
  }
}
