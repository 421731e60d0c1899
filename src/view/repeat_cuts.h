// The wires to cut that make induction heads what they are: from the previous-token head into the
// keys of the strongest of them, and into all later keys.
#pragma once

#include "explorer/induction_reading.h"
#include "view/scene.h"

namespace view {

// From a left upper corner; returns where they end.
float draw_repeat_cuts(Scene& scene, Point at, float width, const explorer::InductionHeads& heads);

}  // namespace view
