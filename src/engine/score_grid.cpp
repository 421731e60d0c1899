#include "engine/score_grid.h"

#include <algorithm>
#include <cassert>

#include "engine/factored_matrix.h"

namespace engine {

namespace {

bool is_same(const ScoreSide& a, const ScoreSide& b) {
  return a.kind == b.kind && a.path == b.path;
}

int place_of(const ScoreSide& side, const std::vector<ScoreSide>& sides) {
  const auto found = std::find_if(sides.begin(), sides.end(),
                                  [&](const ScoreSide& other) { return is_same(side, other); });
  return found == sides.end() ? -1 : int(found - sides.begin());
}

// All that can write what a head of this layer reads, in the grid's order.
std::vector<ScoreSide> all_writers(const Config& config, int layer) {
  std::vector<ScoreSide> writers{{ScoreSide::Kind::path, {}}};
  for (const HeadId head : all_heads(config))
    if (head.layer < layer) writers.push_back({ScoreSide::Kind::path, {head}});
  writers.push_back({ScoreSide::Kind::position, {}});
  writers.push_back({ScoreSide::Kind::bias, {}});
  return writers;
}

}  // namespace

ScoreSide writer(const ScoreSide& side) {
  if (side.path.size() < 2) return side;
  return {side.kind, {side.path.back()}};
}

ScoreGrid score_grid(const Config& config, const ScoreExpansion& expansion) {
  const std::vector<ScoreSide> writers = all_writers(config, expansion.head.layer);
  std::vector<char> queries(writers.size()), keys(writers.size());
  MatrixOf<double> sums =
      MatrixOf<double>::Zero(Eigen::Index(writers.size()), Eigen::Index(writers.size()));
  for (const ScoreTerm& term : expansion.terms) {
    const int query = place_of(writer(term.query), writers);
    const int key = place_of(writer(term.key), writers);
    assert(query >= 0 && key >= 0);
    sums(query, key) += double(term.score);
    queries[std::size_t(query)] = keys[std::size_t(key)] = true;
  }
  ScoreGrid grid;
  std::vector<int> rows, columns;
  for (std::size_t i = 0; i < writers.size(); ++i) {
    if (queries[i]) rows.push_back(int(i));
    if (queries[i]) grid.queries.push_back(writers[i]);
    if (keys[i]) columns.push_back(int(i));
    if (keys[i]) grid.keys.push_back(writers[i]);
  }
  const MatrixOf<double> kept = sums(rows, columns);
  grid.sums = kept.cast<float>();
  grid.query_sums = kept.rowwise().sum().cast<float>();
  grid.key_sums = kept.colwise().sum().transpose().cast<float>();
  return grid;
}

std::vector<int> by_size(const Vector& sums) {
  return by_falling(sums.cwiseAbs());
}

}  // namespace engine
