#include "view/figure.h"

#include <utility>

namespace view {

namespace {

std::function<std::string(std::string_view)>& mapping() {
  static std::function<std::string(std::string_view)> set;
  return set;
}

}  // namespace

Figure find_figure(std::string_view name) {
  if (name == "paths") return draw_paths;
  if (name == "attention") return draw_attention;
  return nullptr;
}

std::string drawable(std::string_view utf8) {
  return mapping() ? mapping()(utf8) : std::string(utf8);
}

void set_drawable(std::function<std::string(std::string_view)> to) { mapping() = std::move(to); }

}  // namespace view
