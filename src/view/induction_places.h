// The text's tokens that stood there before: what came next the last time, and how probable that is
// now, with the induction heads and without them. A click reads that position.
#pragma once

#include "explorer/induction_reading.h"
#include "view/scene.h"

namespace view {

class InductionPlaces {
 public:
  // `without`: there are induction heads, so that there is something to be without.
  InductionPlaces(Scene& scene, float width, const explorer::InductionOnText& reading,
                  bool without);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_row(const Rect& r, const engine::InductionPosition& place);

  Scene& scene_;
  const bool without_;
  std::vector<const engine::InductionPosition*> rows_;  // those that are shown
  int hidden_ = 0;
  bool folds_ = false;
  float key_height_ = 0, height_ = 0;
};

}  // namespace view
