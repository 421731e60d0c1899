// Matrix aliases and the one convention for matrices, the paper's: vectors are columns.
// A residual stream is d_model x n_positions, one column per position, and a weight matrix
// multiplies from the left:
//   W_OV = W_O W_V,  W_QK = W_Q^T W_K,  score(dst, src) = r_dst^T W_QK r_src / attn_scale,
//   logits = W_U r.
// Patterns and scores are indexed (destination, source). Eigen stores columns one after the other,
// so that a tensor of a safetensors file (rows one after the other) is the transposed matrix here,
// byte for byte.
#pragma once

#include "engine/eigen.h"

namespace engine {

template <class Scalar>
using MatrixOf = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <class Scalar>
using VectorOf = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

// float32 in everything that ships; double in tests only.
using Matrix = MatrixOf<float>;
using Vector = VectorOf<float>;

}  // namespace engine
