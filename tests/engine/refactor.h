// The same model with its heads factored another way: W_Q, W_K only ever act as W_Q^T W_K, and
// W_O, W_V as W_O W_V. Nothing that is measured may change.
#pragma once

#include <Eigen/LU>

#include "engine/random_model.h"

namespace engine {

// For models without biases of Q, K, V.
inline Model refactored(std::uint64_t seed, Model model) {
  Random random(seed);
  for (auto& layer : model.weights.layers)
    for (HeadWeights& head : layer.heads) {
      const int d_head = model.config.d_head;
      Matrix S[2];
      for (Matrix& s : S) {
        s = 2 * Matrix::Identity(d_head, d_head);
        for (float& entry : s.reshaped()) entry += 0.5f * float(random.normal());
      }
      head.W_Q = S[0] * head.W_Q;
      head.W_K = Matrix(S[0].inverse()).transpose() * head.W_K;
      head.W_V = S[1] * head.W_V;
      head.W_O = head.W_O * Matrix(S[1].inverse());
    }
  return model;
}

}  // namespace engine
