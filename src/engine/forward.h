// forward: tokens -> Run, every activation of an attention-only transformer.
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
  MatrixOf<Scalar> logits;       // d_vocab x n

  int n() const { return int(tokens.size()); }
  const HeadRunOf<Scalar>& head(HeadId id) const {
    return layers[std::size_t(id.layer)].heads[std::size_t(id.head)];
  }
};

using Run = RunOf<float>;

// Runs the model. At most n_ctx tokens, each in 0 .. d_vocab-1, and logits that are finite (else
// Error). `frozen`, where given,
// is a run of the same tokens whose patterns and LayerNorm scales are used in place of new ones.
template <class Scalar>
RunOf<Scalar> forward(const ModelOf<Scalar>& model, const std::vector<int>& tokens,
                      const Cuts& cuts = {}, const RunOf<Scalar>* frozen = nullptr);

// The same from a residual stream of one's own, d_model x n (`tokens` names its columns): for tests
// of what is linear in it.
template <class Scalar>
RunOf<Scalar> forward_from(const ModelOf<Scalar>& model, const MatrixOf<Scalar>& embedding,
                           const std::vector<int>& tokens, const Cuts& cuts = {},
                           const RunOf<Scalar>* frozen = nullptr);

// d_model x n: W_E of the tokens, with W_pos where positions are standard.
template <class Scalar>
MatrixOf<Scalar> embed(const ModelOf<Scalar>& model, const std::vector<int>& tokens);

// Makes `run` the run of `tokens` under its own cuts, computing only the positions from the first
// changed token on. A frozen run needs the new `frozen`. Equal to a fresh forward(). Throws Error
// as forward() does; `run` is then of no use.
template <class Scalar>
void update(const ModelOf<Scalar>& model, RunOf<Scalar>& run, const std::vector<int>& tokens,
            const RunOf<Scalar>* frozen = nullptr);

// The linear part of a LayerNorm, which stays in the paths: w * (x - mean), column by column.
// x itself without LayerNorm. d_model x n.
template <class Scalar>
MatrixOf<Scalar> norm_linear(const Config& config, const NormWeightsOf<Scalar>& norm,
                             const MatrixOf<Scalar>& x);

// What reaches the logits' input along one path of heads (none: the embedding itself), with the
// run's patterns, scales and cuts of edges: W_OV^hk ... W_OV^h1 x_0 (A^hk ... A^h1)^T. d_model x n.
template <class Scalar>
MatrixOf<Scalar> path_flow(const ModelOf<Scalar>& model, const RunOf<Scalar>& run,
                           const std::vector<HeadId>& path);

// The same for a stream x of one's own, d_model x n, through the heads of the path from number
// `first` on; nothing is kept from the logits.
template <class Scalar>
MatrixOf<Scalar> path_flow_from(const ModelOf<Scalar>& model, const RunOf<Scalar>& run,
                                const std::vector<HeadId>& path, MatrixOf<Scalar> x,
                                std::size_t first = 0);

// log softmax of a column of logits; the largest logit is taken out first. d_vocab.
template <class Scalar>
VectorOf<Scalar> log_probabilities(const VectorOf<Scalar>& logits);

}  // namespace engine
