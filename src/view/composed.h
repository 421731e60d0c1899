// What the parts of the composition figure share: the pairs of heads with the score of each input,
// above what random matrices of the same shapes have; which wire is shown.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/composition.h"
#include "view/scene.h"

namespace view {

// A head's write as it goes into another head's queries, keys or values.
struct Wire {
  engine::HeadId earlier, later;
  engine::Input input = engine::Input::K;
};
inline bool operator==(const Wire& a, const Wire& b) {
  return a.earlier == b.earlier && a.later == b.later && a.input == b.input;
}
std::string cut_of(const Wire& wire);  // "L0H6>L1H4:K"

struct Composed {
  std::vector<engine::HeadPair> pairs;  // by the earlier head, then the later
  engine::CompositionBaseline baseline;
  double largest = 0;  // of above_chance, over pairs and inputs

  // The score minus the baseline's mean; 0 where a head has no weights.
  double above_chance(const Wire& wire) const;
  const engine::HeadPair& pair(const Wire& wire) const;
  Wire strongest() const;
};
Composed composed_of(const engine::CompositionReadings& readings);

// The colour of an input: that of queries, keys or values.
Color color_of(const Theme& theme, engine::Input input);

// The wire that is shown: pointed at, or else clicked, or else the strongest.
struct WireChoice {
  const Composed& composed;
  Wire shown;
  std::optional<Wire> pointed, clicked;

  // A rectangle or a place that stands for the wire.
  void offer(Scene& scene, const Rect& r, const Wire& wire);
};

}  // namespace view
