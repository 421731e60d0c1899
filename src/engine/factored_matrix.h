// A low-rank matrix as a value: the product A B of a tall and a wide factor, never multiplied out.
// What a head does is of this kind: W_OV = W_O W_V, W_QK = W_Q^T W_K, and the full circuits
// W_U W_OV W_E and W_E^T W_QK W_E, which would not fit in memory. Paper: "Summarizing OV/QK
// matrices" for the eigenvalues.
#pragma once

#include <vector>

#include "engine/decompositions.h"

namespace engine {

struct MatrixEntry {
  int row = 0, column = 0;
  float value = 0;
};

class FactoredMatrix {
 public:
  // left: rows x rank, right: rank x columns (asserted to fit).
  FactoredMatrix(Matrix left, Matrix right);

  Eigen::Index rows() const { return left_.rows(); }
  Eigen::Index columns() const { return right_.cols(); }
  Eigen::Index rank() const { return left_.cols(); }  // at most
  const Matrix& left() const { return left_; }
  const Matrix& right() const { return right_; }

  FactoredMatrix transposed() const;

  double norm() const;   // Frobenius
  double trace() const;  // of a square matrix (asserted)
  // Of a square matrix (asserted), from the rank x rank product B A: all that are not zero, and
  // zeros up to `rank` of them. In the order of sorted().
  std::vector<Complex> eigenvalues() const;

  float entry(Eigen::Index row, Eigen::Index column) const;
  Vector row(Eigen::Index index) const;     // columns
  Vector column(Eigen::Index index) const;  // rows
  // rows x columns entries from (row, column) on, which lie in the matrix (asserted).
  Matrix block(Eigen::Index row, Eigen::Index column, Eigen::Index rows,
               Eigen::Index columns) const;
  // The `count` largest entries of the whole matrix (all, where it has fewer), largest first, equal
  // ones by row, then column. Exact: blocks are left out where row and column norms show that no
  // entry is among them.
  std::vector<MatrixEntry> top_entries(int count) const;

 private:
  Matrix left_;   // rows x rank
  Matrix right_;  // rank x columns
};

// (A B)(C D) as A (B C D) or (A B C) D, whichever has the lower rank.
FactoredMatrix compose(const FactoredMatrix& first, const FactoredMatrix& second);

// Indices of values, largest value first, equal ones in their order.
std::vector<int> by_falling(const Vector& values);

}  // namespace engine
