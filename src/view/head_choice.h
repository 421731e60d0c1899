// All heads' names side by side, layer by layer; a click shows the head.
#pragma once

#include <vector>

#include "view/scene.h"

namespace view {

class HeadChoice {
 public:
  HeadChoice(Scene& scene, float width);
  float height() const { return height_; }
  void draw(Point at);

 private:
  Scene& scene_;
  std::vector<Rect> places_;  // of the heads in their order, relative to the choice
  float height_ = 0;
};

}  // namespace view
