#include "engine/factored_matrix.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <queue>

namespace engine {

namespace {

const Eigen::Index block_size = 256;  // entries of top_entries looked at together, each way

bool is_before(const MatrixEntry& a, const MatrixEntry& b) {
  if (a.value != b.value) return a.value > b.value;
  return a.row != b.row ? a.row < b.row : a.column < b.column;
}

// The `count` best entries seen; the worst of them on top.
class BestEntries {
 public:
  explicit BestEntries(std::size_t count) : count_(count) {}

  // Could an entry of this value still be among them? Ties may, by their place.
  bool wants(float value) const { return queue_.size() < count_ || value >= queue_.top().value; }
  void add(const MatrixEntry& entry) {
    if (queue_.size() == count_ && !is_before(entry, queue_.top())) return;
    if (queue_.size() == count_) queue_.pop();
    queue_.push(entry);
  }
  std::vector<MatrixEntry> take() {
    std::vector<MatrixEntry> entries;
    for (; !queue_.empty(); queue_.pop()) entries.push_back(queue_.top());
    std::reverse(entries.begin(), entries.end());
    return entries;
  }

 private:
  std::size_t count_;
  std::priority_queue<MatrixEntry, std::vector<MatrixEntry>, decltype(&is_before)> queue_{
      is_before};
};

}  // namespace

FactoredMatrix::FactoredMatrix(Matrix left, Matrix right)
    : left_(std::move(left)), right_(std::move(right)) {
  assert(left_.cols() == right_.rows());
}

FactoredMatrix FactoredMatrix::transposed() const {
  return {right_.transpose(), left_.transpose()};
}

double FactoredMatrix::norm() const {
  return (triangle(left_) * triangle(right_.transpose()).transpose()).norm();
}

double FactoredMatrix::trace() const {
  assert(rows() == columns());
  return left_.transpose().cast<double>().cwiseProduct(right_.cast<double>()).sum();
}

std::vector<Complex> FactoredMatrix::eigenvalues() const {
  assert(rows() == columns());
  return engine::eigenvalues(right_ * left_);
}

float FactoredMatrix::entry(Eigen::Index row, Eigen::Index column) const {
  return left_.row(row).dot(right_.col(column));
}

Vector FactoredMatrix::row(Eigen::Index index) const {
  return right_.transpose() * left_.row(index).transpose();
}

Vector FactoredMatrix::column(Eigen::Index index) const {
  return left_ * right_.col(index);
}

Matrix FactoredMatrix::block(Eigen::Index row, Eigen::Index column, Eigen::Index rows,
                             Eigen::Index columns) const {
  assert(row >= 0 && row + rows <= this->rows());
  assert(column >= 0 && column + columns <= this->columns());
  return left_.middleRows(row, rows) * right_.middleCols(column, columns);
}

std::vector<MatrixEntry> FactoredMatrix::top_entries(int count) const {
  if (count < 1) return {};
  const Vector row_norms = left_.rowwise().norm();
  const Vector column_norms = right_.colwise().norm().transpose();
  const std::vector<int> row_order = by_falling(row_norms);
  const std::vector<int> column_order = by_falling(column_norms);
  BestEntries best{std::size_t(count)};
  for (Eigen::Index r = 0; r < rows(); r += block_size)
    for (Eigen::Index c = 0; c < columns(); c += block_size) {
      // A scalar product is at most the product of lengths, but for rounding.
      const float bound = row_norms[row_order[std::size_t(r)]] *
                          column_norms[column_order[std::size_t(c)]] * (1 + 1e-4f);
      if (!best.wants(bound)) break;  // the columns that follow are shorter still
      const Eigen::Index height = std::min(block_size, rows() - r);
      const Eigen::Index width = std::min(block_size, columns() - c);
      Matrix tall(height, rank()), wide(rank(), width);
      for (Eigen::Index i = 0; i < height; ++i)
        tall.row(i) = left_.row(row_order[std::size_t(r + i)]);
      for (Eigen::Index j = 0; j < width; ++j)
        wide.col(j) = right_.col(column_order[std::size_t(c + j)]);
      const Matrix entries = tall * wide;
      for (Eigen::Index j = 0; j < width; ++j)
        for (Eigen::Index i = 0; i < height; ++i)
          if (best.wants(entries(i, j)))
            best.add(
                {row_order[std::size_t(r + i)], column_order[std::size_t(c + j)], entries(i, j)});
    }
  return best.take();
}

FactoredMatrix compose(const FactoredMatrix& first, const FactoredMatrix& second) {
  assert(first.columns() == second.rows());
  const Matrix middle = first.right() * second.left();  // rank x rank
  if (first.rank() <= second.rank()) return {first.left(), middle * second.right()};
  return {first.left() * middle, second.right()};
}

std::vector<int> by_falling(const Vector& values) {
  std::vector<int> order(std::size_t(values.size()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return values[a] > values[b]; });
  return order;
}

}  // namespace engine
