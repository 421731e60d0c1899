#include "view/composed.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace view {

std::string cut_of(const Wire& wire) {
  return engine::name(wire.earlier) + ">" + engine::name(wire.later) + ":" +
         engine::letter(wire.input);
}

const engine::HeadPair& Composed::pair(const Wire& wire) const {
  const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const engine::HeadPair& pair) {
    return pair.earlier == wire.earlier && pair.later == wire.later;
  });
  assert(found != pairs.end());
  return *found;
}

double Composed::above_chance(const Wire& wire) const {
  const double score = pair(wire).scores.of(wire.input);
  return std::isfinite(score) ? score - baseline.mean.of(wire.input) : 0;
}

Wire Composed::strongest() const {
  Wire strongest{pairs.front().earlier, pairs.front().later, engine::Input::K};
  for (const engine::HeadPair& pair : pairs)
    for (const engine::Input input : engine::all_inputs) {
      const Wire wire{pair.earlier, pair.later, input};
      if (above_chance(wire) > above_chance(strongest)) strongest = wire;
    }
  return strongest;
}

Composed composed_of(const engine::CompositionReadings& readings) {
  Composed composed{readings.pairs(), readings.baseline(), 0};
  composed.largest = std::max(1e-9, composed.above_chance(composed.strongest()));
  return composed;
}

Color color_of(const Theme& theme, engine::Input input) {
  return input == engine::Input::Q   ? theme.query
         : input == engine::Input::K ? theme.key
                                     : theme.value;
}

void WireChoice::offer(Scene& scene, const Rect& r, const Wire& wire) {
  if (scene.pointer.over(r)) pointed = wire;
  if (scene.pointer.button(r)) clicked = wire;
}

}  // namespace view
