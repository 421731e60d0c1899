#include "engine/backward.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/error.h"

namespace engine {

namespace {

// Destinations are handled in blocks: sources after a block's last destination are never touched,
// which saves half of the work and keeps a block in the cache.
const int block_size = 64;

template <class Scalar>
void resize_zero(MatrixOf<Scalar>& m, Eigen::Index rows, Eigen::Index columns) {
  m.setZero(rows, columns);
}

}  // namespace

template <class Scalar>
std::vector<MatrixOf<Scalar>*> ParametersOf<Scalar>::matrices() {
  std::vector<MatrixOf<Scalar>*> all = {&W_E, &W_pos};
  for (Layer& layer : layers)
    all.insert(all.end(), {&layer.W_Q, &layer.W_K, &layer.W_V, &layer.W_O});
  all.push_back(&W_U);
  return all;
}

template <class Scalar>
std::vector<const MatrixOf<Scalar>*> ParametersOf<Scalar>::matrices() const {
  const auto all = const_cast<ParametersOf*>(this)->matrices();
  return {all.begin(), all.end()};
}

template <class Scalar>
ParametersOf<Scalar> stack(const ModelOf<Scalar>& model) {
  const Config& config = model.config;
  if (config.normalization != Normalization::none)
    fail("training is for models without LayerNorm, this one has normalization_type LN or LNPre");
  const int d_head = config.d_head;
  ParametersOf<Scalar> parameters;
  parameters.W_E = model.weights.W_E;
  parameters.W_pos = model.weights.W_pos;
  parameters.W_U = model.weights.W_U;
  if (model.weights.b_U.size()) fail("training is for models without biases, this one has b_U");
  for (const LayerWeightsOf<Scalar>& layer : model.weights.layers) {
    typename ParametersOf<Scalar>::Layer stacked;
    const int rows = config.n_heads * d_head;
    for (MatrixOf<Scalar>* W : {&stacked.W_Q, &stacked.W_K, &stacked.W_V})
      W->resize(rows, config.d_model);
    stacked.W_O.resize(config.d_model, rows);
    for (int h = 0; h < config.n_heads; ++h) {
      const HeadWeightsOf<Scalar>& head = layer.heads[std::size_t(h)];
      if (layer.b_O.size() || head.b_Q.size() || head.b_K.size() || head.b_V.size())
        fail("training is for models without biases, this one has some in its heads");
      stacked.W_Q.middleRows(h * d_head, d_head) = head.W_Q;
      stacked.W_K.middleRows(h * d_head, d_head) = head.W_K;
      stacked.W_V.middleRows(h * d_head, d_head) = head.W_V;
      stacked.W_O.middleCols(h * d_head, d_head) = head.W_O;
    }
    parameters.layers.push_back(std::move(stacked));
  }
  return parameters;
}

template <class Scalar>
ModelOf<Scalar> unstack(const ParametersOf<Scalar>& parameters, const Config& config) {
  ModelOf<Scalar> model;
  model.config = config;
  model.weights.W_E = parameters.W_E;
  model.weights.W_pos = parameters.W_pos;
  model.weights.W_U = parameters.W_U;
  const int d_head = config.d_head;
  for (const auto& stacked : parameters.layers) {
    LayerWeightsOf<Scalar> layer;
    for (int h = 0; h < config.n_heads; ++h) {
      HeadWeightsOf<Scalar> head;
      head.W_Q = stacked.W_Q.middleRows(h * d_head, d_head);
      head.W_K = stacked.W_K.middleRows(h * d_head, d_head);
      head.W_V = stacked.W_V.middleRows(h * d_head, d_head);
      head.W_O = stacked.W_O.middleCols(h * d_head, d_head);
      layer.heads.push_back(std::move(head));
    }
    model.weights.layers.push_back(std::move(layer));
  }
  return model;
}

template <class Scalar>
ParametersOf<Scalar> zeros_like(const ParametersOf<Scalar>& parameters) {
  ParametersOf<Scalar> zeros = parameters;
  for (MatrixOf<Scalar>* matrix : zeros.matrices()) matrix->setZero();
  return zeros;
}

template <class Scalar>
BackwardOf<Scalar>::BackwardOf(const Config& config)
    : config_(config), layers_(std::size_t(config.n_layers)) {
  for (LayerActivations& layer : layers_) layer.patterns.resize(std::size_t(config.n_heads));
}

template <class Scalar>
void BackwardOf<Scalar>::set_cut(std::vector<HeadId> heads) {
  cut_ = std::move(heads);
}

template <class Scalar>
bool BackwardOf<Scalar>::is_cut(int layer, int head) const {
  return std::find(cut_.begin(), cut_.end(), HeadId{layer, head}) != cut_.end();
}

// Scores, pattern and z of one head, a block of destinations at a time.
template <class Scalar>
void BackwardOf<Scalar>::forward_head(LayerActivations& layer, int head, int n) {
  const int d_head = config_.d_head, top = head * d_head;
  MatrixOf<Scalar>& pattern = layer.patterns[std::size_t(head)];
  if (pattern.rows() != n) resize_zero(pattern, n, n);
  for (int first = 0; first < n; first += block_size) {
    const int width = std::min(block_size, n - first), seen = first + width;
    block_.noalias() =
        layer.k.block(top, 0, d_head, seen).transpose() * layer.q.block(top, first, d_head, width);
    block_ /= Scalar(config_.attn_scale);
    for (int j = 0; j < width; ++j) {
      auto column = block_.col(j).head(first + j + 1);
      column = (column.array() - column.maxCoeff()).exp();
      column /= column.sum();
      block_.col(j).tail(seen - first - j - 1).setZero();
    }
    pattern.block(0, first, seen, width) = block_;
    layer.z.block(top, first, d_head, width).noalias() =
        layer.v.block(top, 0, d_head, seen) * block_;
  }
}

// The loss's sum; leaves the activations, and in logits_ the probabilities of counted positions.
template <class Scalar>
double BackwardOf<Scalar>::forward(const ParametersOf<Scalar>& parameters,
                                   const Sequence& sequence) {
  const int n = int(sequence.tokens.size()) - 1;
  assert(n >= 1 && n <= config_.n_ctx && sequence.first >= 0 && sequence.first < n);
  const bool standard = config_.positions == Positions::standard;
  x_.resize(config_.d_model, n);
  for (int i = 0; i < n; ++i) {
    assert(sequence.tokens[std::size_t(i)] >= 0);
    assert(sequence.tokens[std::size_t(i)] < config_.d_vocab);
    x_.col(i) = parameters.W_E.col(sequence.tokens[std::size_t(i)]);
  }
  if (standard) x_ += parameters.W_pos.leftCols(n);
  for (int l = 0; l < config_.n_layers; ++l) {
    const auto& weights = parameters.layers[std::size_t(l)];
    LayerActivations& layer = layers_[std::size_t(l)];
    layer.x = x_;
    layer.x_qk = x_;
    if (!standard) layer.x_qk += parameters.W_pos.leftCols(n);
    layer.q.noalias() = weights.W_Q * layer.x_qk;
    layer.k.noalias() = weights.W_K * layer.x_qk;
    layer.v.noalias() = weights.W_V * layer.x;
    layer.z.setZero(layer.v.rows(), n);
    for (int h = 0; h < config_.n_heads; ++h)
      if (!is_cut(l, h)) forward_head(layer, h, n);
    x_.noalias() += weights.W_O * layer.z;
  }
  const int counted = n - sequence.first;
  logits_.noalias() = parameters.W_U * x_.rightCols(counted);
  double loss = 0;
  for (int i = 0; i < counted; ++i) {
    auto column = logits_.col(i);
    const int target = sequence.tokens[std::size_t(sequence.first + i + 1)];
    const Scalar largest = column.maxCoeff(), of_target = column[target];
    column = (column.array() - largest).exp();
    const Scalar total = column.sum();
    loss += std::log(double(total)) - double(of_target - largest);
    column /= total;
  }
  return loss;
}

template <class Scalar>
void BackwardOf<Scalar>::backward_head(LayerActivations& layer, int head, int n) {
  const int d_head = config_.d_head, top = head * d_head;
  const MatrixOf<Scalar>& pattern = layer.patterns[std::size_t(head)];
  for (int first = 0; first < n; first += block_size) {
    const int width = std::min(block_size, n - first), seen = first + width;
    const auto A = pattern.block(0, first, seen, width);
    const auto dz = dz_.block(top, first, d_head, width);
    dv_.block(top, 0, d_head, seen).noalias() += dz * A.transpose();
    block_.noalias() = layer.v.block(top, 0, d_head, seen).transpose() * dz;
    for (int j = 0; j < width; ++j) {  // through the softmax
      auto column = block_.col(j);
      const Scalar mean = column.dot(A.col(j));
      column = A.col(j).array() * (column.array() - mean) / Scalar(config_.attn_scale);
    }
    dq_.block(top, first, d_head, width).noalias() = layer.k.block(top, 0, d_head, seen) * block_;
    dk_.block(top, 0, d_head, seen).noalias() +=
        layer.q.block(top, first, d_head, width) * block_.transpose();
  }
}

template <class Scalar>
void BackwardOf<Scalar>::backward_layer(const typename ParametersOf<Scalar>::Layer& weights,
                                        int index, ParametersOf<Scalar>& gradient) {
  LayerActivations& layer = layers_[std::size_t(index)];
  auto& to = gradient.layers[std::size_t(index)];
  const Eigen::Index n = dx_.cols();
  to.W_O.noalias() += dx_ * layer.z.transpose();
  dz_.noalias() = weights.W_O.transpose() * dx_;
  for (MatrixOf<Scalar>* d : {&dq_, &dk_, &dv_}) d->setZero(dz_.rows(), n);
  for (int h = 0; h < config_.n_heads; ++h)
    if (!is_cut(index, h)) backward_head(layer, h, int(n));
  to.W_Q.noalias() += dq_ * layer.x_qk.transpose();
  to.W_K.noalias() += dk_ * layer.x_qk.transpose();
  to.W_V.noalias() += dv_ * layer.x.transpose();
  MatrixOf<Scalar>& d_qk = layer.x_qk;  // no longer needed: holds its own gradient
  d_qk.noalias() = weights.W_Q.transpose() * dq_;
  d_qk.noalias() += weights.W_K.transpose() * dk_;
  if (config_.positions == Positions::shortformer) gradient.W_pos.leftCols(n) += d_qk;
  dx_ += d_qk;
  dx_.noalias() += weights.W_V.transpose() * dv_;
}

template <class Scalar>
double BackwardOf<Scalar>::add_gradient(const ParametersOf<Scalar>& parameters,
                                        const Sequence& sequence, Scalar weight,
                                        ParametersOf<Scalar>& gradient) {
  const double loss = forward(parameters, sequence);
  const int n = int(x_.cols()), counted = int(logits_.cols());
  for (int i = 0; i < counted; ++i)
    logits_(sequence.tokens[std::size_t(sequence.first + i + 1)], i) -= 1;
  logits_ *= weight;
  gradient.W_U.noalias() += logits_ * x_.rightCols(counted).transpose();
  dx_.setZero(config_.d_model, n);
  dx_.rightCols(counted).noalias() = parameters.W_U.transpose() * logits_;
  for (int l = config_.n_layers - 1; l >= 0; --l)
    backward_layer(parameters.layers[std::size_t(l)], l, gradient);
  if (config_.positions == Positions::standard) gradient.W_pos.leftCols(n) += dx_;
  for (int i = 0; i < n; ++i) gradient.W_E.col(sequence.tokens[std::size_t(i)]) += dx_.col(i);
  return loss;
}

template <class Scalar>
double BackwardOf<Scalar>::loss(const ParametersOf<Scalar>& parameters, const Sequence& sequence) {
  return forward(parameters, sequence);
}

#define INSTANTIATE(Scalar)                                                     \
  template struct ParametersOf<Scalar>;                                         \
  template class BackwardOf<Scalar>;                                            \
  template ParametersOf<Scalar> stack(const ModelOf<Scalar>&);                  \
  template ModelOf<Scalar> unstack(const ParametersOf<Scalar>&, const Config&); \
  template ParametersOf<Scalar> zeros_like(const ParametersOf<Scalar>&);
INSTANTIATE(float)
INSTANTIATE(double)
#undef INSTANTIATE

}  // namespace engine
