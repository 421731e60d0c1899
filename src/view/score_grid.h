// A score as a grid: what reached the query in rows, what reached the key in columns, with their
// sums in the margins.
#pragma once

#include "view/told_score.h"

namespace view {

class ScoreGridCard {
 public:
  ScoreGridCard(Scene& scene, float width, const ToldScore& told, PlaceChoice& choice);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_labels();
  void draw_sums();
  void draw_cell(const GridPlace& place);
  void draw_shown(const Rect& r);
  Rect cell(const GridPlace& place) const;  // of a row or a column: all of it, label and sum too
  Color color(float sum) const;
  bool is_cut(const engine::ScoreSide& side, engine::Input input) const;
  std::string sentence() const;

  Scene& scene_;
  const ToldScore& told_;
  PlaceChoice& choice_;
  const int rows_, columns_;
  float pitch_ = 0, cell_height_ = 0, label_height_ = 0, note_height_ = 0, height_ = 0;
  Point corner_;  // of the cells, while drawing
};

}  // namespace view
