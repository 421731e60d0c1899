#include "view/figure.h"

namespace view {

Figure find_figure(std::string_view name) {
  if (name == "paths") return draw_paths;
  if (name == "attention") return draw_attention;
  if (name == "heads") return draw_heads;
  if (name == "composition") return draw_composition;
  if (name == "training") return draw_training;
  return nullptr;
}

}  // namespace view
