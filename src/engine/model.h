// Config, Weights, Model: an attention-only transformer as values. Names are TransformerLens's.
// Paper: "High-Level Architecture", "Attention Heads are Independent and Additive".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor.h"

namespace engine {

enum class Normalization { none, LN, LNPre };
enum class Positions { shortformer, standard };

struct Config {
  int n_layers = 0;
  int d_model = 0;
  int n_heads = 0;
  int d_head = 0;
  int n_ctx = 0;
  int d_vocab = 0;
  Normalization normalization = Normalization::none;
  Positions positions = Positions::shortformer;
  double eps = 1e-5;      // of the LayerNorms
  double attn_scale = 1;  // scores are divided by it: sqrt(d_head) unless the file says otherwise
  bool prepend_bos = false;
  std::vector<std::string> symbols;  // d_vocab graphemes, where the model reads symbols; else empty
};

// A head's address, printed L1H4; both numbers count from 0.
struct HeadId {
  int layer = 0;
  int head = 0;
};
inline bool operator==(HeadId a, HeadId b) {
  return a.layer == b.layer && a.head == b.head;
}
inline bool operator!=(HeadId a, HeadId b) {
  return !(a == b);
}
inline bool operator<(HeadId a, HeadId b) {
  return a.layer != b.layer ? a.layer < b.layer : a.head < b.head;
}

std::string name(HeadId head);  // "L1H4"

// "L1H4" -> HeadId. Throws Error when it is no head of this config.
HeadId parse_head(std::string_view text, const Config& config);

// The heads passed on a way through the model, earliest first. None: the direct path; two or more:
// a virtual head.
using Path = std::vector<HeadId>;
std::string name(const Path& path);  // "direct", "L0H3", "L0H3-L1H5"
// Such a name -> Path. Throws Error where it names no heads of this config, layers rising.
Path parse_path(std::string_view text, const Config& config);

// All heads, layer by layer.
std::vector<HeadId> all_heads(const Config& config);

// A LayerNorm's weights; both empty for LNPre and for models without LayerNorm.
template <class Scalar>
struct NormWeightsOf {
  VectorOf<Scalar> w;  // d_model
  VectorOf<Scalar> b;  // d_model
};

// Biases are empty where the file has none.
template <class Scalar>
struct HeadWeightsOf {
  MatrixOf<Scalar> W_Q, W_K, W_V;  // d_head x d_model
  MatrixOf<Scalar> W_O;            // d_model x d_head
  VectorOf<Scalar> b_Q, b_K, b_V;  // d_head
};

template <class Scalar>
struct LayerWeightsOf {
  std::vector<HeadWeightsOf<Scalar>> heads;  // n_heads
  VectorOf<Scalar> b_O;                      // d_model
  NormWeightsOf<Scalar> ln1;
};

template <class Scalar>
struct WeightsOf {
  MatrixOf<Scalar> W_E;    // d_model x d_vocab
  MatrixOf<Scalar> W_pos;  // d_model x n_ctx
  std::vector<LayerWeightsOf<Scalar>> layers;
  NormWeightsOf<Scalar> ln_final;
  MatrixOf<Scalar> W_U;  // d_vocab x d_model
  VectorOf<Scalar> b_U;  // d_vocab
};

template <class Scalar>
struct ModelOf {
  Config config;
  WeightsOf<Scalar> weights;

  const HeadWeightsOf<Scalar>& head(HeadId id) const {
    return weights.layers[std::size_t(id.layer)].heads[std::size_t(id.head)];
  }
};

using HeadWeights = HeadWeightsOf<float>;
using Weights = WeightsOf<float>;
using Model = ModelOf<float>;

}  // namespace engine
