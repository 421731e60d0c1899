// backward: the gradient of a next-token loss in every weight, by hand, for attention-only models
// without LayerNorm and biases, with both kinds of position. One sequence a call, no thread, file
// or clock inside: the caller chooses batches and may give every thread a gradient of its own.
#pragma once

#include <vector>

#include "engine/model.h"

namespace engine {

// The weights as training wants them: a layer's heads stacked, so that its products are few and
// large. A gradient has the same shape.
template <class Scalar>
struct ParametersOf {
  struct Layer {
    MatrixOf<Scalar> W_Q, W_K, W_V;  // n_heads * d_head x d_model, head after head
    MatrixOf<Scalar> W_O;            // d_model x n_heads * d_head
  };
  MatrixOf<Scalar> W_E;    // d_model x d_vocab
  MatrixOf<Scalar> W_pos;  // d_model x n_ctx
  std::vector<Layer> layers;
  MatrixOf<Scalar> W_U;  // d_vocab x d_model

  // Every matrix, always in the same order.
  std::vector<MatrixOf<Scalar>*> matrices();
  std::vector<const MatrixOf<Scalar>*> matrices() const;
};

using Parameters = ParametersOf<float>;

// The model's weights, stacked. Throws Error for a model with LayerNorm or biases.
template <class Scalar>
ParametersOf<Scalar> stack(const ModelOf<Scalar>& model);

// The model that the parameters are of.
template <class Scalar>
ModelOf<Scalar> unstack(const ParametersOf<Scalar>& parameters, const Config& config);

// Zeros of the same shapes.
template <class Scalar>
ParametersOf<Scalar> zeros_like(const ParametersOf<Scalar>& parameters);

// n + 1 tokens: the prediction at position i is of token i + 1. Predictions before `first` are not
// counted: synthetic sequences ask only for what can be known.
struct Sequence {
  std::vector<int> tokens;
  int first = 0;
  int predictions() const { return int(tokens.size()) - 1 - first; }
};

// Room for the activations of one sequence, kept between calls so that a step allocates nothing.
template <class Scalar>
class BackwardOf {
 public:
  explicit BackwardOf(const Config& config);
  // A head that is cut writes nothing, and learns nothing.
  void set_cut(std::vector<HeadId> heads);

  // Adds to `gradient` the gradient of weight * (sum of the counted losses, in nats) and returns
  // that sum, not weighted. 2 to n_ctx + 1 tokens, ids in the vocabulary.
  double add_gradient(const ParametersOf<Scalar>& parameters, const Sequence& sequence,
                      Scalar weight, ParametersOf<Scalar>& gradient);
  // The sum of the counted losses alone.
  double loss(const ParametersOf<Scalar>& parameters, const Sequence& sequence);

 private:
  struct LayerActivations {
    MatrixOf<Scalar> x, x_qk;                // d_model x n: what V reads; what Q and K read
    MatrixOf<Scalar> q, k, v, z;             // n_heads * d_head x n
    std::vector<MatrixOf<Scalar>> patterns;  // a head: n x n (source, destination), 0 above
  };
  double forward(const ParametersOf<Scalar>& parameters, const Sequence& sequence);
  void forward_head(LayerActivations& layer, int head, int n);
  void backward_head(LayerActivations& layer, int head, int n);
  void backward_layer(const typename ParametersOf<Scalar>::Layer& weights, int index,
                      ParametersOf<Scalar>& gradient);
  bool is_cut(int layer, int head) const;

  Config config_;
  std::vector<HeadId> cut_;
  std::vector<LayerActivations> layers_;
  MatrixOf<Scalar> x_;                  // d_model x n: the final residual stream
  MatrixOf<Scalar> logits_;             // d_vocab x counted; then its gradient
  MatrixOf<Scalar> dx_;                 // d_model x n
  MatrixOf<Scalar> dq_, dk_, dv_, dz_;  // n_heads * d_head x n
  MatrixOf<Scalar> block_;              // sources x destinations of one block
};

using Backward = BackwardOf<float>;

}  // namespace engine
