// One head's attention as a square of cells: row = destination, column = source.
#pragma once

#include "view/scene.h"

namespace view {

// Patterns in the colour of attention, 0 to 1; scores raising or lowering, against the largest.
enum class Shown { pattern, scores };

class PatternPlot {
 public:
  PatternPlot(const engine::Matrix& values, Shown shown);

  // Cells that are too small to be drawn one by one are drawn together, by the strongest of them.
  // Rows and columns outside of the window are left out.
  void draw(Canvas& canvas, const Rect& square, const Rect& window) const;
  Rect cell(const Rect& square, int destination, int source) const;
  int index_at(float offset, float side) const;  // of a row or column
  float largest() const { return largest_; }
  Color color(const Theme& theme, float part) const;  // of the largest, -1 to 1

 private:
  float strongest(int first_row, int first_column, int count) const;
  Color background(const Theme& theme) const;
  int level(float value) const;

  const engine::Matrix& values_;
  const Shown shown_;
  float largest_ = 1;
};

}  // namespace view
