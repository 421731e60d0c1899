#include "report/activations.h"

#include <cassert>

#include "engine/layer_norm.h"

namespace report {

namespace {

using engine::Config;
using engine::HeadRunOf;
using engine::Matrix;
using engine::Model;
using engine::Run;
using engine::Vector;

// rows x n -> [1, n, rows]: Eigen keeps columns together, so the bytes are the same.
Activation by_position(const std::string& name, const Matrix& x) {
  return {name, {1, x.cols(), x.rows()}, std::vector<float>(x.data(), x.data() + x.size())};
}

// One rows x n matrix a head -> [1, n, head, rows].
Activation by_position_and_head(const std::string& name, const std::vector<HeadRunOf<float>>& heads,
                                Matrix HeadRunOf<float>::*part) {
  const Eigen::Index n = (heads[0].*part).cols(), rows = (heads[0].*part).rows();
  Activation activation{name, {1, n, std::int64_t(heads.size()), rows}, {}};
  for (Eigen::Index position = 0; position < n; ++position)
    for (const HeadRunOf<float>& head : heads) {
      const float* column = (head.*part).data() + position * rows;
      activation.values.insert(activation.values.end(), column, column + rows);
    }
  return activation;
}

// One n x n matrix a head -> [1, head, destination, source].
Activation by_head(const std::string& name, const std::vector<HeadRunOf<float>>& heads,
                   Matrix HeadRunOf<float>::*part) {
  const Eigen::Index n = (heads[0].*part).rows();
  Activation activation{name, {1, std::int64_t(heads.size()), n, n}, {}};
  for (const HeadRunOf<float>& head : heads) {
    const Matrix rows = (head.*part).transpose();
    activation.values.insert(activation.values.end(), rows.data(), rows.data() + rows.size());
  }
  return activation;
}

// A LayerNorm at work on x (d_model x n), its 1/sigma given.
void add_norm(std::vector<Activation>& all, const std::string& name, const Config& config,
              const engine::NormWeightsOf<float>& norm, const Matrix& x, const Vector& scale) {
  if (config.normalization == engine::Normalization::none) return;
  all.push_back(by_position(name + ".hook_scale", scale.cwiseInverse().transpose()));
  Matrix y = engine::norm_linear(config, norm, x) * scale.asDiagonal();
  if (norm.b.size()) y.colwise() += norm.b;
  all.push_back(by_position(name + ".hook_normalized", y));
}

void add_layer(std::vector<Activation>& all, const Model& model, const Run& run, int index) {
  const engine::LayerRunOf<float>& layer = run.layers[std::size_t(index)];
  const bool last = index + 1 == model.config.n_layers;
  const Matrix& after = last ? run.residual : run.layers[std::size_t(index) + 1].residual;
  const std::string block = "blocks." + std::to_string(index) + ".", attn = block + "attn.";
  const std::vector<HeadRunOf<float>>& heads = layer.heads;
  all.push_back(by_position(block + "hook_resid_pre", layer.residual));
  add_norm(all, block + "ln1", model.config, model.weights.layers[std::size_t(index)].ln1,
           layer.residual, heads[0].scale[int(engine::Input::V)]);
  all.push_back(by_position_and_head(attn + "hook_q", heads, &HeadRunOf<float>::q));
  all.push_back(by_position_and_head(attn + "hook_k", heads, &HeadRunOf<float>::k));
  all.push_back(by_position_and_head(attn + "hook_v", heads, &HeadRunOf<float>::v));
  all.push_back(by_head(attn + "hook_attn_scores", heads, &HeadRunOf<float>::scores));
  all.push_back(by_head(attn + "hook_pattern", heads, &HeadRunOf<float>::pattern));
  all.push_back(by_position_and_head(attn + "hook_z", heads, &HeadRunOf<float>::z));
  all.push_back(by_position_and_head(attn + "hook_result", heads, &HeadRunOf<float>::result));
  Matrix attn_out = Matrix::Zero(after.rows(), after.cols());
  for (const HeadRunOf<float>& head : heads) attn_out += head.result;
  const Vector& b_O = model.weights.layers[std::size_t(index)].b_O;
  if (b_O.size()) attn_out.colwise() += b_O;
  all.push_back(by_position(block + "hook_attn_out", attn_out));
  all.push_back(by_position(block + "hook_resid_post", after));
}

}  // namespace

std::vector<Activation> activations(const Model& model, const Run& run) {
  assert(run.cuts.empty());
  std::vector<Activation> all;
  Matrix embed(model.config.d_model, run.n());
  for (int i = 0; i < run.n(); ++i)
    embed.col(i) = model.weights.W_E.col(run.tokens[std::size_t(i)]);
  all.push_back(by_position("hook_embed", embed));
  all.push_back(by_position("hook_pos_embed", model.weights.W_pos.leftCols(run.n())));
  for (int l = 0; l < model.config.n_layers; ++l) add_layer(all, model, run, l);
  add_norm(all, "ln_final", model.config, model.weights.ln_final, run.residual, run.final_scale);
  all.push_back(by_position("logits", run.logits));
  return all;
}

}  // namespace report
