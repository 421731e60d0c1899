#include "engine/circuits.h"

#include <algorithm>
#include <cassert>

#include "engine/decompositions.h"
#include "engine/layer_norm.h"
#include "engine/predictions.h"

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

EmbeddingProducts::EmbeddingProducts(const Model& model) : model_(model) {
  const int d_model = model.config.d_model;
  embedding_unembedding_ = embedding_embedding_ = Matrix::Zero(d_model, d_model);
}

double EmbeddingProducts::progress() const {
  return double(next_) / double(model_.config.d_vocab);
}

void EmbeddingProducts::step() {
  assert(!done());
  const double products = 1.5e8;  // of numbers, in a step: some 128 tokens of d_model 768
  const Config& config = model_.config;
  const double fit = products / (2.0 * config.d_model * config.d_model);
  const int tokens = std::min(config.d_vocab - next_, std::max(1, int(fit)));
  const auto embedding = model_.weights.W_E.middleCols(next_, tokens);
  embedding_unembedding_.noalias() += embedding * model_.weights.W_U.middleRows(next_, tokens);
  // Symmetric: the lower half is half of the work.
  embedding_embedding_.selfadjointView<Eigen::Lower>().rankUpdate(embedding);
  next_ += tokens;
  if (!done()) return;
  embedding_unembedding_ =
      folded(config, model_.weights.ln_final, std::move(embedding_unembedding_));
  embedding_embedding_.triangularView<Eigen::StrictlyUpper>() = embedding_embedding_.transpose();
}

CircuitEigenvalues::CircuitEigenvalues(const Model& model, EmbeddingProducts products)
    : model_(model), products_(std::move(products)) {
  while (!products_.done()) products_.step();
}

Eigenvalues CircuitEigenvalues::of(HeadId id) const {
  const HeadWeights head = folded_head(model_, id);
  Eigenvalues values;
  values.ov = eigenvalues(Matrix(head.W_V * products_.embedding_unembedding() * head.W_O));
  values.qk =
      eigenvalues(Matrix(head.W_K * products_.embedding_embedding() * head.W_Q.transpose()));
  return values;
}

ThroughEigenvalues::ThroughEigenvalues(const Model& model, HeadId earlier, HeadId later)
    : model_(model) {
  const HeadWeights writer = folded_head(model, earlier), reader = folded_head(model, later);
  queries_ = reader.W_Q;
  keys_ = (reader.W_K * writer.W_O) * writer.W_V;
  product_ = Matrix::Zero(model.config.d_head, model.config.d_head);
}

void ThroughEigenvalues::step() {
  assert(!done());
  const Config& config = model_.config;
  const int fit = rows_a_step(2.0 * config.d_head * (config.d_model + config.d_head));
  const int tokens = std::min(config.d_vocab - next_, fit);
  const auto embedding = model_.weights.W_E.middleCols(next_, tokens);
  const Matrix queries = queries_ * embedding, keys = keys_ * embedding;
  product_.noalias() += keys * queries.transpose();
  next_ += tokens;
}

std::vector<Complex> ThroughEigenvalues::result() const {
  assert(done());
  return eigenvalues(product_);
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
