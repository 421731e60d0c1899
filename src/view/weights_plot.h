// A matrix over tokens as a square of cells, raising or lowering: row = output, column = source.
#pragma once

#include "view/scene.h"

namespace view {

// Colours are against `largest`. Cells too small to be seen are drawn together, by the strongest.
void draw_weights(Canvas& canvas, const Rect& square, const engine::Matrix& weights, float largest);

}  // namespace view
