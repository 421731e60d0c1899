// The waterfall: a position's terms as bars, each starting where the one above ends, the last bar
// the model's own logit; under it how exactly the sum closes.
#pragma once

#include <optional>
#include <string>

#include "view/badge.h"
#include "view/scene.h"
#include "view/term_rows.h"

namespace view {

class Waterfall {
 public:
  // Has as many rows as were unfolded, or more if they fit into `height`. Rows get higher where the
  // card is, but not beyond `height`.
  Waterfall(Scene& scene, float width, float height);

  float height() const { return height_; }
  const TermRows& terms() const { return terms_; }
  void draw(const Rect& r);

 private:
  std::string title() const;
  float height_of(int rows) const;
  std::string note() const;
  std::string label(const TermRow& row) const;
  std::string value_text(const TermRow& row) const;
  bool holds_shown_term(const TermRow& row) const;
  std::optional<float> part_through_pointed(const TermRow& row) const;
  void draw_note(const Rect& r);
  void draw_axis(const Rect& plot) const;
  void draw_row(const Rect& r, const TermRow& row);
  void draw_label(const Rect& r, const TermRow& row, bool lit);
  void draw_bar(const Rect& r, float start, float value, Color color, const std::string& text = {},
                Color text_color = 0);
  float x_of(float value) const;

  Scene& scene_;
  const float width_;
  TermRows terms_;
  bool cut_ = false;
  float row_height_ = 0;
  Badge badge_;
  float title_height_ = 0, height_ = 0, tallest_ = 0;
  bool note_beside_ = false;  // the title
  float label_width_ = 0;
  Rect plot_;  // of the bars, while drawing
};

}  // namespace view
