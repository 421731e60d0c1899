#include "view/waterfall.h"

#include <algorithm>
#include <cmath>

#include "view/axis.h"
#include "view/term_route.h"
#include "view/words.h"

namespace view {

namespace {

constexpr int rows_at_first = 10, rows_more = 20;
constexpr float row_height = 24, cut_row_height = 34;
constexpr float most_stretch = 1.4f;  // of a row
constexpr float note_height = 20;
constexpr float axis_height = 24;
constexpr float value_room = 58, cut_value_room = 88;  // right of the bars
constexpr float widest_plot = 900;

TextStyle title_style(const Canvas& canvas) {
  return canvas.strong(text_size::title);
}

}  // namespace

Waterfall::Waterfall(Scene& scene, float width, float height)
    : scene_(scene),
      width_(width),
      cut_(scene.explorer.has_cuts()),
      row_height_(cut_ ? cut_row_height : row_height),
      badge_(scene, width - 2 * card_padding(width)) {
  const int unfolded = kept("rows", rows_at_first);
  terms_ = term_rows(scene.explorer, unfolded);
  const float inner = width - 2 * card_padding(width);
  const Canvas& canvas = scene.canvas;
  title_height_ =
      std::max(space::title, canvas.paragraph_height(inner, title(), title_style(canvas)) + 6.4f);
  const float beside = canvas.text_width(title(), title_style(canvas)) + 20 +
                       std::max(canvas.text_width(note(), canvas.muted()),
                                canvas.text_width(words().fewer, canvas.muted()));
  note_beside_ = beside <= inner;
  const int more = int((height - height_of(int(terms_.rows.size()))) / row_height_);
  if (more > 0 && unfolded == rows_at_first)
    terms_ = term_rows(scene.explorer, unfolded + std::min(more, rows_more));
  for (const TermRow& row : terms_.rows)
    label_width_ = std::max(label_width_, canvas.text_width(label(row), canvas.strong()));
  label_width_ = std::min(label_width_ + 4, inner * 0.36f);
  height_ = height_of(int(terms_.rows.size()));
  tallest_ = std::max(height, height_);
}

float Waterfall::height_of(int rows) const {
  const float note = note_beside_ ? 4 : note_height;
  return card_height(width_, title_height_ - space::title + note + row_height_ * float(rows) +
                                 axis_height + 10 + badge_.height());
}

// The mean is named: where it is 0, reading against it changes nothing.
std::string Waterfall::note() const {
  explorer::Explorer& explorer = scene_.explorer;
  if (explorer.against() != engine::Reading::Against::mean) return words().sorted;
  const float mean = explorer.cut_logits().mean();
  return fill(words().mean_here, {unsigned_number(mean, 2)});
}

std::string Waterfall::title() const {
  explorer::Explorer& explorer = scene_.explorer;
  const engine::Reading reading = explorer.reading();
  const Words& w = words();
  const int paths = int(terms_.order.size());
  const char* sentence = reading.against == engine::Reading::Against::none   ? w.title_logit
                         : reading.against == engine::Reading::Against::mean ? w.title_mean
                                                                             : w.title_token;
  return fill(sentence, {quotable(scene_, reading.target),
                         quotable(scene_.tokens[std::size_t(explorer.position())]),
                         paths > 1 ? fill(w.sum_of_paths, {grouped(paths)}) : w.one_path,
                         quotable(scene_, reading.against_token)});
}

std::string Waterfall::label(const TermRow& row) const {
  switch (row.kind) {
    case TermRow::Kind::term:
      return term_label(row.term);
    case TermRow::Kind::larger:
    case TermRow::Kind::smaller:
      return fill(words().more, {grouped(row.count)});
    case TermRow::Kind::total:
      break;
  }
  const engine::Reading::Against against = scene_.explorer.against();
  return against == engine::Reading::Against::none   ? words().total_logit
         : against == engine::Reading::Against::mean ? words().total_mean
                                                     : words().total_token;
}

bool Waterfall::holds_shown_term(const TermRow& row) const {
  const auto& shown = scene_.explorer.shown_term();
  if (!shown || row.kind == TermRow::Kind::total) return false;
  if (row.kind == TermRow::Kind::term) return row.term == *shown;
  const auto begin = terms_.order.begin();
  const bool larger = row.kind == TermRow::Kind::larger;
  const auto first = larger ? begin : begin + terms_.last;
  const auto last = larger ? begin + terms_.first : terms_.order.end();
  return std::find(first, last, *shown) != last;
}

float Waterfall::x_of(float value) const {
  const float span = std::max(1e-6f, terms_.high - terms_.low);
  return plot_.x + (value - terms_.low) / span * plot_.w;
}

void Waterfall::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, "");
  const float title_top = inside.y - space::title + 4;
  canvas.paragraph({inside.x, title_top, inside.w, title_height_}, title(), title_style(canvas));
  draw_note({inside.x, note_beside_ ? title_top : title_top + title_height_ - 5, inside.w, 18});

  const float rows_top = title_top + title_height_ - 3 + (note_beside_ ? 4 : note_height);
  // What room there is beyond the wanted height makes the rows a little higher.
  const float n = float(terms_.rows.size());
  const float below = badge_.height() + 10 + axis_height;
  const float bottom = std::min(inside.bottom(), r.y + tallest_ - card_padding(width_));
  row_height_ =
      std::clamp((bottom - below - rows_top) / n, row_height_, row_height_ * most_stretch);
  const float rows_height = row_height_ * n;
  const float room = inside.w - label_width_ - 12 - (cut_ ? cut_value_room : value_room);
  plot_ = {inside.x + label_width_ + 12, rows_top, std::min(room, widest_plot), rows_height};
  draw_axis(plot_);
  float y = rows_top;
  for (const TermRow& row : terms_.rows) {
    draw_row({inside.x, y, inside.w, row_height_}, row);
    y += row_height_;
  }
  badge_.draw({inside.x, y + axis_height + 10, inside.w, badge_.height()});
}

