#include "engine/pair_density.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace engine {

namespace {

int cell_of(float log_probability) {
  const double down = -double(log_probability) / std::log(10.0) * PairDensity::cells_a_decade;
  return int(std::clamp(down, 0.0, double(PairDensity::cells - 1)));
}

std::size_t index(int x_cell, int y_cell) {
  return std::size_t(x_cell) * PairDensity::cells + std::size_t(y_cell);
}

}  // namespace

void PairDensity::add(float x, float y) {
  if (std::isnan(x) || std::isnan(y)) return;
  const int x_cell = cell_of(x), y_cell = cell_of(y);
  most_ = std::max(most_, ++counts_[index(x_cell, y_cell)]);
  lowest_ = std::max({lowest_, x_cell, y_cell});
}

std::int64_t PairDensity::at(int x_cell, int y_cell) const {
  assert(x_cell >= 0 && x_cell < cells && y_cell >= 0 && y_cell < cells);
  return counts_[index(x_cell, y_cell)];
}

}  // namespace engine
