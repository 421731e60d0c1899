#include "view/drawable.h"

#include <utility>

namespace view {

namespace {

struct Mappings {
  TextMapping drawable, written;
};

Mappings& mappings() {
  static Mappings set;
  return set;
}

// Everything below U+0180 is in the fonts, and combines with nothing.
bool is_plain_latin(std::string_view utf8) {
  for (const char byte : utf8)
    if (static_cast<unsigned char>(byte) >= 0xC6) return false;
  return true;
}

std::string mapped(const TextMapping& mapping, std::string_view utf8) {
  if (!mapping || is_plain_latin(utf8)) return std::string(utf8);
  return mapping(utf8);
}

}  // namespace

std::string drawable(std::string_view utf8) {
  return mapped(mappings().drawable, utf8);
}

std::string written(std::string_view drawable) {
  return mapped(mappings().written, drawable);
}

void set_drawable(TextMapping drawable, TextMapping written) {
  mappings() = {std::move(drawable), std::move(written)};
}

}  // namespace view
