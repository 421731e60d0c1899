// One probability beside another: with something and without it, as two thin bars over each other
// with their numbers behind them.
#pragma once

#include <optional>

#include "view/scene.h"

namespace view {

constexpr float with_without_height = 30;
// From 0 to 1; without a second value there is one bar.
void draw_with_without(Scene& scene, const Rect& r, float with, std::optional<float> without);

// A key to the two bars, in one line or, where that is too narrow, in two.
float with_without_key_height(const Scene& scene, float width);
void draw_with_without_key(Scene& scene, const Rect& r);

}  // namespace view
