// One head's pattern or scores, large. Of long texts, whose cells are small, a part can be
// enlarged.
#pragma once

#include <optional>

#include "view/pattern_plot.h"
#include "view/zoom.h"

namespace view {

// The place that is read: the one under the pointer, or else the chosen position's row.
explorer::PatternCell shown_cell(const explorer::Explorer& explorer);

class HeadPlot {
 public:
  // `focused`: the figure has the keys.
  HeadPlot(Scene& scene, float width, bool focused);

  float height() const { return height_; }
  void draw(const Rect& r);
  void take_keys() { zoom_.take_keys(); }
  // Has this destination in sight from the next frame on.
  void reveal(int destination);
  Wheel wheel() const { return zoom_.wheel(); }
  bool moved() const { return zoom_.moved(); }

  // The cell under the pointer, found while drawing.
  const std::optional<explorer::PatternCell>& pointed() const { return pointed_; }

 private:
  float cell_size() const { return side_ * zoom_.scale() / float(n_); }
  float widest_label() const;
  void draw_choice(const Rect& inside);
  void draw_key(const Rect& r, const PatternPlot& plot);
  void draw_labels(const PatternPlot& plot);
  void draw_shown_cell(const PatternPlot& plot);
  void point(const PatternPlot& plot);

  Scene& scene_;
  const engine::HeadRunOf<float>& head_;
  const int n_;
  bool labels_ = false;                               // tokens, not numbers
  float left_ = 0, top_ = 0, side_ = 0, height_ = 0;  // of the window on the pattern
  Zoom zoom_;
  Rect window_, whole_;  // while drawing: what is in sight, and where the whole lies
  std::optional<explorer::PatternCell> pointed_;
};

}  // namespace view
