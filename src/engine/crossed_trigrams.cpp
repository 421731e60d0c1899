#include "engine/crossed_trigrams.h"

#include <algorithm>
#include <vector>

namespace engine {

namespace {

// The counted tokens with the highest positive values, highest first.
std::vector<int> highest_counted(const Vector& values, const BigramCounts& counts, int most) {
  std::vector<int> tokens;
  for (int token = 0; token < int(values.size()); ++token)
    if (values[token] > 0 && counts.is_counted(token)) tokens.push_back(token);
  const auto kept = tokens.begin() + std::min(most, int(tokens.size()));
  std::partial_sort(tokens.begin(), kept, tokens.end(), [&](int a, int b) {
    return values[a] != values[b] ? values[a] > values[b] : a < b;
  });
  tokens.erase(kept, tokens.end());
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
  std::vector<std::vector<bool>> listed;  // destinations x outputs
  for (const int destination : destinations) {
    listed.emplace_back();
    for (const int output : outputs)
      listed.back().push_back(counts.log_probability(destination, output).has_value());
  }
  std::optional<CrossedTrigrams> best;
  const auto consider = [&](std::size_t i, std::size_t j, std::size_t k, std::size_t l) {
    if (!listed[i][k] || !listed[j][l] || listed[i][l] || listed[j][k]) return;
    const int d1 = destinations[i], d2 = destinations[j], o1 = outputs[k], o2 = outputs[l];
    const CrossedTrigrams found{
        source, {d1, d2}, {o1, o2}, {column.qk[d1], column.qk[d2]}, {column.ov[o1], column.ov[o2]}};
    if (!best || found.weakest() > best->weakest()) best = found;
  };
  for (std::size_t i = 0; i < destinations.size(); ++i)
    for (std::size_t j = i + 1; j < destinations.size(); ++j)
      for (std::size_t k = 0; k < outputs.size(); ++k)
        for (std::size_t l = 0; l < outputs.size(); ++l)
          if (k != l) consider(i, j, k, l);
  return best;
}

}  // namespace engine
