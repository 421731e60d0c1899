// Figures: drawings of an Explorer's values with Dear ImGui, each in one call a frame.
// Whoever runs the frame calls ImGui::NewFrame, the figure, ImGui::Render, and does so again while
// the explorer's revision grew during the frame: what the pointer is on is known only after
// drawing.
//
// Fonts, in this order in io.Fonts->Fonts: regular, semibold, monospaced (assets/fonts). Where the
// later ones are missing the first stands in.
#pragma once

#include <string>
#include <string_view>

#include "explorer/explorer.h"

namespace view {

class Svg;

struct Frame {
  float width = 0;          // device pixels
  float dpr = 1;            // device pixels per CSS pixel
  bool dark = false;        // colours for a dark page
  bool focused = false;     // keys go to the figure
  bool focus_ring = false;  // and that is shown
  bool touch = false;       // nothing hovers
  std::string language = "en";
  Svg* svg = nullptr;  // gets the figure as well
};

// What the wheel does where the pointer is, with Ctrl or where the figure has the keys: it scrolls
// the page, or zooms in the figure; one that shows all it has zooms in only, and without Ctrl
// leaves turning down to the page. Without Ctrl and keys the wheel is always the page's.
enum class Wheel { page, enlarges, zooms };

struct Drawn {
  // Device pixels that the figure wants: depends on the width and on what is shown, never on the
  // height it has.
  float height = 0;
  Wheel wheel = Wheel::page;
};

// Draws at (0, 0) of the current frame.
using Figure = Drawn (*)(explorer::Explorer&, const Frame&);

// By its name; null where no figure is called so.
Figure find_figure(std::string_view name);
std::string figure_names();  // "paths, attention, ...": for messages

Drawn draw_paths(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_attention(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_bigrams(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_expansion(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_heads(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_composition(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_induction(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_importance(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_scores(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_skip_trigrams(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_training(explorer::Explorer& explorer, const Frame& frame);
Drawn draw_live(explorer::Explorer& explorer, const Frame& frame);

}  // namespace view
