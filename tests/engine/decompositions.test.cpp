#include "engine/decompositions.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/random.h"

using Catch::Matchers::WithinRel;
using engine::Matrix;

namespace {

using Exact = engine::MatrixOf<double>;

const std::pair<int, int> shapes[] = {{9, 3}, {3, 9}, {4, 4}, {1, 5}};

}  // namespace

TEST_CASE("a triangle keeps lengths and has zeros below its diagonal") {
  engine::Random random(4);
  for (const auto& [rows, columns] : shapes) {
    const Matrix matrix = engine::normal_matrix(random, rows, columns);
    const auto R = engine::triangle(matrix);
    CHECK(R.rows() == std::min(rows, columns));
    const auto gram = matrix.cast<double>().transpose() * matrix.cast<double>();
    CHECK((R.transpose() * R - gram).norm() < 1e-9);
    for (Eigen::Index i = 0; i < R.rows(); ++i)
      for (Eigen::Index j = 0; j < i; ++j) CHECK(R(i, j) == 0);
  }
}

TEST_CASE("a basis is orthonormal, and with the triangle makes the matrix") {
  engine::Random random(5);
  for (const auto& [rows, columns] : shapes) {
    const Matrix matrix = engine::normal_matrix(random, rows, columns);
    const Exact Q = engine::orthonormal_basis(matrix);
    CHECK(Q.cols() == std::min(rows, columns));
    CHECK((Q.transpose() * Q - Exact::Identity(Q.cols(), Q.cols())).norm() < 1e-12);
    CHECK((Q * engine::triangle(matrix) - matrix.cast<double>()).norm() < 1e-12);
  }
}

TEST_CASE("squared singular values rise, sum to the squared norm, and are none beyond the rank") {
  engine::Random random(6);
  for (const auto& [rows, columns] : shapes) {
    const Exact matrix = engine::normal_matrix(random, rows, columns).cast<double>();
    const auto squares = engine::squared_singular_values(matrix);
    REQUIRE(squares.size() == rows);
    CHECK(std::is_sorted(squares.begin(), squares.end()));
    CHECK_THAT(squares.sum(), WithinRel(matrix.squaredNorm(), 1e-12));
    for (int i = 0; i < rows - std::min(rows, columns); ++i) CHECK(std::abs(squares[i]) < 1e-9);
  }
}
