// Eigenvalues as dots in the complex plane, in a square around 0 that just holds them.
#pragma once

#include "engine/factored_matrix.h"
#include "view/scene.h"

namespace view {

void draw_complex_plane(Scene& scene, const Rect& square,
                        const std::vector<engine::Complex>& values);

}  // namespace view
