#include "engine/path_write.h"

#include "engine/error.h"
#include "engine/layer_norm.h"
#include "engine/path_flow.h"

namespace engine {

Matrix bias_flow(const Model& model, const Run& run, const Path& path) {
  const int first_layer = path.empty() ? model.config.n_layers : path.front().layer;
  Matrix x = output_bias(model, first_layer).replicate(1, run.n());
  if (path.empty()) return x;
  if (run.cuts.logits(path.back())) return Matrix::Zero(x.rows(), x.cols());
  x = path_flow_from(model, run, {path.front()}, x);
  x.colwise() += Vector(model.head(path.front()).W_O * value_bias(model, path.front()));
  return path_flow_from(model, run, path, x, 1);
}

Vector path_write(const Model& model, const Run& run, int position, const Path& path, bool bias) {
  check_position(run, position);
  if (!bias && run.cuts.path(path)) return Vector::Zero(model.config.d_model);
  return (bias ? bias_flow(model, run, path) : path_flow(model, run, path)).col(position);
}

Vector term_logits(const Model& model, const Run& run, int position, const Path& path, bool bias) {
  const Vector logits = unembed(model, run, position, path_write(model, run, position, path, bias));
  return bias && path.empty() ? logits + logit_bias(model) : logits;
}

Vector unembed(const Model& model, const Run& run, int position, const Vector& write) {
  return model.weights.W_U * (norm_linear<float>(model.config, model.weights.ln_final, write) *
                              run.final_scale[position]);
}

Vector logit_bias(const Model& model) {
  const Weights& weights = model.weights;
  Vector bias = Vector::Zero(weights.W_U.rows());
  if (weights.ln_final.b.size()) bias += weights.W_U * weights.ln_final.b;
  if (weights.b_U.size()) bias += weights.b_U;
  return bias;
}

Vector output_bias(const Model& model, int layers) {
  Vector bias = Vector::Zero(model.config.d_model);
  for (int l = 0; l < layers; ++l) {
    const Vector& b_O = model.weights.layers[std::size_t(l)].b_O;
    if (b_O.size()) bias += b_O;
  }
  return bias;
}

Vector value_bias(const Model& model, HeadId id) {
  const HeadWeights& head = model.head(id);
  const Vector& ln1_b = model.weights.layers[std::size_t(id.layer)].ln1.b;
  Vector bias = Vector::Zero(model.config.d_head);
  if (head.b_V.size()) bias += head.b_V;
  if (ln1_b.size()) bias += head.W_V * ln1_b;
  return bias;
}

void check_position(const Run& run, int position) {
  if (run.tokens.empty()) fail("the text is empty: there is no position to expand");
  if (position < 0 || position >= run.n())
    fail("position ", position, ", expected 0 to ", run.n() - 1);
}

}  // namespace engine
