// bigram_gradient: the gradient of a model without layers over several sequences at once. Its
// logits after a token are W_U W_E's column wherever the token stands (paper: "Zero-Layer
// Transformers"), so each distinct token is computed once, however often it occurs.
#pragma once

#include <vector>

#include "engine/backward.h"

namespace engine {

// The sum over the sequences of what BackwardOf::add_gradient adds and returns: weight times the
// gradient of the counted losses (nats) is added to `gradient`, their sum is returned, not
// weighted. No layers, and positions that do not enter the residual stream (shortformer).
template <class Scalar>
double add_bigram_gradient(const ParametersOf<Scalar>& parameters,
                           const std::vector<const Sequence*>& sequences, Scalar weight,
                           ParametersOf<Scalar>& gradient);

}  // namespace engine
