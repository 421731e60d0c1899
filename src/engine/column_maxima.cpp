#include "engine/column_maxima.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace engine {

namespace {

const Eigen::Index rows_together = 512;
const double products_a_step = 3e7;  // of numbers

// The better of a column's best so far and the best of some more of its entries.
void improve(MatrixEntry& best, const Matrix& entries, Eigen::Index column,
             const std::vector<int>& rows, Eigen::Index first) {
  const float largest = entries.col(column).maxCoeff();
  if (largest < best.value) return;
  for (Eigen::Index i = 0; i < entries.rows(); ++i) {
    if (entries(i, column) != largest) continue;
    const int row = rows[std::size_t(first + i)];
    if (best.row < 0 || largest > best.value || row < best.row) best = {row, best.column, largest};
  }
}

}  // namespace

ColumnMaxima::ColumnMaxima(FactoredMatrix matrix) : matrix_(std::move(matrix)) {
  const Vector norms = matrix_.left().rowwise().norm();
  rows_ = by_falling(norms);
  row_norms_.resize(norms.size());
  for (std::size_t i = 0; i < rows_.size(); ++i) row_norms_[Eigen::Index(i)] = norms[rows_[i]];
  Matrix sorted(matrix_.rows(), matrix_.rank());
  for (Eigen::Index k = 0; k < sorted.cols(); ++k)  // by columns, as they lie in memory
    for (std::size_t i = 0; i < rows_.size(); ++i)
      sorted(Eigen::Index(i), k) = matrix_.left()(rows_[i], k);
  column_norms_ = matrix_.right().colwise().norm().transpose() * (1 + maxima_rounding);
  if (norms.size()) longest_ = row_norms_[0];
  matrix_ = {std::move(sorted), matrix_.right()};
}

std::vector<MatrixEntry> ColumnMaxima::largest(const std::vector<int>& columns,
                                               const Vector& floors) const {
  Search search(*this, columns, floors);
  while (!search.done()) search.step();
  return search.best();
}

ColumnMaxima::Search::Search(const ColumnMaxima& of, const std::vector<int>& columns,
                             const Vector& floors)
    : of_(of) {
  assert(std::size_t(floors.size()) == columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    best_.push_back({-1, columns[i], floors[Eigen::Index(i)]});
    open_.push_back(i);
  }
}

void ColumnMaxima::Search::step() {
  assert(!done());
  double products = 0;
  do products += compare();
  while (!done() && products < products_a_step);
}

// Leaves out the columns whose best no row from here on can raise.
void ColumnMaxima::Search::settle() {
  const auto is_settled = [&](std::size_t i) {
    return of_.row_norms_[first_] * of_.column_norms_[best_[i].column] < best_[i].value;
  };
  const auto end = std::remove_if(open_.begin(), open_.end(), is_settled);
  if (end == open_.end() && wide_.size()) return;
  open_.erase(end, open_.end());
  wide_.resize(of_.matrix_.rank(), Eigen::Index(open_.size()));
  for (std::size_t j = 0; j < open_.size(); ++j)
    wide_.col(Eigen::Index(j)) = of_.matrix_.right().col(best_[open_[j]].column);
}

// A block of rows. How many multiplications it took.
double ColumnMaxima::Search::compare() {
  settle();
  if (open_.empty()) return 0;
  const Eigen::Index height = std::min(rows_together, of_.matrix_.rows() - first_);
  const Matrix entries = of_.matrix_.left().middleRows(first_, height) * wide_;
  for (std::size_t j = 0; j < open_.size(); ++j)
    improve(best_[open_[j]], entries, Eigen::Index(j), of_.rows_, first_);
  first_ += height;
  return double(height) * double(wide_.size());
}

}  // namespace engine
