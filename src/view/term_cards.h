// The largest terms of the sum, each as the tensor product that it is: a pattern over positions,
// and a matrix over the vocabulary, here at the text's tokens; and its part of the logit.
#pragma once

#include "view/scene.h"

namespace view {

class TermCards {
 public:
  TermCards(Scene& scene, float width);
  float height() const { return height_; }
  void draw(Point at);

 private:
  void draw_card(const Rect& r, const engine::Term& term);
  void draw_rest(const Rect& r);

  Scene& scene_;
  int columns_ = 1;
  float width_ = 0, side_ = 0, card_height_ = 0, height_ = 0;
  float largest_ = 1;                       // weight of all that are shown
  std::vector<const engine::Term*> shown_;  // the largest
};

}  // namespace view
