// Figures: drawings of an Explorer's values with Dear ImGui, each in one call a frame.
// Whoever runs the frame calls ImGui::NewFrame, the figure, ImGui::Render, and does so again while
// the explorer's revision grew during the frame: what the pointer is on is known only after
// drawing.
//
// Fonts, in this order in io.Fonts->Fonts: regular, semibold, monospaced (assets/fonts). Where the
// later ones are missing the first stands in.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "explorer/explorer.h"

namespace view {

struct Frame {
  float width = 0;              // device pixels
  float dpr = 1;                // device pixels per CSS pixel
  bool dark = false;            // colours for a dark page
  bool focused = false;         // keys go to the figure
  bool reduced_motion = false;  // nothing moves of itself
};

// Draws at (0, 0) of the current frame. Returns the height in device pixels that the figure wants,
// which depends on the width and on what is shown, never on the height it has.
using Figure = float (*)(explorer::Explorer&, const Frame&);

// "paths" or "attention"; null for any other name.
Figure find_figure(std::string_view name);

float draw_paths(explorer::Explorer& explorer, const Frame& frame);
float draw_attention(explorer::Explorer& explorer, const Frame& frame);

// UTF-8 in which every grapheme that the fonts lack is replaced by a private-use code point that
// the platform draws in its place. The text itself until a platform sets its mapping.
std::string drawable(std::string_view utf8);
void set_drawable(std::function<std::string(std::string_view)> mapping);

}  // namespace view
