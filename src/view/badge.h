// How exactly the sum of the terms meets the model's own logit, in words on a strip that is green
// where it does.
#pragma once

#include <string>
#include <vector>

#include "view/scene.h"

namespace view {

class Badge {
 public:
  // Of the cut run, wrapped to fit into `width`.
  Badge(Scene& scene, float width);

  float height() const;
  const std::vector<std::string>& lines() const { return lines_; }
  void draw(const Rect& r) const;

 private:
  Scene& scene_;
  bool closes_ = false;
  std::vector<std::string> lines_;
};

// Is the sum exact to 1e-5, as the design defines it?
bool closes(const engine::Expansion& expansion);

}  // namespace view
