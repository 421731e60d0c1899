// What the fonts lack, drawn by the platform: one mapping of text for all figures.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace view {

// UTF-8 in which every grapheme that the fonts lack is replaced by a private-use code point that
// the platform draws in its place. The text itself until a platform sets its mapping.
std::string drawable(std::string_view utf8);
// Drawable text as it was.
std::string written(std::string_view drawable);

using TextMapping = std::function<std::string(std::string_view)>;
void set_drawable(TextMapping drawable, TextMapping written);

}  // namespace view
