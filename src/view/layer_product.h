// The model as a product, written out: W_U, a factor for each layer (Id and its heads' A (x) W_OV),
// W_E; and the same with the lowest layers multiplied out into terms.
#pragma once

#include "view/scene.h"

namespace view {

class LayerProduct {
 public:
  // `expanded`: how many layers, from the lowest on, are multiplied out: fewer than all.
  LayerProduct(Scene& scene, float width, int expanded);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  struct Factor {
    std::string name;
    std::vector<engine::Path> paths;  // the identity is the path of no head
  };
  float factor_height(const Factor& factor) const;
  void draw_factor(Point at, const Factor& factor);

  Scene& scene_;
  const float inner_;
  std::vector<Factor> factors_;  // the last layer's first, as they are written
  float height_ = 0;
};

}  // namespace view
