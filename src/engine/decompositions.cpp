#include "engine/decompositions.h"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <algorithm>
#include <cassert>

#include "engine/error.h"

namespace engine {

namespace {

using Exact = MatrixOf<double>;

}  // namespace

Exact triangle(const Matrix& matrix) {
  const Eigen::Index size = std::min(matrix.rows(), matrix.cols());
  const Eigen::HouseholderQR<Exact> qr(matrix.cast<double>());
  return qr.matrixQR().topRows(size).triangularView<Eigen::Upper>();
}

Exact orthonormal_basis(const Matrix& matrix) {
  const Eigen::Index size = std::min(matrix.rows(), matrix.cols());
  const Eigen::HouseholderQR<Exact> qr(matrix.cast<double>());
  return qr.householderQ() * Exact::Identity(matrix.rows(), size);
}

VectorOf<double> squared_singular_values(const Exact& matrix) {
  const Exact square = matrix * matrix.transpose();
  return Eigen::SelfAdjointEigenSolver<Exact>(square, Eigen::EigenvaluesOnly).eigenvalues();
}

std::vector<Complex> eigenvalues(const Matrix& square) {
  assert(square.rows() == square.cols());
  if (square.size() == 0) return {};
  const Eigen::EigenSolver<Exact> solver(square.cast<double>(), false);
  if (solver.info() != Eigen::Success)
    fail("the eigenvalues of a matrix with ", square.rows(), " rows were not found");
  return sorted({solver.eigenvalues().begin(), solver.eigenvalues().end()});
}

std::vector<Complex> sorted(std::vector<Complex> eigenvalues) {
  std::stable_sort(eigenvalues.begin(), eigenvalues.end(), [](const Complex& a, const Complex& b) {
    const double size_a = std::abs(a), size_b = std::abs(b);
    if (size_a != size_b) return size_a > size_b;
    return a.imag() > b.imag();
  });
  return eigenvalues;
}

}  // namespace engine
