#include "view/composition_grid.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr float label_width = 42, label_height = 20, tallest = 30, key_height = 26;

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
      n_heads_(scene.explorer.config().n_heads),
      side_((scene.explorer.config().n_layers - 1) * n_heads_) {
  const float room = width - 2 * card_padding(width) - label_width;
  cell_ = std::min(room / float(side_), tallest);
  height_ = card_height(width, 2 * label_height + cell_ * float(side_) + key_height);
}

void CompositionGrid::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, title_of(input_));
  corner_ = {inside.x + label_width, inside.y + 2 * label_height};
  draw_labels();
  for (const engine::HeadPair& pair : choice_.composed.pairs)
    draw_cell({pair.earlier, pair.later, input_});
  std::vector<Color> steps;
  for (int i = 0; i <= 5; ++i)
    steps.push_back(mixed(canvas.theme().card, color_of(canvas.theme(), input_), float(i) / 5));
  color_key(canvas, {inside.x, corner_.y + cell_ * float(side_) + 6, inside.w, key_height - 6},
            words().chance, signed_number(float(choice_.composed.largest)), steps);
}

void CompositionGrid::draw_labels() const {
  Canvas& canvas = scene_.canvas;
  const int n_layers = scene_.explorer.config().n_layers;
  const Wire& shown = choice_.shown;
  const auto style_of = [&](bool lit) { return lit ? canvas.strong(11) : canvas.muted(11); };
  const bool rows_fit = cell_ >= 12, columns_fit = cell_ >= 12;
  for (const engine::HeadId head : engine::all_heads(scene_.explorer.config())) {
    if (head.layer + 1 < n_layers && (rows_fit || head.head % 3 == 0))
      canvas.text({corner_.x - label_width, corner_.y + float(row_of(head)) * cell_,
                   label_width - 6, cell_},
                  engine::name(head), style_of(head == shown.earlier));
    if (head.layer == 0) continue;
    const float x = corner_.x + float(column_of(head)) * cell_;
    TextStyle style = style_of(head == shown.later);
    style.align = Align::center;
    if (columns_fit || head.head % 3 == 0)
      canvas.text({x - 10, corner_.y - label_height, cell_ + 20, label_height},
                  std::to_string(head.head), style);
    if (head.head == 0) {
      TextStyle layer = canvas.muted(11);
      canvas.text({x, corner_.y - 2 * label_height, cell_ * float(n_heads_), label_height},
                  "L" + std::to_string(head.layer), layer);
    }
  }
}

void CompositionGrid::draw_cell(const Wire& wire) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const Rect hit{corner_.x + float(column_of(wire.later)) * cell_,
                 corner_.y + float(row_of(wire.earlier)) * cell_, cell_, cell_};
  const Rect r = hit.inset(cell_ > 8 ? 1.0f : 0.0f);
  const double above = choice_.composed.above_chance(wire);
  const float part = float(std::clamp(above / choice_.composed.largest, 0.0, 1.0));
  canvas.fill(r, mixed(theme.card, color_of(theme, input_), 0.05f + 0.95f * part), 3);
  if (scene_.explorer.is_cut(cut_of(wire)))
    canvas.line({r.x + 3, r.bottom() - 3}, {r.right() - 3, r.y + 3}, theme.text, 1.5f);
  if (wire == choice_.shown) canvas.outline(r.inset(-1), theme.text, 4, 2);
  choice_.offer(scene_, hit, wire);
}

}  // namespace view
