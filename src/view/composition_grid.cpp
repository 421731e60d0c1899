#include "view/composition_grid.h"

#include <algorithm>

#include "view/words.h"

namespace view {

namespace {

constexpr float key_height = 26;

const char* title_of(engine::Input input) {
  const Words& w = words();
  return input == engine::Input::Q   ? w.q_composition
         : input == engine::Input::K ? w.k_composition
                                     : w.v_composition;
}

}  // namespace

CompositionGrid::CompositionGrid(Scene& scene, float width, engine::Input input, WireChoice& choice)
    : scene_(scene),
      input_(input),
      choice_(choice),
      grid_(scene, width - 2 * card_padding(width)),
      height_(card_height(width, grid_.height() + key_height)) {}

void CompositionGrid::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, title_of(input_));
  grid_.place({inside.x, inside.y});
  grid_.draw_labels(choice_.shown.earlier, choice_.shown.later);
  for (const engine::HeadPair& pair : choice_.composed.pairs)
    draw_cell({pair.earlier, pair.later, input_});
  std::vector<Color> steps;
  for (int i = 0; i <= 5; ++i)
    steps.push_back(mixed(canvas.theme().card, color_of(canvas.theme(), input_), float(i) / 5));
  color_key(canvas, {inside.x, inside.y + grid_.height() + 6, inside.w, key_height - 6},
            words().chance, signed_number(float(choice_.composed.largest)), steps);
}

void CompositionGrid::draw_cell(const Wire& wire) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const Rect r = grid_.cell(wire.earlier, wire.later);
  const double above = choice_.composed.above_chance(wire);
  const float part = float(std::clamp(above / choice_.composed.largest, 0.0, 1.0));
  canvas.fill(r, mixed(theme.card, color_of(theme, input_), 0.05f + 0.95f * part), 3);
  if (scene_.explorer.is_cut(cut_of(wire)))
    canvas.line({r.x + 3, r.bottom() - 3}, {r.right() - 3, r.y + 3}, theme.text, 1.5f);
  if (wire == choice_.shown) canvas.outline(r.inset(-1), theme.text, 4, 2);
  choice_.offer(scene_, grid_.hit(wire.earlier, wire.later), wire);
}

}  // namespace view
