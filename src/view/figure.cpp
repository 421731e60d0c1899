#include "view/figure.h"

namespace view {

namespace {

struct Named {
  const char* name;
  Figure draw;
};

// In the page's order.
const Named figures[] = {
    {"paths", draw_paths},
    {"attention", draw_attention},
    {"bigrams", draw_bigrams},
    {"skip-trigrams", draw_skip_trigrams},
    {"expansion", draw_expansion},
    {"heads", draw_heads},
    {"composition", draw_composition},
    {"scores", draw_scores},
    {"induction", draw_induction},
    {"importance", draw_importance},
    {"training", draw_training},
    {"live", draw_live},
};

}  // namespace

Figure find_figure(std::string_view name) {
  for (const Named& figure : figures)
    if (name == figure.name) return figure.draw;
  return nullptr;
}

std::string figure_names() {
  std::string names;
  for (const Named& figure : figures)
    names += (names.empty() ? "" : ", ") + std::string(figure.name);
  return names;
}

}  // namespace view
