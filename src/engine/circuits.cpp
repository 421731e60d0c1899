#include "engine/circuits.h"

#include "engine/layer_norm.h"

namespace engine {

namespace {

// W (w * (x - mean)) as one matrix times x: columns scaled by w, then each row less its mean.
Matrix folded(const Config& config, const NormWeightsOf<float>& norm, Matrix W) {
  if (!has_norm(config)) return W;
  if (norm.w.size()) W = W * norm.w.asDiagonal();
  W.colwise() -= Vector(W.rowwise().mean());
  return W;
}

}  // namespace

bool has_norm(const Config& config) {
  return config.normalization != Normalization::none;
}

HeadWeights folded_head(const Model& model, HeadId id) {
  const NormWeightsOf<float>& ln1 = model.weights.layers[std::size_t(id.layer)].ln1;
  HeadWeights head = model.head(id);
  for (Matrix* W : {&head.W_Q, &head.W_K, &head.W_V}) *W = folded(model.config, ln1, *W);
  return head;
}

Matrix folded_unembedding(const Model& model) {
  return folded(model.config, model.weights.ln_final, model.weights.W_U);
}

FactoredMatrix W_OV(const HeadWeights& head) {
  return {head.W_O, head.W_V};
}

FactoredMatrix W_QK(const HeadWeights& head) {
  return {head.W_Q.transpose(), head.W_K};
}

FactoredMatrix ov_circuit(const Model& model, HeadId id) {
  const HeadWeights head = folded_head(model, id);
  // LayerNorm goes to the few columns of W_O: a folded copy of W_U would be large.
  const Matrix read = norm_linear(model.config, model.weights.ln_final, head.W_O);
  return {model.weights.W_U * read, head.W_V * model.weights.W_E};
}

FactoredMatrix qk_circuit(const Model& model, HeadId id) {
  const HeadWeights head = folded_head(model, id);
  return {(head.W_Q * model.weights.W_E).transpose(), head.W_K * model.weights.W_E};
}

FactoredMatrix qk_circuit_through(const Model& model, HeadId earlier, HeadId later) {
  const HeadWeights writer = folded_head(model, earlier), reader = folded_head(model, later);
  const Matrix& W_E = model.weights.W_E;
  const Matrix keys = (reader.W_K * writer.W_O) * (writer.W_V * W_E);  // d_head x d_vocab
  return {(reader.W_Q * W_E).transpose(), keys};
}

CircuitEigenvalues::CircuitEigenvalues(const Model& model) : model_(model) {
  const Matrix& W_E = model.weights.W_E;
  embedding_unembedding_ = W_E * model.weights.W_U;
  embedding_unembedding_ =
      folded(model.config, model.weights.ln_final, std::move(embedding_unembedding_));
  embedding_embedding_ = W_E * W_E.transpose();
}

Eigenvalues CircuitEigenvalues::of(HeadId id) const {
  const HeadWeights head = folded_head(model_, id);
  Eigenvalues values;
  values.ov = eigenvalues(Matrix(head.W_V * embedding_unembedding_ * head.W_O));
  values.qk = eigenvalues(Matrix(head.W_K * embedding_embedding_ * head.W_Q.transpose()));
  return values;
}

double copying_score(const std::vector<Complex>& ov_eigenvalues) {
  double sum = 0, size = 0;
  for (const Complex& value : ov_eigenvalues) {
    sum += value.real();
    size += std::abs(value);
  }
  return sum / size;
}

}  // namespace engine
