// The browser's own fonts, through a JavaScript object (web/engine/glyphs.js) with two methods:
//   split(text) -> [piece, ...]
//   draw(piece, em, face) -> {width, height, left, top, advance, coloured, pixels} or null
#pragma once

#include <emscripten/val.h>

#include <memory>

#include "platform/platform.h"

namespace platform {

std::unique_ptr<Rasterizer> browser_fonts(emscripten::val rasterizer);

}  // namespace platform