// Beside the title where there is room, else below it.
void Waterfall::draw_note(const Rect& r) {
  if (kept("rows", 0) > rows_at_first) {
    if (link(scene_, r, words().fewer, Align::right)) keep(scene_, "rows", rows_at_first);
    return;
  }
  TextStyle style = scene_.canvas.muted();
  style.align = note_beside_ ? Align::right : Align::left;
  scene_.canvas.text(r, note(), style);
}

void Waterfall::draw_axis(const Rect& plot) const {
  Canvas& canvas = scene_.canvas;
  const float range = std::max(terms_.high - terms_.low, 1e-6f);
  const float step = nice_step(range, std::clamp(int(plot.w / 70), 2, 8));
  TextStyle style = canvas.muted();
  style.align = Align::center;
  for (int i = int(std::ceil(terms_.low / step - 0.001f));
       i <= int(std::floor(terms_.high / step + 0.001f)); ++i) {
    const float x = x_of(float(i) * step);
    canvas.line({x, plot.y}, {x, plot.bottom() + 4}, i ? canvas.theme().line : canvas.theme().edge);
    canvas.text({x - 30, plot.bottom() + 5, 60, 17}, axis_number(float(i) * step, step), style);
  }
}

void Waterfall::draw_row(const Rect& r, const TermRow& row) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const bool total = row.kind == TermRow::Kind::total;
  const bool fold = row.kind == TermRow::Kind::larger || row.kind == TermRow::Kind::smaller;
  const bool lit = holds_shown_term(row) || (fold && scene_.pointer.over(r));
  if (lit) canvas.fill(r.inset(-8, 0.5f), theme.highlight, 4);
  draw_label(r, row, lit);

  const Color color = total ? theme.total : signed_color(theme, row.after);
  const Color bar = fold ? mixed(theme.card, color, 0.55f) : color;
  const std::string value = value_text(row);
  const float thick = cut_ ? 13.0f : std::min(24.0f, r.h * 0.68f);
  const float top = cut_ ? r.center().y + 0.5f : r.y + (r.h - thick) / 2;
  if (cut_) {
    const std::string before = total ? unsigned_number(row.before, 2) : signed_number(row.before);
    draw_bar({r.x, r.center().y - thick - 0.5f, r.w, thick}, row.before_start, row.before,
             fold ? mixed(theme.card, theme.before, 0.55f) : theme.before, before, theme.muted);
  }
  const std::optional<float> part = part_through_pointed(row);
  draw_bar({r.x, top, r.w, thick}, row.after_start, row.after,
           part ? mixed(theme.card, bar, 0.3f) : bar, value,
           total  ? theme.text
           : cut_ ? color
                  : theme.muted);
  if (part) draw_bar({r.x, top, r.w, thick}, row.after_start, *part, signed_color(theme, *part));
  if (!total) {  // on to where the next bar starts
    const float x = x_of(row.after_start + row.after);
    canvas.dots({x, top + thick}, {x, r.bottom() + (top - r.y)}, theme.muted);
  }
  if (row.kind == TermRow::Kind::term) scene_.pointer.on_term(r.inset(-8, 0), row.term);
  if (row.kind == TermRow::Kind::smaller && scene_.pointer.button(r))
    keep(scene_, "rows", terms_.last + rows_more);
  if (row.kind == TermRow::Kind::larger && scene_.pointer.button(r))
    keep(scene_, "rows", std::max(most_term_rows, terms_.last - rows_more));
}

