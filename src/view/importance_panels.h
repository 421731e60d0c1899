// The parts of the importance figure: the loss by order of terms, what each head is worth, and what
// each virtual head is.
#pragma once

#include "engine/term_importance.h"
#include "view/pair_grid.h"

namespace view {

// From guessing all tokens alike to the model: how far the paths of each order bring the loss down.
class OrderBars {
 public:
  OrderBars(Scene& scene, float width, const engine::TermImportance& importance);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  Scene& scene_;
  const engine::TermImportance& importance_;
  float height_ = 0;
};

// The loss without each head's own term, less the loss. A click on a head is one on its term.
class HeadWorths {
 public:
  HeadWorths(Scene& scene, float width, const engine::TermImportance& importance);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_row(const Rect& r, const engine::TermNats& term, float largest);

  Scene& scene_;
  const engine::TermImportance& importance_;
  float height_ = 0;
};

// The same of the paths of two heads, as a grid in the scale of the heads' own terms.
class VirtualWorths {
 public:
  VirtualWorths(Scene& scene, float width, const engine::TermImportance& importance);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  Scene& scene_;
  const engine::TermImportance& importance_;
  PairGrid grid_;
  float note_height_ = 0, height_ = 0;
};

}  // namespace view
