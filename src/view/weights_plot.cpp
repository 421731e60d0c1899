#include "view/weights_plot.h"

#include <algorithm>
#include <cmath>

namespace view {

namespace {

constexpr float smallest_cell = 3;  // CSS pixels

// The entry furthest from 0.
float strongest(const engine::Matrix& block) {
  Eigen::Index row, column;
  block.cwiseAbs().maxCoeff(&row, &column);
  return block(row, column);
}

}  // namespace

void draw_weights(Canvas& canvas, const Rect& square, const engine::Matrix& weights,
                  float largest) {
  const Theme& theme = canvas.theme();
  const int n = int(weights.rows());
  const int block = std::max(1, int(std::ceil(smallest_cell * float(n) / square.w)));
  const auto edge = [&](int index) { return square.w * float(std::min(index, n)) / float(n); };
  canvas.fill(square, mixed(theme.card, theme.line, 0.5f));
  for (int row = 0; row < n; row += block)
    for (int column = 0; column < n; column += block) {
      const int rows = std::min(block, n - row), columns = std::min(block, n - column);
      const float value = strongest(weights.block(row, column, rows, columns));
      const float part = std::min(1.0f, std::abs(value) / largest);
      if (part < 0.02f) continue;
      canvas.fill({square.x + edge(column), square.y + edge(row),
                   edge(column + block) - edge(column), edge(row + block) - edge(row)},
                  mixed(theme.card, signed_color(theme, value), part));
    }
}

}  // namespace view
