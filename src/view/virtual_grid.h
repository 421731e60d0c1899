// Virtual heads as a grid: the earlier head's row, the later head's column. With more than two
// layers every pair of layers is in it, and the longer paths are summed below.
#pragma once

#include <memory>
#include <vector>

#include "view/scene.h"

namespace view {

class VirtualGrid {
 public:
  VirtualGrid(Scene& scene, float width);

  // A model of fewer than two layers has no virtual heads, and no grid.
  static bool exists(const engine::Config& config) { return config.n_layers >= 2; }
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  struct Cell {
    bool cut = false;
    float logit = 0;
  };
  // What the cells show: computed once for a reading.
  struct Values {
    std::vector<Cell> cells;
    float largest = 0;
    int deeper_count = 0;
    float deeper = 0;  // paths of three heads or more, summed
  };
  std::size_t index(engine::HeadId earlier, engine::HeadId later) const;
  Values read_terms() const;
  Color color(float value) const;  // -1 to 1
  void draw_labels() const;
  void draw_cell(engine::HeadId earlier, engine::HeadId later);
  void draw_note(const Rect& r) const;
  Rect place(engine::HeadId earlier, engine::HeadId later) const;
  int row_of(engine::HeadId earlier) const { return earlier.layer * n_heads_ + earlier.head; }
  int column_of(engine::HeadId later) const { return (later.layer - 1) * n_heads_ + later.head; }

  Scene& scene_;
  const int n_heads_, n_layers_;
  int side_ = 0;  // rows, and columns
  std::shared_ptr<const Values> values_;
  bool full_labels_ = true;
  float label_width_ = 0, pitch_ = 0, cell_height_ = 0, height_ = 0;
  Point corner_;  // of the cells, while drawing
};

}  // namespace view
