// The linear part of a LayerNorm. Only 1/sigma is not linear: a run keeps it (run.h).
#pragma once

#include "engine/model.h"

namespace engine {

// w * (x - mean), column by column, which stays in the paths; x itself without LayerNorm.
// d_model x n.
template <class Scalar>
MatrixOf<Scalar> norm_linear(const Config& config, const NormWeightsOf<Scalar>& norm,
                             const MatrixOf<Scalar>& x) {
  if (config.normalization == Normalization::none) return x;
  MatrixOf<Scalar> y = x.rowwise() - x.colwise().mean();
  if (norm.w.size()) y = norm.w.asDiagonal() * y;
  return y;
}

}  // namespace engine