// What of the row comes through the token under the pointer, where no term is shown.
std::optional<float> Waterfall::part_through_pointed(const TermRow& row) const {
  const int token = scene_.pointed_token;
  const engine::Expansion& expansion = scene_.explorer.cut_expansion();
  if (token < 0 || token > expansion.position || scene_.explorer.shown_term()) return std::nullopt;
  return part_through(expansion, terms_, row, token);
}

std::string Waterfall::value_text(const TermRow& row) const {
  if (row.kind == TermRow::Kind::total) return unsigned_number(row.after, 2);
  std::string text = signed_number(row.after);
  const std::optional<float> part = part_through_pointed(row);
  if (part) text = fill(words().part_of, {signed_number(*part), text});
  if (row.cut) text += std::string("  ") + words().cut_term;
  if (row.kind == TermRow::Kind::term || !holds_shown_term(row)) return text;
  const explorer::TermKey& shown = *scene_.explorer.shown_term();
  const engine::Term* term = find_term(scene_.explorer.cut_expansion(), shown);
  if (!term) return text;
  return fill(words().inside_more, {text, term_label(shown) + " " + signed_number(term->logit)});
}

void Waterfall::draw_label(const Rect& r, const TermRow& row, bool lit) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const bool fold = row.kind == TermRow::Kind::larger || row.kind == TermRow::Kind::smaller;
  TextStyle style = lit || row.kind == TermRow::Kind::total ? canvas.strong() : canvas.style();
  if (row.cut) style.color = theme.muted;
  if (fold) style.color = theme.focus;
  style.align = Align::right;
  const Rect place{r.x, r.y, label_width_, r.h};
  canvas.text(place, label(row), style);
  if (row.cut) {
    const float width = std::min(label_width_, canvas.text_width(label(row), style));
    canvas.fill({place.right() - width, r.center().y, width, 1}, theme.muted);
  }
  const auto& pinned = scene_.explorer.pinned_term();
  if (row.kind == TermRow::Kind::term && pinned && row.term == *pinned)
    canvas.fill({r.x - 8, r.y + 0.5f, 3, r.h - 1}, theme.focus);
}

void Waterfall::draw_bar(const Rect& r, float start, float value, Color color,
                         const std::string& text, Color text_color) {
  Canvas& canvas = scene_.canvas;
  const float a = x_of(std::min(start, start + value)), b = x_of(std::max(start, start + value));
  canvas.fill({a, r.y, std::max(1.5f, b - a), r.h}, color, 2);
  if (text.empty()) return;
  TextStyle style = canvas.style(text_size::small);
  style.color = text_color;
  const float width = canvas.text_width(text, style) + 1;
  const float right = std::max(a + 1.5f, b) + 6;
  const bool fits = right + width <= r.right() + 4 || a - 6 - width < r.x + label_width_;
  canvas.text({fits ? right : a - 6 - width, r.y - 3, width, r.h + 6}, text, style);
}

}  // namespace view
