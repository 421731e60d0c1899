#include "view/pattern_plot.h"

#include <algorithm>
#include <cmath>

namespace view {

namespace {

constexpr int levels = 24;          // of colour, each way
constexpr float smallest_cell = 2;  // device pixels

}  // namespace

PatternPlot::PatternPlot(const engine::Matrix& values, Shown shown)
    : values_(values), shown_(shown) {
  if (shown == Shown::pattern) return;
  largest_ = 1e-6f;
  for (Eigen::Index dst = 0; dst < values.rows(); ++dst)
    largest_ = std::max(largest_, values.row(dst).head(dst + 1).cwiseAbs().maxCoeff());
}

int PatternPlot::index_at(float offset, float side) const {
  const int n = int(values_.rows());
  return std::clamp(int(offset / side * float(n)), 0, n - 1);
}

Rect PatternPlot::cell(const Rect& square, int destination, int source) const {
  const float each = square.w / float(values_.rows());
  return {square.x + float(source) * each, square.y + float(destination) * each, each, each};
}

// Of the cells in a block on or below the diagonal: the one furthest from 0.
float PatternPlot::strongest(int first_row, int first_column, int count) const {
  const int n = int(values_.rows());
  float found = 0;
  for (int src = first_column; src < std::min(n, first_column + count); ++src)
    for (int dst = std::max(first_row, src); dst < std::min(n, first_row + count); ++dst)
      if (std::abs(values_(dst, src)) > std::abs(found)) found = values_(dst, src);
  return found;
}

int PatternPlot::level(float value) const {
  return int(std::lround(std::clamp(value / largest_, -1.0f, 1.0f) * float(levels)));
}

Color PatternPlot::color(const Theme& theme, float part) const {
  const Color full = shown_ == Shown::pattern ? theme.pattern : signed_color(theme, part);
  return mixed(background(theme), full, std::abs(part));
}

// Of the cells that a pattern can have: a destination sees itself and what is before it.
Color PatternPlot::background(const Theme& theme) const {
  return mixed(theme.card, theme.pattern, 0.06f);
}

// Neighbours of one colour in a row become one rectangle: most of a pattern is empty.
void PatternPlot::draw(Canvas& canvas, const Rect& square, const Rect& window) const {
  const int n = int(values_.rows());
  const float each = square.w * canvas.dpr() / float(n);
  const int block = std::max(1, int(std::ceil(smallest_cell / each)));
  const auto edge = [&](int index) { return float(std::min(index, n)) * square.w / float(n); };
  const auto first = [&](float offset) { return index_at(offset, square.w) / block * block; };
  const int first_row = first(window.y - square.y), first_column = first(window.x - square.x);
  const int last_row = index_at(window.bottom() - square.y, square.w);
  const int last_column = index_at(window.right() - square.x, square.w);
  for (int row = first_row; row <= last_row; row += block) {
    canvas.fill({square.x, square.y + edge(row), edge(row + block), edge(row + block) - edge(row)},
                background(canvas.theme()));
    int start = first_column, current = 0, column = first_column;
    const auto finish = [&](int end) {
      if (current != 0 && end > start)
        canvas.fill({square.x + edge(start), square.y + edge(row), edge(end) - edge(start),
                     edge(row + block) - edge(row)},
                    color(canvas.theme(), float(current) / float(levels)));
    };
    for (; column <= std::min(row, last_column); column += block) {
      const int next = level(strongest(row, column, block));
      if (next == current) continue;
      finish(column);
      start = column;
      current = next;
    }
    finish(std::max(column, start));
  }
}

}  // namespace view
