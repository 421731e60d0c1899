#include "engine/softmax_sums.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace engine {

SoftmaxSums::SoftmaxSums(std::size_t columns)
    : largest_(columns, -std::numeric_limits<float>::infinity()), sum_(columns), top_(columns) {}

void SoftmaxSums::add(const Matrix& logits, int row) {
  assert(std::size_t(logits.cols()) == sum_.size());
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    const auto column = logits.col(Eigen::Index(i)).array();
    Eigen::Index top = 0;
    const float largest = column.maxCoeff();
    if (largest > largest_[i]) {
      column.maxCoeff(&top);
      top_[i] = row + int(top);
      sum_[i] *= std::exp(double(largest_[i]) - double(largest));
      largest_[i] = largest;
    }
    sum_[i] += double((column - largest_[i]).exp().sum());
  }
}

double SoftmaxSums::log_sum(std::size_t column) const {
  return std::log(sum_[column]) + double(largest_[column]);
}

}  // namespace engine
