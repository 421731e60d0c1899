#include "view/tokens.h"

#include <algorithm>
#include <cmath>

#include "view/drawable.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float box_height = 30;
constexpr float box_gap = 6;
constexpr float line_gap = 14;    // room for flat arcs
constexpr float run_height = 22;  // above a line with characters that bytes make up
constexpr float arc_room = 34;    // below the last line
constexpr float widest_box = 220;
constexpr float fold_height = 24;
constexpr int most_lines = 6;
constexpr std::size_t most_kept = 3;  // sources whose lines are always shown

TextStyle label_style(const Canvas& canvas, const TokenText& token) {
  TextStyle style = canvas.style(token.bytes ? text_size::small : text_size::title);
  if (token.bytes) style.face = Face::mono;
  style.align = Align::center;
  return style;
}

// Bytes have cut corners: no character by themselves.
std::vector<Point> cut_corners(const Rect& r) {
  const float c = 6;
  return {{r.x + c, r.y},
          {r.right() - c, r.y},
          {r.right(), r.center().y},
          {r.right() - c, r.bottom()},
          {r.x + c, r.bottom()},
          {r.x, r.center().y}};
}

}  // namespace

TokenRow::TokenRow(Scene& scene, float width, int position, const std::vector<int>& sources,
                   Below below)
    : scene_(scene), width_(width), position_(position), below_(below) {
  for (const TokenText& token : scene.tokens) {
    const TextStyle style = label_style(scene.canvas, token);
    const float text = scene.canvas.text_width(drawable(token.label), style);
    const float padding = token.bytes ? 12.0f : 18.0f;
    widths_.push_back(std::min({std::max(28.0f, text + padding), widest_box, width}));
  }
  unfolded_ = kept("tokens unfolded", 0) != 0;
  lay_out();
  choose_lines(sources);
  place_lines();
}

float TokenRow::unit_width(int first, int count) const {
  float width = -box_gap;
  for (int i = first; i < first + count; ++i) width += widths_[std::size_t(i)] + box_gap;
  return width;
}

// Fills lines from the left; the bytes of a character stay together where they fit.
void TokenRow::lay_out() {
  const int n = int(scene_.tokens.size());
  boxes_.resize(scene_.tokens.size());
  float x = 0;
  int line = 0;
  has_runs_.assign(1, false);
  const auto break_line = [&] {
    x = 0;
    ++line;
    has_runs_.push_back(false);
  };
  for (int i = 0; i < n;) {
    const int run = scene_.tokens[std::size_t(i)].run;
    const int count = run && unit_width(i, run) <= width_ ? run : 1;
    if (x > 0 && x + unit_width(i, count) > width_ + 0.5f) break_line();
    if (run) has_runs_[std::size_t(line)] = true;
    for (int j = i; j < i + count; ++j) {
      boxes_[std::size_t(j)] = {{x, 0, widths_[std::size_t(j)], box_height}, line};
      x += widths_[std::size_t(j)] + box_gap;
    }
    i += count;
  }
  lines_ = line + 1;
}

// The lines up to the position's, or from the first on where there are few before it; those of the
// strongest sources take the place of the furthest ones.
void TokenRow::choose_lines(const std::vector<int>& sources) {
  folds_possible_ = lines_ > most_lines + 1;
  shown_.assign(std::size_t(lines_), !folds_possible_ || unfolded_);
  if (!folds_possible_ || unfolded_) return;
  const int last = std::max(line_of(position_), most_lines - 1);
  std::vector<int> lines{line_of(position_)};
  const auto add = [&](int line) {
    const bool known = std::find(lines.begin(), lines.end(), line) != lines.end();
    if (!known && int(lines.size()) < most_lines) lines.push_back(line);
  };
  for (std::size_t i = 0; i < sources.size() && i < most_kept; ++i) add(line_of(sources[i]));
  for (int line = last; line >= 0; --line) add(line);
  for (const int line : lines) shown_[std::size_t(line)] = true;
}

