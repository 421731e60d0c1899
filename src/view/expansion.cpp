// The `expansion` figure: the model starts as a product of layers and is multiplied out, layer by
// layer, into the sum of paths; each term is the tensor product A (x) W that it is.
#include <algorithm>
#include <cmath>

#include "view/badge.h"
#include "view/layer_product.h"
#include "view/sheet.h"
#include "view/term_cards.h"
#include "view/words.h"

namespace view {

namespace {

using explorer::Explorer;

constexpr float widest = 1700;
const char* const stage_name = "expanded layers";

// How many layers are multiplied out: at first none.
int kept_stage(const engine::Config& config) {
  return std::clamp(kept(stage_name, 0), 0, config.n_layers);
}

std::string sentence(const Explorer& explorer, int stage) {
  const engine::Config& config = explorer.config();
  const std::string terms = grouped(int(std::pow(1 + config.n_heads, stage)));
  if (stage == config.n_layers) return fill(words().expanded_all, {terms});
  return stage == 0 ? words().expanded_none : fill(words().expanded_some, {terms});
}

std::vector<std::string> stages(const engine::Config& config) {
  std::vector<std::string> names{words().stage_product};
  for (int layer = 0; layer + 1 < config.n_layers; ++layer)
    names.push_back(fill(words().stage_layer, {std::to_string(layer)}));
  names.push_back(words().stage_sum);
  return names;
}

void take_keys(Scene& scene, int stage, int last) {
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow) && stage > 0) keep(scene, stage_name, stage - 1);
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow) && stage < last) keep(scene, stage_name, stage + 1);
}

}  // namespace

Drawn draw_expansion(Explorer& explorer, const Frame& frame) {
  Sheet sheet("expansion", explorer, frame);
  Scene& scene = sheet.scene();
  const engine::Config& config = explorer.config();
  if (explorer.empty()) return sheet.end_sentence(words().empty_paths);
  if (!explorer.run_trouble().empty()) return sheet.end_sentence(explorer.run_trouble().c_str());
  if (!explorer.terms_trouble().empty())
    return sheet.end_sentence(explorer.terms_trouble().c_str());
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  const int stage = kept_stage(config);
  Point at{space::margin, space::margin};
  if (config.n_layers > 0) {
    const int chosen = choice(scene, at, stages(config), stage, width);
    if (chosen >= 0) keep(scene, stage_name, chosen);
    at.y += choice_height(scene, stages(config), width) + 4;
  }
  at.y += scene.canvas.paragraph({at.x, at.y, width, 0}, sentence(explorer, stage),
                                 scene.canvas.style()) +
          10;
  if (stage < config.n_layers) {
    LayerProduct product(scene, width, stage);
    product.draw({at.x, at.y, width, product.height()});
    at.y += product.height();
  } else {
    TermCards cards(scene, width);
    cards.draw(at);
    at.y += cards.height();
    const Badge badge(scene, std::min(width, 620.0f));
    badge.draw({at.x, at.y, std::min(width, 620.0f), badge.height()});
    at.y += badge.height();
  }
  scene.pointer.act(explorer);
  scene.pointer.draw_tool(scene.canvas, explorer);
  if (frame.focused) take_keys(scene, stage, config.n_layers);
  return sheet.end(at.y + space::margin);
}

}  // namespace view
