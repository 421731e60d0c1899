#include "engine/crossed_trigrams.h"

#include <algorithm>
#include <vector>

namespace engine {

namespace {

// The counted tokens with the highest positive values, highest first.
std::vector<int> highest_counted(const Vector& values, const BigramCounts& counts, int most) {
  std::vector<int> tokens;
  for (const int token : by_falling(values)) {
    if (values[token] <= 0 || int(tokens.size()) == most) break;
    if (counts.is_counted(token)) tokens.push_back(token);
  }
  return tokens;
}

}  // namespace

float CrossedTrigrams::weakest() const {
  return std::min(qk[0], qk[1]) * std::min(ov[0], ov[1]);
}

std::optional<CrossedTrigrams> crossed_trigrams(const SourceColumn& column,
                                                const BigramCounts& counts, int source, int most) {
  const std::vector<int> destinations = highest_counted(column.qk, counts, most);
  const std::vector<int> outputs = highest_counted(column.ov, counts, most);
  const auto listed = [&](int destination, int output) {
    return counts.log_probability(destination, output).has_value();
  };
  std::optional<CrossedTrigrams> best;
  const auto consider = [&](int d1, int d2, int o1, int o2) {
    if (!listed(d1, o1) || !listed(d2, o2) || listed(d1, o2) || listed(d2, o1)) return;
    const CrossedTrigrams found{
        source, {d1, d2}, {o1, o2}, {column.qk[d1], column.qk[d2]}, {column.ov[o1], column.ov[o2]}};
    if (!best || found.weakest() > best->weakest()) best = found;
  };
  for (std::size_t i = 0; i < destinations.size(); ++i)
    for (std::size_t j = i + 1; j < destinations.size(); ++j)
      for (const int o1 : outputs)
        for (const int o2 : outputs)
          if (o1 != o2) consider(destinations[i], destinations[j], o1, o2);
  return best;
}

}  // namespace engine
