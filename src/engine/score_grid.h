// ScoreGrid: an attention score's terms, gathered by what wrote the query and the key last: the
// token itself, each earlier head (whatever reached it), positions, biases. Of a head in layer 1
// each place holds one term; of deeper ones those of all paths that end alike, which is what a cut
// of one wire takes out. Paper: "Path Expansion of Attention Scores QK Circuit".
#pragma once

#include <vector>

#include "engine/score_expansion.h"

namespace engine {

struct ScoreGrid {
  // A path of one head or none: the token, earlier heads in their order, position, bias; those that
  // the score has.
  std::vector<ScoreSide> queries, keys;
  Matrix sums;                  // queries x keys: of the terms, divided by attn_scale
  Vector query_sums, key_sums;  // of its rows (queries) and columns (keys)
};

// What wrote it last: "L0H3-L1H5" gives "L1H5", all others themselves.
ScoreSide writer(const ScoreSide& side);

// `config` is the model's of the expansion.
ScoreGrid score_grid(const Config& config, const ScoreExpansion& expansion);

// Indices by falling size: sums of writers, the largest first.
std::vector<int> by_size(const Vector& sums);

}  // namespace engine
