// The largest terms of a score, query path times key path, as bars from zero.
#pragma once

#include "view/told_score.h"

namespace view {

class ScoreTerms {
 public:
  ScoreTerms(Scene& scene, float width, const ToldScore& told, PlaceChoice& choice);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_row(const Rect& r, const engine::ScoreTerm& term);
  void draw_sum(const Rect& r, const std::string& name, float sum, bool strong);
  GridPlace place_of(const engine::ScoreTerm& term) const;
  float x_of(const Rect& r, float value) const;

  Scene& scene_;
  const ToldScore& told_;
  PlaceChoice& choice_;
  std::size_t shown_ = 0;
  float name_width_ = 0, height_ = 0;
  float low_ = 0, high_ = 0;  // what the bars span; 0 is in it
};

}  // namespace view
