// How many pairs of probabilities lie where: what a scatter plot of very many would show. Both are
// counted in cells of a quarter of a decade, from 1 down; what is below the last lies in it.
#pragma once

#include <cstdint>
#include <vector>

namespace engine {

class PairDensity {
 public:
  static constexpr int decades = 9, cells_a_decade = 4;
  static constexpr int cells = decades * cells_a_decade;  // of each side

  // Log-probabilities, nats; none above 0. A pair with NaN, of weights that are not finite, is left
  // out.
  void add(float x, float y);

  // The pairs in a cell, which spans probabilities of 10^(-(cell + 1) / cells_a_decade) to
  // 10^(-cell / cells_a_decade). Cells of the square (asserted).
  std::int64_t at(int x_cell, int y_cell) const;
  std::int64_t most() const { return most_; }  // of any cell
  int lowest() const { return lowest_; }  // the last cell of either side that has any; -1: none

 private:
  std::vector<std::int64_t> counts_ = std::vector<std::int64_t>(std::size_t(cells) * cells);
  std::int64_t most_ = 0;
  int lowest_ = -1;
};

}  // namespace engine
