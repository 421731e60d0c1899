// AdamW as PyTorch does it: weight decay apart from the gradient, both moments corrected for their
// start at zero. Loshchilov and Hutter 2019, algorithm 2.
#pragma once

#include "engine/backward.h"

namespace train {

struct AdamWOptions {
  double beta1 = 0.9, beta2 = 0.95, eps = 1e-8, weight_decay = 0.01;
};

template <class Scalar>
struct AdamWOf {
  explicit AdamWOf(const engine::ParametersOf<Scalar>& parameters)
      : first(engine::zeros_like(parameters)), second(engine::zeros_like(parameters)) {}

  // One step, number 1, 2, ...; the gradient is of the mean loss.
  void step(engine::ParametersOf<Scalar>& parameters, const engine::ParametersOf<Scalar>& gradient,
            int number, double learning_rate, const AdamWOptions& options);

  engine::ParametersOf<Scalar> first, second;  // moments
};

// Scales the gradient so that its norm over all matrices is at most `clip` (0: no limit), as
// PyTorch does; returns the norm before.
template <class Scalar>
double clip_norm(engine::ParametersOf<Scalar>& gradient, double clip);

}  // namespace train
