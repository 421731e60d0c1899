#include "view/figure.h"

namespace view {

Figure find_figure(std::string_view name) {
  if (name == "paths") return draw_paths;
  if (name == "attention") return draw_attention;
  return nullptr;
}

}  // namespace view
