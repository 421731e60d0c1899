#include "view/drawable.h"

#include <utility>

namespace view {

namespace {

std::function<std::string(std::string_view)>& mapping() {
  static std::function<std::string(std::string_view)> set;
  return set;
}

// Everything below U+0180 is in the fonts, and combines with nothing.
bool is_plain_latin(std::string_view utf8) {
  for (const char byte : utf8)
    if (static_cast<unsigned char>(byte) >= 0xC6) return false;
  return true;
}

}  // namespace

std::string drawable(std::string_view utf8) {
  if (!mapping() || is_plain_latin(utf8)) return std::string(utf8);
  return mapping()(utf8);
}

void set_drawable(std::function<std::string(std::string_view)> to) {
  mapping() = std::move(to);
}

}  // namespace view
