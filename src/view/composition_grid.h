// Composition into one input of the later heads, as a grid: the earlier head's row, the later
// head's column, above chance.
#pragma once

#include "view/composed.h"

namespace view {

class CompositionGrid {
 public:
  CompositionGrid(Scene& scene, float width, engine::Input input, WireChoice& choice);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_labels() const;
  void draw_cell(const Wire& wire);
  int row_of(engine::HeadId earlier) const { return earlier.layer * n_heads_ + earlier.head; }
  int column_of(engine::HeadId later) const { return (later.layer - 1) * n_heads_ + later.head; }

  Scene& scene_;
  const engine::Input input_;
  WireChoice& choice_;
  const int n_heads_, side_;
  float cell_ = 0, height_ = 0;
  Point corner_;  // of the cells, while drawing
};

}  // namespace view
