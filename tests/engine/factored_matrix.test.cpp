#include "engine/factored_matrix.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/random.h"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using engine::Complex;
using engine::FactoredMatrix;
using engine::Matrix;
using engine::MatrixEntry;

namespace {

FactoredMatrix random_factored(engine::Random& random, int rows, int rank, int columns) {
  return {engine::normal_matrix(random, rows, rank), engine::normal_matrix(random, rank, columns)};
}

Matrix dense(const FactoredMatrix& matrix) {
  return matrix.left() * matrix.right();
}

// |det(M - x)| by elimination with pivots: an eigenvalue makes it zero.
double distance_from_singular(const Matrix& matrix, Complex x) {
  using Dense = engine::MatrixOf<Complex>;
  Dense m = matrix.cast<Complex>() - x * Dense::Identity(matrix.rows(), matrix.cols());
  double smallest = m.cwiseAbs().maxCoeff();
  for (Eigen::Index k = 0; k < m.rows(); ++k) {
    Eigen::Index row = 0, column = 0;
    smallest = std::min(
        smallest,
        m.bottomRightCorner(m.rows() - k, m.rows() - k).cwiseAbs().maxCoeff(&row, &column));
    m.row(k).swap(m.row(k + row));
    m.col(k).swap(m.col(k + column));
    if (m(k, k) == Complex(0)) return 0;
    for (Eigen::Index i = k + 1; i < m.rows(); ++i) m.row(i) -= m(i, k) / m(k, k) * m.row(k);
  }
  return smallest;
}

std::vector<MatrixEntry> brute_force(const Matrix& matrix, int count) {
  std::vector<MatrixEntry> all;
  for (int i = 0; i < matrix.rows(); ++i)
    for (int j = 0; j < matrix.cols(); ++j) all.push_back({i, j, matrix(i, j)});
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.value > b.value; });
  all.resize(std::min(all.size(), std::size_t(count)));
  return all;
}

}  // namespace

TEST_CASE("norm, trace, entries, rows, columns and blocks are those of the product") {
  engine::Random random(1);
  for (const auto& [size, rank] : {std::pair(1, 1), {9, 3}, {9, 9}, {5, 8}}) {
    const FactoredMatrix m = random_factored(random, size, rank, size);
    const Matrix full = dense(m);
    CHECK_THAT(m.norm(), WithinRel(double(full.norm()), 1e-5));
    CHECK_THAT(m.trace(), WithinAbs(double(full.trace()), 1e-4));
    CHECK_THAT(double(m.entry(size - 1, 0)), WithinAbs(double(full(size - 1, 0)), 1e-5));
    CHECK((m.row(size / 2) - full.row(size / 2).transpose()).norm() < 1e-4f);
    CHECK((m.column(size / 2) - full.col(size / 2)).norm() < 1e-4f);
    CHECK((m.block(size / 2, 0, size - size / 2, 1) - full.block(size / 2, 0, size - size / 2, 1))
              .norm() < 1e-4f);
    CHECK((dense(m.transposed()) - full.transpose()).norm() < 1e-4f);
  }
}

TEST_CASE("the norm holds where factors are ill-conditioned and cancel") {
  Matrix left(2, 2), right(2, 2);
  left << 1000, 1000, 0, 0.5f;
  right << 1, 2, -1, -2;  // the large columns cancel
  CHECK_THAT(FactoredMatrix(left, right).norm(), WithinRel(std::sqrt(0.25 + 1), 1e-6));
}

TEST_CASE("eigenvalues are those of the full matrix, and sum to its trace") {
  engine::Random random(2);
  for (const auto& [size, rank] : {std::pair(1, 1), {9, 4}, {7, 7}, {4, 6}}) {
    const FactoredMatrix m = random_factored(random, size, rank, size);
    const std::vector<Complex> values = m.eigenvalues();
    REQUIRE(int(values.size()) == rank);
    Complex sum = 0, squares = 0;
    for (const Complex& value : values) {
      sum += value;
      squares += value * value;
      INFO("size " << size << ", rank " << rank << ", eigenvalue " << value);
      if (std::abs(value) > 1e-3) CHECK(distance_from_singular(dense(m), value) < 1e-4);
    }
    CHECK_THAT(sum.real(), WithinAbs(m.trace(), 1e-4));
    CHECK_THAT(sum.imag(), WithinAbs(0, 1e-9));
    CHECK_THAT(squares.real(), WithinAbs(double((dense(m) * dense(m)).trace()), 1e-3));
  }
}

TEST_CASE("eigenvalues come by falling size, of a pair the one above the axis first") {
  Matrix turn(3, 3);
  turn << 0, -2, 0, 2, 0, 0, 0, 0, -3;
  const auto values = FactoredMatrix(turn, Matrix::Identity(3, 3)).eigenvalues();
  CHECK(std::abs(values[0] - Complex(-3)) < 1e-9);
  CHECK(std::abs(values[1] - Complex(0, 2)) < 1e-9);
  CHECK(std::abs(values[2] - Complex(0, -2)) < 1e-9);
}

TEST_CASE("a composition is the product of the two matrices, at the lower rank") {
  engine::Random random(3);
  for (const auto& [first_rank, second_rank] : {std::pair(2, 5), {5, 2}, {3, 3}}) {
    const FactoredMatrix first = random_factored(random, 6, first_rank, 8);
    const FactoredMatrix second = random_factored(random, 8, second_rank, 7);
    const FactoredMatrix both = compose(first, second);
    CHECK(both.rank() == std::min(first_rank, second_rank));
    CHECK((dense(both) - dense(first) * dense(second)).norm() < 1e-3f);
  }
}

TEST_CASE("top entries are those of a full sort, over many blocks, with ties by place") {
  engine::Random random(5);
  // Small whole numbers: products are exact, and many entries are equal.
  Matrix left(600, 3), right(3, 700);
  for (float& entry : left.reshaped()) entry = float(random.below(7) - 3);
  for (float& entry : right.reshaped()) entry = float(random.below(7) - 3);
  left.row(599) *= 3;  // the best row lies in the last block
  const FactoredMatrix m(left, right);
  for (int count : {0, 1, 10, 1000}) {
    const auto expected = brute_force(dense(m), count), found = m.top_entries(count);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].value == expected[i].value);
      CHECK(found[i].row == expected[i].row);
      CHECK(found[i].column == expected[i].column);
    }
  }
  CHECK(random_factored(random, 2, 1, 2).top_entries(9).size() == 4);
}
