// What of the embedding, or of a stream, comes through one path of the expansion, with a run's
// patterns, LayerNorm scales and cuts. Paper: "Path Expansion Trick".
#pragma once

#include "engine/run.h"

namespace engine {

// What reaches the logits' input along one path (none: the embedding itself):
// W_OV^hk ... W_OV^h1 x_0 (A^hk ... A^h1)^T. d_model x n. The path's heads are the model's, layers
// rising (asserted), here as below.
template <class Scalar>
MatrixOf<Scalar> path_flow(const ModelOf<Scalar>& model, const RunOf<Scalar>& run,
                           const Path& path);

// The same for a stream x of one's own, d_model x n, through the heads of the path from number
// `first` on; nothing is kept from the logits.
template <class Scalar>
MatrixOf<Scalar> path_flow_from(const ModelOf<Scalar>& model, const RunOf<Scalar>& run,
                                const Path& path, MatrixOf<Scalar> x, std::size_t first = 0);

// x, d_model x any, through the path's heads from number `first` on as their W_OV alone has it:
// no patterns, no 1/sigma, no cuts.
Matrix carry(const Model& model, const Path& path, Matrix x, std::size_t first = 0);

}  // namespace engine
