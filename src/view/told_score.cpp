#include "view/told_score.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

using engine::ScoreSide;

ToldScore told_score_of(explorer::Explorer& explorer) {
  ToldScore told;
  told.expansion = engine::expand_score(explorer.loaded().model, explorer.cut_run(),
                                        explorer.head(), explorer.position(), explorer.source());
  told.grid = engine::score_grid(explorer.config(), told.expansion);
  told.largest = std::max(1e-9f, told.grid.sums.cwiseAbs().maxCoeff());
  return told;
}

GridPlace largest_cell(const ToldScore& told) {
  Eigen::Index query, key;
  told.grid.sums.cwiseAbs().maxCoeff(&query, &key);
  return {int(query), int(key)};
}

float sum_at(const ToldScore& told, const GridPlace& place) {
  if (place.query < 0) return told.grid.key_sums[place.key];
  if (place.key < 0) return told.grid.query_sums[place.query];
  return told.grid.sums(place.query, place.key);
}

std::vector<std::string> cuts_at(const ToldScore& told, const GridPlace& place) {
  std::vector<std::string> cuts;
  const auto add = [&](const ScoreSide& side, const char* input) {
    if (!side.path.empty())
      cuts.push_back(engine::name(side.path.back()) + ">" + engine::name(told.expansion.head) +
                     ":" + input);
  };
  if (place.query >= 0) add(told.grid.queries[std::size_t(place.query)], "Q");
  if (place.key >= 0) add(told.grid.keys[std::size_t(place.key)], "K");
  return cuts;
}

void PlaceChoice::offer(Scene& scene, const Rect& r, const GridPlace& place) {
  if (scene.pointer.over(r)) pointed = place;
  if (scene.pointer.button(r)) clicked = place;
}

std::string label_of(const ScoreSide& side) {
  switch (side.kind) {
    case ScoreSide::Kind::path:
      return side.path.empty() ? words().side_token : term_label({side.path, false});
    case ScoreSide::Kind::position:
      return words().side_position;
    case ScoreSide::Kind::bias:
      return words().bias;
  }
  return "";
}

std::string told_name(const ScoreSide& side, const engine::Config& config) {
  if (side.kind == ScoreSide::Kind::position) return words().the_position;
  if (side.kind == ScoreSide::Kind::bias) return words().the_biases;
  if (!side.path.empty()) return label_of(side);
  return config.positions == engine::Positions::standard ? words().the_token_there
                                                         : words().the_token;
}

}  // namespace view
