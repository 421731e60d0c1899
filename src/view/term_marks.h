// What the token row shows of a term: its source tokens shaded by their share, an arc from the
// strongest to the position by way of where the path's heads wrote, and a sentence.
#pragma once

#include "view/scene.h"
#include "view/tokens.h"

namespace view {

// Of the shown term; of all terms together where none is shown. Of the token under the pointer the
// sentence tells what comes through it.
TokenMarks term_marks(Scene& scene);

// The positions by what all terms together have through them, the most first.
std::vector<int> strongest_sources(Scene& scene);

}  // namespace view
