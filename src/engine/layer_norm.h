// A LayerNorm and its linear part. Only 1/sigma is not linear: a run keeps it (run.h).
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

// 1/sigma of each column: 1 / sqrt(mean of squares after centring + eps). Ones without LayerNorm.
// n.
template <class Scalar>
VectorOf<Scalar> inverse_sigma(const Config& config, const MatrixOf<Scalar>& x) {
  if (config.normalization == Normalization::none) return VectorOf<Scalar>::Ones(x.cols());
  const VectorOf<Scalar> mean = x.colwise().mean().transpose();
  const VectorOf<Scalar> squares =
      (x.rowwise() - mean.transpose()).colwise().squaredNorm().transpose() / Scalar(x.rows());
  return (squares.array() + Scalar(config.eps)).rsqrt();
}

// A LayerNorm with its 1/sigma given: w * (x - mean) * scale + b, column by column. d_model x n.
template <class Scalar>
MatrixOf<Scalar> normalize(const Config& config, const NormWeightsOf<Scalar>& norm,
                           const MatrixOf<Scalar>& x, const VectorOf<Scalar>& scale) {
  if (config.normalization == Normalization::none) return x;
  MatrixOf<Scalar> y = norm_linear(config, norm, x) * scale.asDiagonal();
  if (norm.b.size()) y.colwise() += norm.b;
  return y;
}

}  // namespace engine
