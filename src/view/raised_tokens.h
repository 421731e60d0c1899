// The likeliest next tokens after the position, with the induction heads and without them: what
// these raise. A click reads that token's logit.
#pragma once

#include "engine/run.h"
#include "view/scene.h"

namespace view {

class RaisedTokens {
 public:
  // `without` is the run without the heads, told of where `heads` says that there are any.
  RaisedTokens(Scene& scene, float width, const engine::Run& without, bool heads);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  Scene& scene_;
  const engine::Run& without_;
  const bool heads_;
  float key_height_ = 0, height_ = 0;
};

}  // namespace view
