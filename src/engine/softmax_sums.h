// The softmax of columns of logits that come some rows of the vocabulary at a time, so that those
// of a large vocabulary need not all be in memory: log sum exp, the largest logit taken out.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/tensor.h"

namespace engine {

class SoftmaxSums {
 public:
  explicit SoftmaxSums(std::size_t columns);

  // logits: rows `row` on of the vocabulary, a row after those before; one column each. Finite.
  void add(const Matrix& logits, int row);

  // Of the rows so far, which are one or more: log of the sum of exp(logit),
  double log_sum(std::size_t column) const;
  // and the row of the largest logit, the lowest among equal ones.
  int top(std::size_t column) const { return top_[column]; }

 private:
  std::vector<float> largest_;  // logit so far
  std::vector<double> sum_;     // of exp(logit - largest)
  std::vector<int> top_;
};

}  // namespace engine
