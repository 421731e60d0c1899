// What the token row shows of a term: its source tokens shaded by their share, an arc from the
// strongest to the position by way of where the path's heads wrote, and a sentence.
#pragma once

#include "view/scene.h"
#include "view/tokens.h"

namespace view {

// Of the shown term; of all terms together where none is shown. `pointed` is the token under the
// pointer, whose share the sentence then tells, or -1.
TokenMarks term_marks(Scene& scene, int pointed);

}  // namespace view
