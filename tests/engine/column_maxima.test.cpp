#include "engine/column_maxima.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/random.h"

using engine::ColumnMaxima;
using engine::FactoredMatrix;
using engine::Matrix;
using engine::Vector;

namespace {

FactoredMatrix random_product(int rows, int rank, int columns) {
  engine::Random random(83);
  const Matrix left = engine::normal_matrix(random, rows, rank);
  return {left, engine::normal_matrix(random, rank, columns)};
}

Vector no_floors(std::size_t columns) {
  return Vector::Constant(Eigen::Index(columns), -std::numeric_limits<float>::infinity());
}

}  // namespace

TEST_CASE("the largest entries of columns are exact, and none below the floor") {
  const FactoredMatrix matrix = random_product(1301, 6, 1300);
  const Matrix all = matrix.left() * matrix.right();
  const ColumnMaxima maxima(matrix);
  const std::vector<int> columns = {1299, 0, 5, 700, 5};
  const auto without = maxima.largest(columns, no_floors(5));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Eigen::Index row = 0;
    const float largest = all.col(columns[i]).maxCoeff(&row);
    CHECK(without[i].row == row);
    CHECK(without[i].column == columns[i]);
    CHECK(std::abs(without[i].value - largest) <= 1e-5f * largest);
    CHECK(maxima.bound(columns[i]) >= largest);
    const float above = largest * 1.01f, below = largest * 0.99f;
    CHECK(maxima.largest({columns[i]}, Vector::Constant(1, above))[0].row == -1);
    CHECK(maxima.largest({columns[i]}, Vector::Constant(1, below))[0].row == row);
  }
}

TEST_CASE("in steps it is the same, and no step is much more than 3e7 products") {
  const int rows = 20011, rank = 40, count = 64;
  const FactoredMatrix matrix = random_product(rows, rank, 70);
  const ColumnMaxima maxima(matrix);
  std::vector<int> columns(count);
  std::iota(columns.begin(), columns.end(), 3);
  ColumnMaxima::Search search(maxima, columns, no_floors(columns.size()));
  int steps = 0;
  for (; !search.done(); ++steps) search.step();
  CHECK(steps >= int(double(rows) * rank * count / (3e7 + 512.0 * rank * count)));
  const auto at_once = maxima.largest(columns, no_floors(columns.size()));
  REQUIRE(search.best().size() == at_once.size());
  for (std::size_t i = 0; i < at_once.size(); ++i) {
    CHECK(search.best()[i].row == at_once[i].row);
    CHECK(search.best()[i].value == at_once[i].value);
  }
}
