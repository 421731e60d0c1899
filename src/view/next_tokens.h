// The likeliest next tokens with their probabilities. A click reads that token's logit; a click on
// a chosen one goes back to the model's top token.
#pragma once

#include <memory>
#include <vector>

#include "view/scene.h"

namespace view {

class NextTokens {
 public:
  NextTokens(Scene& scene, float width);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_row(const Rect& r, int token);

  Scene& scene_;
  float height_;
};

// The most probable tokens of the run without cuts or with them, best first: as many as the panel
// has rows, with the target in the last place if it is not among them.
std::shared_ptr<const std::vector<int>> likeliest(explorer::Explorer& explorer, bool with_cuts);

}  // namespace view
