// The largest entries of columns of a matrix that is not formed, looked for among its rows by
// falling length, since no scalar product is more than the product of lengths.
#pragma once

#include <vector>

#include "engine/factored_matrix.h"

namespace engine {

inline constexpr float maxima_rounding = 1e-4f;  // of bounds and products, relative

class ColumnMaxima {
 public:
  class Search;

  explicit ColumnMaxima(FactoredMatrix matrix);

  Eigen::Index columns() const { return matrix_.columns(); }
  // No entry of the column is larger.
  float bound(int column) const { return longest_ * column_norms_[column]; }
  // The largest entry of each column, the lowest row among equal ones. A column that has no entry
  // of at least its floor may get row -1 and the floor as its value.
  std::vector<MatrixEntry> largest(const std::vector<int>& columns, const Vector& floors) const;

 private:
  FactoredMatrix matrix_;            // rows by falling length
  std::vector<int> rows_;            // what each was before
  Vector row_norms_, column_norms_;  // one a row, as the matrix has them now; one a column
  float longest_ = 0;
};

// largest() in steps: over a large vocabulary a step is a part of the rows. The maxima must outlive
// it.
class ColumnMaxima::Search {
 public:
  // One floor a column (asserted).
  Search(const ColumnMaxima& of, const std::vector<int>& columns, const Vector& floors);

  bool done() const { return open_.empty() || first_ >= of_.matrix_.rows(); }
  // The next rows: not much more than 3e7 multiplications, unless a single block of 512 rows takes
  // them. Not after the last (asserted).
  void step();
  const std::vector<MatrixEntry>& best() const { return best_; }  // once it is done

 private:
  void settle();
  double compare();

  const ColumnMaxima& of_;
  std::vector<MatrixEntry> best_;
  std::vector<std::size_t> open_;  // columns that a row still to come may raise
  Matrix wide_;                    // rank x open: those columns
  Eigen::Index first_ = 0;         // row
};

}  // namespace engine
