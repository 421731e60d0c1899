// A grid of pairs of heads: a row for each head below the last layer, a column for each above the
// first.
#pragma once

#include <functional>
#include <optional>

#include "view/scene.h"

namespace view {

class PairGrid {
 public:
  // At least two layers.
  PairGrid(Scene& scene, float width);
  float height() const { return height_; }

  // From here on the grid has its left upper corner there.
  void place(Point at);
  void draw_labels(std::optional<engine::HeadId> lit_earlier,
                   std::optional<engine::HeadId> lit_later) const;
  // What stands for the pair and what of that is filled; the later head is of a later layer.
  Rect hit(engine::HeadId earlier, engine::HeadId later) const;
  Rect cell(engine::HeadId earlier, engine::HeadId later) const;

 private:
  int row_of(engine::HeadId head) const { return head.layer * n_heads_ + head.head; }
  int column_of(engine::HeadId head) const { return (head.layer - 1) * n_heads_ + head.head; }

  Scene& scene_;
  const int n_heads_, n_layers_;
  float size_ = 0, height_ = 0;  // of a cell, CSS pixels; of all
  Point corner_;                 // of the first cell
};

}  // namespace view
