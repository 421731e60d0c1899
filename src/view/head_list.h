// All heads' attention patterns, small, layer by layer. A click shows one large.
#pragma once

#include "view/scene.h"

namespace view {

class HeadList {
 public:
  HeadList(Scene& scene, float width);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_head(const Rect& r, engine::HeadId head);

  Scene& scene_;
  int per_row_ = 1;
  float side_ = 0, layer_height_ = 0, height_ = 0;
};

}  // namespace view