void TokenRow::place_lines() {
  float y = folds_possible_ && unfolded_ ? fold_height : 0;
  std::vector<float> tops;
  for (int line = 0; line < lines_; ++line) {
    const std::size_t i = std::size_t(line);
    if (!shown_[i]) {
      if (line > 0 && !shown_[i - 1]) {
        folds_.back().last = line;
      } else {
        folds_.push_back({line, line, y});
        y += fold_height;
      }
      tops.push_back(folds_.back().top);
      continue;
    }
    if (has_runs_[i]) y += run_height;
    tops.push_back(y);
    y += box_height + line_gap;
  }
  for (Box& box : boxes_) box.r.y = tops[std::size_t(box.line)];
  sentence_top_ = y - line_gap + arc_room;
  sentence_height_ = (width_ < 330   ? 4
                      : width_ < 420 ? 3
                      : width_ < 960 ? 2
                                     : 1) *
                     Canvas::line_height(text_size::body);
  height_ = below_ == Below::sentence ? sentence_top_ + sentence_height_ : y - line_gap;
}

Rect TokenRow::placed(Point at, int index) const {
  Rect r = boxes_[std::size_t(index)].r;
  if (!visible(index)) r = {0, r.y, std::min(width_, 120.0f), fold_height - 6};
  r.x += at.x;
  r.y += at.y;
  return r;
}

void TokenRow::draw_folds(Point at, const TokenMarks& marks) {
  bool clicked = false;
  if (folds_possible_ && unfolded_)
    clicked |= link(scene_, {at.x, at.y, width_, fold_height - 6}, words().fewer_tokens);
  for (const Fold& fold : folds_) {
    int count = 0;
    float shade = 0;
    for (int i = 0; i < int(boxes_.size()); ++i) {
      if (line_of(i) < fold.first || line_of(i) > fold.last) continue;
      ++count;
      if (i < int(marks.shade.size())) shade += std::abs(marks.shade[std::size_t(i)]);
    }
    const char* name = fold.first == 0           ? words().earlier_tokens
                       : fold.last == lines_ - 1 ? words().later_tokens
                                                 : words().tokens_between;
    std::string text = fill(name, {grouped(count)});
    if (shade >= 0.01f) text = fill(words().hidden_share, {text, share(shade)});
    clicked |= link(scene_, {at.x, at.y + fold.top, width_, fold_height - 6}, text);
  }
  if (clicked) keep(scene_, "tokens unfolded", !unfolded_);
}

void TokenRow::draw_box(const Rect& r, int index, const TokenMarks& marks) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const TokenText& token = scene_.tokens[std::size_t(index)];
  const float shade = index < int(marks.shade.size()) ? marks.shade[std::size_t(index)] : 0;
  const int destination = marks.destination == -1 ? position_ : marks.destination;
  const bool chosen = index == destination;
  const bool over = scene_.pointer.over(r);
  const float strength = std::min(1.0f, std::abs(shade)) * 0.72f;
  const Color back = mixed(theme.card, signed_color(theme, shade), strength);
  const Color edge = chosen ? theme.text
                     : over ? theme.focus
                            : mixed(theme.border, signed_color(theme, shade), strength);
  if (token.bytes) {
    canvas.polygon(cut_corners(r), back);
    canvas.polyline(cut_corners(r.inset(0.5f)), edge, chosen ? 2.0f : 1.0f, true);
  } else {
    canvas.fill(r, back, 5);
    canvas.outline(r, edge, 5, chosen ? 2.0f : 1.0f);
  }
  TextStyle style = label_style(canvas, token);
  style.color = destination >= 0 && index > destination ? theme.muted : ink_on(theme, back);
  if (chosen && !token.bytes) style.face = Face::strong;
  canvas.text(r.inset(2, 0), drawable(token.label), style);
  if (marks.with_signs && std::abs(shade) >= 0.05f)
    canvas.plus_or_minus({r.right() - 7, r.y + 7.5f}, 5, shade, style.color);
}

