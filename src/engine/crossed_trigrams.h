// Crossed skip-trigrams: what a head must raise beside what it is for. QK decides whether a
// destination looks at a source, OV what the source then raises, and neither knows of the other: a
// head with keep ... in -> mind and keep ... at -> bay has keep ... in -> bay and keep ... at ->
// mind too. Paper: "Limitation of Skip-Trigrams: bugs".
#pragma once

#include <array>
#include <optional>

#include "engine/bigrams.h"
#include "engine/skip_trigrams.h"

namespace engine {

struct CrossedTrigrams {
  int source = 0;
  // The counts list destinations[i] -> outputs[i], and not destinations[i] -> outputs[1 - i].
  std::array<int, 2> destinations{}, outputs{};
  std::array<float, 2> qk{}, ov{};  // of the tables, all positive

  float strength(int destination, int output) const {
    return qk[std::size_t(destination)] * ov[std::size_t(output)];
  }
  float weakest() const;  // of the four strengths
};

// Of a source's destinations with the `most` highest qk and outputs with the `most` highest ov,
// both positive and both among the tokens that were counted: the two and two of the greatest
// weakest strength, of equal ones the first. A pair that is not listed came seldom or never. None
// where no four are so.
std::optional<CrossedTrigrams> crossed_trigrams(const SourceColumn& column,
                                                const BigramCounts& counts, int source, int most);

}  // namespace engine
