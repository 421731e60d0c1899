#include "engine/softmax_sums.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"

using Catch::Matchers::WithinAbs;
using engine::Matrix;
using engine::SoftmaxSums;

namespace {

Matrix random_logits(int rows, int columns) {
  engine::Random random(7);
  Matrix logits(rows, columns);
  for (float& each : logits.reshaped()) each = float(5 * random.normal());
  return logits;
}

}  // namespace

TEST_CASE("however the rows are cut, the sum of exponentials and the largest logit are the same") {
  const int rows = 37;
  const Matrix logits = random_logits(rows, 5);
  for (const int together : {1, 2, 5, 36, 37}) {
    INFO(together);
    SoftmaxSums sums(5);
    for (int row = 0; row < rows; row += together)
      sums.add(logits.middleRows(row, std::min(together, rows - row)), row);
    for (std::size_t i = 0; i < 5; ++i) {
      const auto column = logits.col(Eigen::Index(i));
      Eigen::Index top = 0;
      column.maxCoeff(&top);
      CHECK(sums.top(i) == int(top));
      CHECK_THAT(sums.log_sum(i),
                 WithinAbs(std::log(column.cast<double>().array().exp().sum()), 1e-6));
    }
  }
}

TEST_CASE(
    "logits beyond what exp can hold have a sum, and of equal ones the lowest row is the top") {
  SoftmaxSums sums(1);
  sums.add(Matrix::Constant(2, 1, -1e4f), 0);
  sums.add(Matrix::Constant(3, 1, 1e4f), 2);
  sums.add(Matrix::Constant(1, 1, 1e4f), 5);
  CHECK_THAT(sums.log_sum(0), WithinAbs(1e4 + std::log(4), 1e-9));
  CHECK(sums.top(0) == 2);
}
