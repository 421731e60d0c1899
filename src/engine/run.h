// A run of the model on a text: every activation, kept.
// Paper: "High-Level Architecture". The residual stream starts as W_E (and W_pos, where positions
// are standard); each layer adds the sum of its heads' results (and b_O); logits = W_U r.
#pragma once

#include <vector>

#include "engine/cuts.h"
#include "engine/model.h"

namespace engine {

template <class Scalar>
struct HeadRunOf {
  MatrixOf<Scalar> q, k, v;   // d_head x n, biases included
  MatrixOf<Scalar> scores;    // n x n (destination, source); -infinity where source > destination
  MatrixOf<Scalar> pattern;   // n x n (destination, source); rows sum to 1
  MatrixOf<Scalar> z;         // d_head x n: v mixed by the pattern
  MatrixOf<Scalar> result;    // d_model x n: W_O z, what the head writes
  VectorOf<Scalar> scale[3];  // n each: 1/sigma of the LayerNorm of its Q, K, V input; ones without
};

template <class Scalar>
struct LayerRunOf {
  MatrixOf<Scalar> residual;  // d_model x n: the residual stream before the layer
  std::vector<HeadRunOf<Scalar>> heads;
};

template <class Scalar>
struct RunOf {
  std::vector<int> tokens;
  Cuts cuts;
  bool frozen = false;  // patterns and LayerNorm scales are those of the run without cuts
  std::vector<LayerRunOf<Scalar>> layers;
  MatrixOf<Scalar> residual;     // d_model x n: after the last layer, nothing taken out
  VectorOf<Scalar> final_scale;  // n: 1/sigma of the last LayerNorm; ones without
  MatrixOf<Scalar> logits;       // d_vocab x n; 0 x 0 in a run without them

  int n() const { return int(tokens.size()); }
  // d_model x n: the stream that enters the first layer (without layers, the last LayerNorm).
  const MatrixOf<Scalar>& embedding() const {
    return layers.empty() ? residual : layers[0].residual;
  }
  MatrixOf<Scalar>& embedding() { return layers.empty() ? residual : layers[0].residual; }
  const HeadRunOf<Scalar>& head(HeadId id) const {
    return layers[std::size_t(id.layer)].heads[std::size_t(id.head)];
  }
};

using Run = RunOf<float>;

}  // namespace engine