// The characters that a run of byte tokens makes up, over a bracket.
void TokenRow::draw_run(Point at, int first) {
  const TokenText& token = scene_.tokens[std::size_t(first)];
  const Rect a = placed(at, first), b = placed(at, first + token.run - 1);
  if (a.y != b.y) return;  // it did not fit into one line
  Canvas& canvas = scene_.canvas;
  const Color color = canvas.theme().muted;
  const float left = a.x + 4, right = b.right() - 4, y = a.y - 4;
  canvas.line({left, y}, {right, y}, color);
  canvas.line({left, y}, {left, y + 3}, color);
  canvas.line({right, y}, {right, y + 3}, color);
  TextStyle style = canvas.style(text_size::title);
  style.align = Align::center;
  canvas.text({left, y - 19, right - left, 18}, drawable(token.character), style);
}

void TokenRow::draw_arc(Point at, const Arc& arc) {
  const bool folded = !visible(arc.from) || !visible(arc.to);
  Canvas& canvas = scene_.canvas;
  const Rect a = placed(at, arc.from), b = placed(at, arc.to);
  const float loop = arc.from == arc.to ? std::min(9.0f, a.w / 2 - 4) : 0;
  const float ax = a.center().x - loop, bx = b.center().x + loop;
  if (a.y == b.y && folded) return;
  if (a.y == b.y) {
    const bool last = line_of(arc.from) == lines_ - 1;
    const float depth =
        last ? std::clamp(12 + std::abs(bx - ax) * 0.1f, 14.0f, arc_room - 4) : line_gap - 3;
    const float down = a.bottom() + 1 + depth * 4 / 3;
    canvas.curve({ax, a.bottom() + 1}, {ax, down}, {bx, down}, {bx, b.bottom() + 1}, arc.color,
                 arc.thickness);
    return;
  }
  // From line to line: out of the upper box's foot, into the lower one's head.
  const bool downwards = a.y < b.y;
  const Point from{ax, downwards ? a.bottom() + 1 : a.y - 1};
  const Point to{bx, downwards ? b.y - 1 : b.bottom() + 1};
  const float reach = std::max(16.0f, std::abs(to.y - from.y) * 0.5f) * (downwards ? 1.0f : -1.0f);
  const Point out{from.x, from.y + reach}, in{to.x, to.y - reach};
  canvas.curve(from, out, in, to, faded(canvas.theme().page, 0.85f), arc.thickness + 3);
  canvas.curve(from, out, in, to, arc.color, arc.thickness);
}

int TokenRow::pointed(Point at) const {
  for (int i = 0; i < int(boxes_.size()); ++i)
    if (visible(i) && scene_.pointer.over(placed(at, i))) return i;
  return -1;
}

void TokenRow::draw(Point at, const TokenMarks& marks) {
  // Behind the boxes: an arc from line to line would strike through those between.
  for (const Arc& arc : marks.arcs) draw_arc(at, arc);
  draw_folds(at, marks);
  for (int i = 0; i < int(boxes_.size()); ++i) {
    if (!visible(i)) continue;
    const Rect r = placed(at, i);
    draw_box(r, i, marks);
    if (scene_.tokens[std::size_t(i)].run) draw_run(at, i);
    if (!scene_.pointer.button(r)) continue;
    clicked_ = i;
    if (!marks.chooses_position) continue;
    const bool last = i + 1 == int(boxes_.size());
    scene_.explorer.set_position(last ? std::nullopt : std::optional<int>(i));
  }
  if (below_ == Below::nothing) return;
  TextStyle style = scene_.canvas.style();
  style.color = marks.sentence_color;
  scene_.canvas.paragraph({at.x, at.y + sentence_top_, width_, sentence_height_}, marks.sentence,
                          style);
}

}  // namespace view
