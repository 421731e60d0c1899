// What the parts of the scores figure share: the score with its terms and their grid, and which
// place of the grid is shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/score_grid.h"
#include "view/scene.h"

namespace view {

struct ToldScore {
  engine::ScoreExpansion expansion;
  engine::ScoreGrid grid;
  float largest = 0;  // of the grid's cells, by size
};

// The score of the explorer's head, from the position to the source. There is a run, with as few
// terms as can be told.
ToldScore told_score_of(explorer::Explorer& explorer);

// A cell of the grid, or all of a query's row (key -1) or of a key's column (query -1).
struct GridPlace {
  int query = -1, key = -1;
};
inline bool operator==(const GridPlace& a, const GridPlace& b) {
  return a.query == b.query && a.key == b.key;
}
GridPlace largest_cell(const ToldScore& told);
float sum_at(const ToldScore& told, const GridPlace& place);
// The cuts of the wires that end there: "L0H6>L1H6:K"; none where no head wrote either side.
std::vector<std::string> cuts_at(const ToldScore& told, const GridPlace& place);

// The place that is shown: pointed at, or else clicked, or else the largest.
struct PlaceChoice {
  GridPlace shown;
  std::optional<GridPlace> pointed, clicked;

  // A rectangle that stands for the place.
  void offer(Scene& scene, const Rect& r, const GridPlace& place);
};

// "token", "L0H3 → L1H5", "position", "bias": beside a row or column; and as sentences have it.
std::string label_of(const engine::ScoreSide& side);
std::string told_name(const engine::ScoreSide& side, const engine::Config& config);

}  // namespace view
