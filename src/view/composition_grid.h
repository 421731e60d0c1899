// Composition into one input of the later heads, as a grid: the earlier head's row, the later
// head's column, above chance.
#pragma once

#include "view/composed.h"
#include "view/pair_grid.h"

namespace view {

class CompositionGrid {
 public:
  CompositionGrid(Scene& scene, float width, engine::Input input, WireChoice& choice);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_cell(const Wire& wire);

  Scene& scene_;
  const engine::Input input_;
  WireChoice& choice_;
  PairGrid grid_;
  float height_ = 0;
};

}  // namespace view
