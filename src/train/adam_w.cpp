#include "train/adam_w.h"

#include <cmath>

namespace train {

template <class Scalar>
void AdamWOf<Scalar>::step(engine::ParametersOf<Scalar>& parameters,
                           const engine::ParametersOf<Scalar>& gradient, int number,
                           double learning_rate, const AdamWOptions& options) {
  const auto weights = parameters.matrices();
  const auto slopes = gradient.matrices();
  const auto firsts = first.matrices(), seconds = second.matrices();
  const Scalar beta1 = Scalar(options.beta1), beta2 = Scalar(options.beta2);
  const Scalar decay = Scalar(1 - learning_rate * options.weight_decay);
  const Scalar rate = Scalar(learning_rate / (1 - std::pow(options.beta1, number)));
  const Scalar root = Scalar(1 / std::sqrt(1 - std::pow(options.beta2, number)));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    auto m = firsts[i]->array();
    auto v = seconds[i]->array();
    const auto g = slopes[i]->array();
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g.square();
    auto w = weights[i]->array();
    w = decay * w - rate * m / (v.sqrt() * root + Scalar(options.eps));
  }
}

template <class Scalar>
double clip_norm(engine::ParametersOf<Scalar>& gradient, double clip) {
  double squares = 0;
  for (const engine::MatrixOf<Scalar>* matrix : gradient.matrices())
    squares += double(matrix->squaredNorm());
  const double norm = std::sqrt(squares);
  if (clip > 0 && norm > clip)
    for (engine::MatrixOf<Scalar>* matrix : gradient.matrices())
      *matrix *= Scalar(clip / (norm + 1e-6));
  return norm;
}

template struct AdamWOf<float>;
template struct AdamWOf<double>;
template double clip_norm(engine::ParametersOf<float>&, double);
template double clip_norm(engine::ParametersOf<double>&, double);

}  // namespace train
