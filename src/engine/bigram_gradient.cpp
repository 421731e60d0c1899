#include "engine/bigram_gradient.h"

#include <cassert>
#include <cmath>

namespace engine {

namespace {

// A counted prediction: after the distinct token of this column comes that one.
struct Pair {
  int column, next;
};

struct Pairs {
  std::vector<int> tokens;  // distinct, one a column
  std::vector<Pair> pairs;
};

Pairs pairs_of(const std::vector<const Sequence*>& sequences, Eigen::Index d_vocab) {
  Pairs all;
  std::vector<int> columns(std::size_t(d_vocab), -1);
  for (const Sequence* sequence : sequences)
    for (std::size_t i = std::size_t(sequence->first); i + 1 < sequence->tokens.size(); ++i) {
      int& column = columns[std::size_t(sequence->tokens[i])];
      if (column < 0) {
        column = int(all.tokens.size());
        all.tokens.push_back(sequence->tokens[i]);
      }
      all.pairs.push_back({column, sequence->tokens[i + 1]});
    }
  return all;
}

}  // namespace

template <class Scalar>
double add_bigram_gradient(const ParametersOf<Scalar>& parameters,
                           const std::vector<const Sequence*>& sequences, Scalar weight,
                           ParametersOf<Scalar>& gradient) {
  assert(parameters.layers.empty());
  const Pairs all = pairs_of(sequences, parameters.W_U.rows());
  const Eigen::Index n = Eigen::Index(all.tokens.size());
  MatrixOf<Scalar> x(parameters.W_E.rows(), n);  // d_model x n
  for (Eigen::Index i = 0; i < n; ++i) x.col(i) = parameters.W_E.col(all.tokens[std::size_t(i)]);
  MatrixOf<Scalar> logits = parameters.W_U * x;  // d_vocab x n; then its gradient

  double loss = 0;
  std::vector<Scalar> counts(std::size_t(n), 0);
  for (const Pair& pair : all.pairs) {
    loss -= double(logits(pair.next, pair.column));
    counts[std::size_t(pair.column)] += 1;
  }
  for (Eigen::Index i = 0; i < n; ++i) {
    auto column = logits.col(i);
    const Scalar largest = column.maxCoeff(), count = counts[std::size_t(i)];
    column = (column.array() - largest).exp();
    const Scalar total = column.sum();
    loss += double(count) * (double(largest) + std::log(double(total)));
    column *= weight * count / total;
  }
  for (const Pair& pair : all.pairs) logits(pair.next, pair.column) -= weight;

  gradient.W_U.noalias() += logits * x.transpose();
  x.noalias() = parameters.W_U.transpose() * logits;
  for (Eigen::Index i = 0; i < n; ++i) gradient.W_E.col(all.tokens[std::size_t(i)]) += x.col(i);
  return loss;
}

#define INSTANTIATE(Scalar)                                                        \
  template double add_bigram_gradient(const ParametersOf<Scalar>&,                 \
                                      const std::vector<const Sequence*>&, Scalar, \
                                      ParametersOf<Scalar>&);
INSTANTIATE(float)
INSTANTIATE(double)
#undef INSTANTIATE

}  // namespace engine
