#include "view/waterfall.h"

#include <algorithm>
#include <cmath>

#include "view/term_route.h"
#include "view/words.h"

namespace view {

namespace {

constexpr int rows_at_first = 10, rows_more = 20;
constexpr float cut_row_height = 34;
constexpr float axis_height = 24;
constexpr float value_room = 58, cut_value_room = 88;  // right of the bars
constexpr float widest_plot = 900;
constexpr float badge_padding = 8;

TextStyle badge_style(const Canvas& canvas) {
  TextStyle style = canvas.style(text_size::small);
  style.align = Align::center;
  return style;
}

TextStyle title_style(const Canvas& canvas) {
  return canvas.strong(text_size::title);
}

// 1, 2 or 5 times a power of ten, so that about `count` steps span the range.
float nice_step(float range, int count) {
  const float rough = std::max(range, 1e-6f) / float(count);
  const float power = std::pow(10.0f, std::floor(std::log10(rough)));
  for (const float factor : {1.0f, 2.0f, 5.0f})
    if (rough <= factor * power * 1.001f) return factor * power;
  return 10 * power;
}

std::string plain(float value, int digits) {
  std::string text = signed_number(value, digits);
  return text[0] == '+' ? text.substr(1) : text;
}

}  // namespace

Waterfall::Waterfall(Scene& scene, float width, float height)
    : scene_(scene),
      width_(width),
      cut_(scene.explorer.has_cuts()),
      row_height_(cut_ ? cut_row_height : space::row) {
  const int unfolded = kept("rows", rows_at_first);
  terms_ = term_rows(scene.explorer, unfolded);
  const float inner = width - 2 * card_padding(width);
  title_height_ =
      std::max(space::title,
               scene.canvas.paragraph_height(inner, title(), title_style(scene.canvas)) + 6.4f);
  badge_ = badge_lines(inner - 2 * badge_padding - 20);
  badge_height_ = float(badge_.size()) * Canvas::line_height(text_size::small) + 10;
  const int more = int((height - height_of(int(terms_.rows.size()))) / row_height_);
  if (more > 0 && unfolded == rows_at_first)
    terms_ = term_rows(scene.explorer, unfolded + std::min(more, rows_more));
  for (const TermRow& row : terms_.rows)
    label_width_ =
        std::max(label_width_, scene.canvas.text_width(label(row), scene.canvas.strong()));
  label_width_ = std::min(label_width_ + 4, inner * 0.36f);
  height_ = height_of(int(terms_.rows.size()));
}

float Waterfall::height_of(int rows) const {
  return card_height(width_, title_height_ - space::title + 20 + row_height_ * float(rows) +
                                 axis_height + 10 + badge_height_);
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

bool Waterfall::closes() const {
  const engine::Expansion& expansion = scene_.explorer.cut_expansion();
  return expansion.max_abs_error <= 1e-5f * expansion.max_abs_logit;
}

// In one line where it fits, else the second sentence in a line of its own; where even the first is
// too long, the errors alone: the logit stands in the bar above.
std::vector<std::string> Waterfall::badge_lines(float width) const {
  const engine::Expansion& expansion = scene_.explorer.cut_expansion();
  const int terms = int(expansion.terms.size());
  const std::string off = tiny(expansion.sum - expansion.logit);
  const std::string sum =
      fill(closes() ? words().closes : words().closes_not,
           {terms > 1 ? fill(words().terms_sum, {grouped(terms)}) : words().one_term,
            plain(expansion.sum, 4), plain(expansion.logit, 4), off});
  const std::string vocabulary = grouped(scene_.explorer.config().d_vocab);
  const std::string largest = tiny(expansion.max_abs_error);
  const std::string worst = fill(words().worst, {vocabulary, largest});
  const TextStyle style = badge_style(scene_.canvas);
  const std::string both = sum + "; " + worst;
  if (scene_.canvas.text_width(both, style) <= width) return {both};
  if (scene_.canvas.text_width(sum, style) <= width) return {sum, worst};
  return scene_.canvas.wrapped(width, fill(words().errors, {off, vocabulary, largest}), style);
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
  if (!shown) return false;
  if (row.kind == TermRow::Kind::term) return row.term == *shown;
  if (row.kind == TermRow::Kind::total) return false;
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
  const float notes_top = title_top + title_height_ - 5;
  canvas.text({inside.x, notes_top, inside.w * 0.6f, 18}, words().sorted, canvas.muted());
  if (kept("rows", 0) > rows_at_first &&
      link(scene_, {inside.x, notes_top, inside.w, 18}, words().fewer, Align::right))
    keep(scene_, "rows", rows_at_first);

  const float rows_top = notes_top + 22;
  // What room there is beyond the wanted height makes the rows a little higher.
  const float n = float(terms_.rows.size());
  const float spare = inside.bottom() - badge_height_ - 10 - axis_height - rows_top;
  row_height_ = std::clamp(spare / n, row_height_, row_height_ * 1.4f);
  const float rows_height = row_height_ * n;
  const float room = inside.w - label_width_ - 12 - (cut_ ? cut_value_room : value_room);
  plot_ = {inside.x + label_width_ + 12, rows_top, std::min(room, widest_plot), rows_height};
  draw_axis(plot_);
  float y = rows_top;
  for (const TermRow& row : terms_.rows) {
    draw_row({inside.x, y, inside.w, row_height_}, row);
    y += row_height_;
  }
  draw_badge({inside.x, y + axis_height + 10, inside.w, badge_height_});
}

void Waterfall::draw_axis(const Rect& plot) const {
  Canvas& canvas = scene_.canvas;
  const float step = nice_step(terms_.high - terms_.low, std::clamp(int(plot.w / 70), 2, 8));
  const int digits = step >= 1 ? 0 : step >= 0.1f ? 1 : step >= 0.01f ? 2 : 4;
  TextStyle style = canvas.muted();
  style.align = Align::center;
  for (int i = int(std::ceil(terms_.low / step - 0.001f));
       i <= int(std::floor(terms_.high / step + 0.001f)); ++i) {
    const float x = x_of(float(i) * step);
    canvas.line({x, plot.y}, {x, plot.bottom() + 4}, i ? canvas.theme().line : canvas.theme().edge);
    canvas.text({x - 30, plot.bottom() + 5, 60, 17}, plain(float(i) * step, digits), style);
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
    const std::string before = total ? plain(row.before, 2) : signed_number(row.before);
    draw_bar({r.x, r.center().y - thick - 0.5f, r.w, thick}, row.before_start, row.before,
             fold ? mixed(theme.card, theme.before, 0.55f) : theme.before, before, theme.muted);
  }
  draw_bar({r.x, top, r.w, thick}, row.after_start, row.after, bar, value,
           total  ? theme.text
           : cut_ ? color
                  : theme.muted);
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

std::string Waterfall::value_text(const TermRow& row) const {
  if (row.kind == TermRow::Kind::total) return plain(row.after, 2);
  std::string text = signed_number(row.after);
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
  TextStyle style = canvas.style(text_size::small);
  style.color = text_color;
  const float width = canvas.text_width(text, style) + 1;
  const float right = std::max(a + 1.5f, b) + 6;
  const bool fits = right + width <= r.right() + 4 || a - 6 - width < r.x + label_width_;
  canvas.text({fits ? right : a - 6 - width, r.y - 3, width, r.h + 6}, text, style);
}

void Waterfall::draw_badge(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  canvas.fill(r, closes() ? theme.ok_back : theme.bad_back, std::min(13.0f, r.h / 2));
  TextStyle style = badge_style(canvas);
  style.color = closes() ? theme.ok : theme.bad;
  float width = 0;
  for (const std::string& line : badge_) width = std::max(width, canvas.text_width(line, style));
  const float left = r.x + (r.w - width - 20) / 2;
  const Point mark{left + 6, r.center().y};
  if (closes()) canvas.check(mark, 11, style.color);
  if (!closes()) canvas.cross(mark, 9, style.color);
  float y = r.y + 5;
  for (const std::string& line : badge_) {
    canvas.text({left + 20, y, width + 1, Canvas::line_height(style.size)}, line, style);
    y += Canvas::line_height(style.size);
  }
}

}  // namespace view
