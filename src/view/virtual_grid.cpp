#include "view/virtual_grid.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr float label_height = 18;
constexpr float note_height = 22;
constexpr float widest_cell = 70, tallest_cell = 34, widest_square = 34;

}  // namespace

VirtualGrid::VirtualGrid(Scene& scene, float width)
    : scene_(scene),
      n_heads_(scene.explorer.config().n_heads),
      n_layers_(scene.explorer.config().n_layers) {
  side_ = (n_layers_ - 1) * n_heads_;
  const TextStyle style = scene.canvas.muted();
  label_width_ = scene.canvas.text_width("L0H" + std::to_string(n_heads_ - 1), style) + 8;
  const float room = width - 2 * card_padding(width) - label_width_;
  pitch_ = std::min(room / float(side_), widest_cell);
  full_labels_ = pitch_ >= label_width_ - 5;
  cell_height_ = std::min(pitch_ > widest_square ? widest_square : pitch_, tallest_cell);
  // Of three layers and more, rows are at least as high as their labels.
  cell_height_ = std::max(cell_height_, n_layers_ > 2 ? 16.0f : 20.0f);
  const float labels = full_labels_ ? label_height : 2 * label_height;
  const float deeper = n_layers_ > 2 ? note_height : 0;
  height_ = card_height(width, labels + float(side_) * cell_height_ + note_height + deeper + 6);
  values_ = scene.explorer.remembered("virtual heads", [this] { return read_terms(); });
}

std::size_t VirtualGrid::index(engine::HeadId earlier, engine::HeadId later) const {
  return std::size_t(row_of(earlier) * side_ + column_of(later));
}

VirtualGrid::Values VirtualGrid::read_terms() const {
  Values values;
  values.cells.resize(std::size_t(side_) * std::size_t(side_));
  double deeper = 0;
  for (const engine::Term& term : scene_.explorer.cut_expansion().terms) {
    if (term.kind != engine::TermKind::virtual_head) continue;
    if (term.path.size() > 2) {
      ++values.deeper_count;
      deeper += double(term.logit);
      continue;
    }
    values.cells[index(term.path[0], term.path[1])] = {term.cut, term.logit};
    values.largest = std::max(values.largest, std::abs(term.logit));
  }
  values.deeper = float(deeper);
  return values;
}

Rect VirtualGrid::place(engine::HeadId earlier, engine::HeadId later) const {
  return {corner_.x + float(column_of(later)) * pitch_,
          corner_.y + float(row_of(earlier)) * cell_height_, pitch_, cell_height_};
}

void VirtualGrid::draw(const Rect& r) {
  const Rect inside = card(scene_.canvas, r, n_layers_ == 2 ? words().grid : words().grid_layers);
  corner_ = {inside.x + label_width_, inside.y + (full_labels_ ? label_height : 2 * label_height)};
  draw_labels();
  for (const engine::HeadId earlier : engine::all_heads(scene_.explorer.config()))
    for (const engine::HeadId later : engine::all_heads(scene_.explorer.config()))
      if (later.layer > earlier.layer) draw_cell(earlier, later);
  const float bottom = corner_.y + float(side_) * cell_height_;
  draw_note({inside.x, bottom + 6, inside.w, note_height});
  if (n_layers_ > 2)
    scene_.canvas.text(
        {inside.x, bottom + 6 + note_height, inside.w, note_height},
        fill(words().grid_deeper, {grouped(values_->deeper_count), signed_number(values_->deeper)}),
        scene_.canvas.muted());
}

void VirtualGrid::draw_labels() const {
  Canvas& canvas = scene_.canvas;
  const auto& shown = scene_.explorer.shown_term();
  for (const engine::HeadId head : engine::all_heads(scene_.explorer.config())) {
    const bool lit =
        shown && std::find(shown->path.begin(), shown->path.end(), head) != shown->path.end();
    TextStyle style = lit ? canvas.strong(text_size::small) : canvas.muted();
    if (head.layer + 1 < n_layers_) {
      const Rect row{corner_.x - label_width_, corner_.y + float(row_of(head)) * cell_height_,
                     label_width_ - 6, cell_height_};
      canvas.text(row, engine::name(head), style);
      scene_.pointer.on_head(row, head);
    }
    if (head.layer == 0) continue;
    style.align = Align::center;
    const float x = corner_.x + float(column_of(head)) * pitch_;
    const Rect column{x - 4, corner_.y - label_height, pitch_ + 8, label_height - 2};
    const bool room = pitch_ >= (n_heads_ > 10 ? 19 : 12) || head.head % 2 == 0;
    if (full_labels_ || (room && pitch_ >= 8))
      canvas.text(column, full_labels_ ? engine::name(head) : std::to_string(head.head), style);
    scene_.pointer.on_head({x, column.y, pitch_, column.h}, head);
    if (!full_labels_ && head.head == 0)
      canvas.text({x + 2, corner_.y - 2 * label_height, 60, label_height},
                  "L" + std::to_string(head.layer), canvas.muted());
  }
}

void VirtualGrid::draw_cell(engine::HeadId earlier, engine::HeadId later) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const Cell& c = values_->cells[index(earlier, later)];
  const Rect hit = place(earlier, later);
  const Rect r = hit.inset(std::min(1.5f, pitch_ / 12));
  const explorer::TermKey term{{earlier, later}, false};
  const auto& shown = scene_.explorer.shown_term();
  const bool lit = shown && term == *shown;
  const float value = values_->largest > 0 ? c.logit / values_->largest : 0;
  const float strength = std::abs(value);
  const Color back = color(value);
  canvas.fill(r, back, 3);
  if (c.cut) {
    canvas.line({r.x + 3, r.bottom() - 3}, {r.right() - 3, r.y + 3}, theme.muted, 1.5f);
  } else if (r.w >= 40 && strength >= 0.08f) {
    TextStyle style = canvas.style(text_size::small);
    style.color = ink_on(theme, back);
    style.align = Align::center;
    canvas.text({hit.x, hit.y, hit.w, hit.h}, signed_number(c.logit), style);
  } else if (strength >= 0.08f) {
    canvas.plus_or_minus(r.center(), std::min(7.0f, r.w * 0.45f), c.logit, ink_on(theme, back));
  }
  if (lit) canvas.outline(r.inset(-1), theme.text, 4, 2);
  scene_.pointer.on_term(hit, term);
}

void VirtualGrid::draw_note(const Rect& r) const {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const auto& shown = scene_.explorer.shown_term();
  if (shown && !shown->bias && shown->path.size() == 2) {
    for (const engine::Term& term : scene_.explorer.cut_expansion().terms) {
      if (term.kind == engine::TermKind::bias || term.path != shown->path) continue;
      TextStyle style = canvas.strong(text_size::small);
      style.color = term.cut ? theme.muted : signed_color(theme, term.logit);
      const std::string value = term.cut ? words().cut_term : signed_number(term.logit);
      canvas.text(r, fill(words().grid_cell, {term_label(*shown), value}), style);
    }
    return;
  }
  std::vector<Color> steps;
  for (int i = -5; i <= 5; ++i) steps.push_back(color(float(i) / 5));
  color_key(canvas, r, signed_number(-values_->largest), signed_number(values_->largest), steps);
}

// Even the smallest is seen as a cell.
Color VirtualGrid::color(float value) const {
  const Theme& theme = scene_.canvas.theme();
  return mixed(theme.card, signed_color(theme, value), 0.06f + 0.94f * std::abs(value));
}

}  // namespace view
