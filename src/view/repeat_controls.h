// What random tokens the induction figure runs on: how long the block, how many of them, other
// ones; and the wires to cut that make induction heads what they are.
#pragma once

#include "explorer/induction_reading.h"
#include "view/scene.h"

namespace view {

// From a left upper corner; returns where it ends.
float draw_repeat_controls(Scene& scene, Point at, float width,
                           const explorer::InductionHeads& heads);

}  // namespace view
