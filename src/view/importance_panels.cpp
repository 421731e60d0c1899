#include "view/importance_panels.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

using engine::TermImportance;
using engine::TermNats;

constexpr float bar_row = 34, head_row = 19, name_width = 44, number_width = 62, key_height = 26;

std::string nats(double value, int digits) {
  return unsigned_number(float(value), digits);
}

float largest_of(const std::vector<TermNats>& terms) {
  float largest = 1e-6f;
  for (const TermNats& term : terms) largest = std::max(largest, std::abs(float(term.nats)));
  return largest;
}

bool lit(const Scene& scene, const engine::Path& path) {
  const auto& shown = scene.explorer.shown_term();
  return shown && *shown == explorer::TermKey{path, false};
}

}  // namespace

OrderBars::OrderBars(Scene& scene, float width, const TermImportance& importance)
    : scene_(scene),
      importance_(importance),
      height_(card_height(width, bar_row * float(importance.loss_by_order.size() + 1))) {}

void OrderBars::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const Words& w = words();
  const Rect inside = card(canvas, r, w.loss_by_order);
  const std::size_t orders = importance_.loss_by_order.size();
  double longest = importance_.loss_uniform;  // some models are worse than guessing
  for (const double loss : importance_.loss_by_order) longest = std::max(longest, loss);
  float y = inside.y;
  double before = 0;
  for (std::size_t row = 0; row <= orders; ++row) {
    const double loss = row == 0 ? importance_.loss_uniform : importance_.loss_by_order[row - 1];
    const std::string name = row == 0   ? w.order_uniform
                             : row == 1 ? w.order_direct
                             : row == 2 ? w.order_heads
                             : row == 3 ? w.order_virtual
                                        : fill(w.order_deeper, {std::to_string(row - 1)});
    canvas.text({inside.x, y, inside.w - number_width, 16}, name, canvas.style(text_size::small));
    const float full = inside.w - number_width;
    const Rect track{inside.x, y + 18, full, 9};
    const auto x_of = [&](double value) { return full * float(value / longest); };
    if (row > 0 && before > loss)  // what this order takes off
      canvas.fill({track.x + x_of(loss), track.y, x_of(before) - x_of(loss), track.h},
                  faded(theme.raise, 0.35f), 2);
    canvas.fill({track.x, track.y, x_of(loss), track.h}, row == 0 ? theme.before : theme.total, 2);
    TextStyle style = canvas.strong(text_size::small);
    style.align = Align::right;
    canvas.text({inside.right() - number_width, y + 13, number_width, 18}, nats(loss, 3), style);
    if (row > 0) {
      TextStyle drop = canvas.muted();
      drop.align = Align::right;
      canvas.text({inside.right() - number_width, y - 2, number_width, 16},
                  signed_number(float(loss - before), 3), drop);
    }
    before = loss;
    y += bar_row;
  }
}

HeadWorths::HeadWorths(Scene& scene, float width, const TermImportance& importance)
    : scene_(scene),
      importance_(importance),
      height_(card_height(width, head_row * float(importance.heads.size()))) {}

void HeadWorths::draw(const Rect& r) {
  const Rect inside = card(scene_.canvas, r, words().head_worths);
  const float largest = largest_of(importance_.heads);
  float y = inside.y;
  for (const TermNats& term : importance_.heads) {
    draw_row({inside.x, y, inside.w, head_row}, term, largest);
    y += head_row;
  }
}

void HeadWorths::draw_row(const Rect& r, const TermNats& term, float largest) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const bool shown = lit(scene_, term.path);
  if (shown) canvas.fill(r.inset(-6, 0.5f), theme.highlight, 4);
  canvas.text({r.x, r.y, name_width, r.h}, engine::name(term.path),
              shown ? canvas.strong(text_size::small) : canvas.style(text_size::small));
  const Rect track{r.x + name_width, r.center().y - 4, r.w - name_width - number_width, 8};
  const float width = std::max(1.0f, track.w * std::abs(float(term.nats)) / largest);
  canvas.fill({track.x, track.y, width, track.h}, signed_color(theme, float(term.nats)), 2);
  TextStyle style = canvas.muted();
  style.align = Align::right;
  canvas.text({r.right() - number_width, r.y, number_width, r.h},
              signed_number(float(term.nats), 4), style);
  scene_.pointer.on_head(r, term.path.front());
}

VirtualWorths::VirtualWorths(Scene& scene, float width, const TermImportance& importance)
    : scene_(scene), importance_(importance), grid_(scene, width - 2 * card_padding(width)) {
  note_height_ = 2 * Canvas::line_height(text_size::small) + 6;
  height_ = card_height(width, grid_.height() + key_height + note_height_);
}

void VirtualWorths::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const Rect inside = card(canvas, r, words().virtual_worths);
  const float largest = largest_of(importance_.heads);
  const TermNats* shown = nullptr;
  const TermNats* strongest = &importance_.virtual_heads.front();
  grid_.place({inside.x, inside.y});
  for (const TermNats& term : importance_.virtual_heads) {
    const engine::HeadId earlier = term.path.front(), later = term.path.back();
    const float part = std::min(1.0f, std::abs(float(term.nats)) / largest);
    const Rect cell = grid_.cell(earlier, later);
    canvas.fill(
        cell,
        mixed(mixed(theme.card, theme.line, 0.5f), signed_color(theme, float(term.nats)), part), 3);
    if (cell.w >= 14 && part >= 0.1f)
      canvas.plus_or_minus(cell.center(), 6, float(term.nats), theme.text);
    if (lit(scene_, term.path)) {
      shown = &term;
      canvas.outline(cell.inset(-1), theme.text, 4, 2);
    }
    if (std::abs(term.nats) > std::abs(strongest->nats)) strongest = &term;
    scene_.pointer.on_term(grid_.hit(earlier, later), {term.path, false});
  }
  const TermNats& told = shown ? *shown : *strongest;
  grid_.draw_labels(told.path.front(), told.path.back());
  float y = inside.y + grid_.height() + 6;
  std::vector<Color> steps;
  for (int i = -3; i <= 3; ++i)
    steps.push_back(mixed(theme.card, signed_color(theme, float(i)), std::abs(float(i)) / 3));
  color_key(canvas, {inside.x, y, inside.w, key_height - 6}, signed_number(-largest),
            signed_number(largest), steps);
  y += key_height;
  canvas.paragraph({inside.x, y, inside.w, note_height_},
                   fill(shown ? words().virtual_worth : words().virtual_strongest,
                        {term_label({told.path, false}), signed_number(float(told.nats), 4)}),
                   canvas.muted());
}

}  // namespace view
