#include "view/drawing.h"

#include <algorithm>
#include <cmath>

#include "view/svg.h"

namespace view {

namespace {

// Dear ImGui measures a font from ascender to descender; of Inter that is 1.21 em.
constexpr float ascent_to_descent = 1.21f;

std::size_t next_code_point(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

// Of Chinese and its marks, between which a line may end. Their UTF-8 is three bytes, U+2E80 to
// U+9FFF or U+FF00 to U+FFEF.
bool is_wide(std::string_view character) {
  return character.size() == 3 && ((character >= "\u2e80" && character <= "\u9fff") ||
                                   (character >= "\uff00" && character <= "\uffef"));
}

bool is_one_of(std::string_view character, std::string_view marks) {
  return marks.find(character) != marks.npos;
}

// Where a piece that no line end parts ends: a word, with the blank before it, or one wide
// character. Marks that close stay with what is before them, those that open with what follows.
std::size_t end_of_piece(std::string_view text, std::size_t at) {
  const std::string_view closing = "，。；：、）”？！%", opening = "（“";
  const auto character = [&](std::size_t i) {
    return text.substr(i, next_code_point(text, i) - i);
  };
  std::size_t end = next_code_point(text, at);
  while (end < text.size()) {
    const std::string_view last = character(at), next = character(end);
    if (next == " ") break;
    const bool part = is_wide(last) || is_wide(next);
    if (part && !is_one_of(next, closing) && !is_one_of(last, opening)) break;
    at = end;
    end = next_code_point(text, end);
  }
  return end;
}

}  // namespace

Canvas::Canvas(ImDrawList* list, const view::Theme& theme, float dpr, Svg* svg)
    : list_(list), theme_(theme), dpr_(dpr), svg_(svg) {}

float Canvas::snapped(float css) const {
  return std::round(css * dpr_);
}

void Canvas::fill(const Rect& r, Color color, float radius) {
  if (r.w <= 0 || r.h <= 0) return;
  const ImVec2 a(snapped(r.x), snapped(r.y));
  // What is there is at least one device pixel wide.
  const ImVec2 b(std::max(a.x + 1, snapped(r.right())), std::max(a.y + 1, snapped(r.bottom())));
  const float most = std::min(b.x - a.x, b.y - a.y) / 2;
  list_->AddRectFilled(a, b, color, std::min(radius * dpr_, most));
  if (svg_) svg_->rect(r, color, radius);
}

void Canvas::outline(const Rect& r, Color color, float radius, float thickness) {
  const float width = std::max(1.0f, std::round(thickness * dpr_));
  const float half = width / 2;
  list_->AddRect({snapped(r.x) + half, snapped(r.y) + half},
                 {snapped(r.right()) - half, snapped(r.bottom()) - half}, color,
                 std::max(0.0f, radius * dpr_ - half), 0, width);
  if (svg_) svg_->outline(r, color, radius, thickness);
}

void Canvas::line(Point a, Point b, Color color, float thickness) {
  if (a.x == b.x) {
    fill({a.x - thickness / 2, std::min(a.y, b.y), thickness, std::abs(b.y - a.y)}, color);
  } else if (a.y == b.y) {
    fill({std::min(a.x, b.x), a.y - thickness / 2, std::abs(b.x - a.x), thickness}, color);
  } else {
    list_->AddLine(device(a), device(b), color, thickness * dpr_);
    if (svg_) svg_->line({a, b}, color, thickness, false);
  }
}

void Canvas::dots(Point a, Point b, Color color) {
  const float length = std::hypot(b.x - a.x, b.y - a.y);
  const int n = int(length / 4);
  for (int i = 0; i <= n; ++i) {
    const float t = n ? float(i) / float(n) : 0;
    fill({a.x + (b.x - a.x) * t - 0.5f, a.y + (b.y - a.y) * t - 0.5f, 1, 1.5f}, color);
  }
}

void Canvas::dashes(Point a, Point b, Color color, float thickness) {
  constexpr float dash = 5, gap = 4;
  const float length = std::hypot(b.x - a.x, b.y - a.y);
  const auto at = [&](float distance) {
    const float t = std::min(distance, length) / length;
    return Point{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
  };
  for (float from = 0; from < length; from += dash + gap)
    line(at(from), at(from + dash), color, thickness);
}

void Canvas::polyline(const std::vector<Point>& points, Color color, float thickness, bool closed) {
  std::vector<ImVec2> scaled;
  scaled.reserve(points.size());
  for (Point p : points) scaled.push_back(device(p));
  list_->AddPolyline(scaled.data(), int(scaled.size()), color,
                     closed ? ImDrawFlags_Closed : ImDrawFlags_None, thickness * dpr_);
  if (svg_) svg_->line(points, color, thickness, closed);
}

void Canvas::polygon(const std::vector<Point>& points, Color color) {
  std::vector<ImVec2> scaled;
  scaled.reserve(points.size());
  for (Point p : points) scaled.push_back(device(p));
  list_->AddConvexPolyFilled(scaled.data(), int(scaled.size()), color);
  if (svg_) svg_->polygon(points, color);
}

void Canvas::curve(Point a, Point control_a, Point control_b, Point b, Color color,
                   float thickness) {
  list_->AddBezierCubic(device(a), device(control_a), device(control_b), device(b), color,
                        thickness * dpr_);
  if (svg_) svg_->curve(a, control_a, control_b, b, color, thickness);
}

void Canvas::circle(Point center, float radius, Color color) {
  list_->AddCircleFilled(device(center), radius * dpr_, color);
  if (svg_) svg_->circle(center, radius, color);
}

void Canvas::ring(Point center, float radius, Color color, float thickness) {
  list_->AddCircle(device(center), radius * dpr_, color, 0, thickness * dpr_);
  if (svg_) svg_->ring(center, radius, color, thickness);
}

void Canvas::plus_or_minus(Point center, float size, float sign, Color color) {
  const float half = size / 2;
  fill({center.x - half, center.y - 0.6f, size, 1.2f}, color);
  if (sign > 0) fill({center.x - 0.6f, center.y - half, 1.2f, size}, color);
}

void Canvas::check(Point center, float size, Color color) {
  polyline({{center.x - 0.42f * size, center.y + 0.02f * size},
            {center.x - 0.12f * size, center.y + 0.32f * size},
            {center.x + 0.45f * size, center.y - 0.34f * size}},
           color, 1.8f);
}

void Canvas::cross(Point center, float size, Color color, float thickness) {
  const float half = size / 2;
  line({center.x - half, center.y - half}, {center.x + half, center.y + half}, color, thickness);
  line({center.x - half, center.y + half}, {center.x + half, center.y - half}, color, thickness);
}

void Canvas::scissors(Point center, float size, Color color) {
  const float s = size / 2;
  const Point tip_a{center.x + s, center.y - 0.62f * s}, tip_b{center.x + s, center.y + 0.62f * s};
  const Point ring_a{center.x - 0.68f * s, center.y - 0.52f * s};
  const Point ring_b{center.x - 0.68f * s, center.y + 0.52f * s};
  line({ring_a.x + 0.25f * s, ring_a.y + 0.2f * s}, tip_b, color, 1.4f);
  line({ring_b.x + 0.25f * s, ring_b.y - 0.2f * s}, tip_a, color, 1.4f);
  for (Point hub : {ring_a, ring_b}) ring(hub, 0.32f * s, color, 1.4f);
}

ImFont* Canvas::font(Face face) const {
  const ImVector<ImFont*>& fonts = ImGui::GetIO().Fonts->Fonts;
  return int(face) < fonts.Size ? fonts[int(face)] : fonts[0];
}

float Canvas::font_size(const TextStyle& style) const {
  return std::round(style.size * ascent_to_descent * dpr_);
}

float Canvas::text_width(std::string_view text, const TextStyle& style) const {
  if (text.empty()) return 0;
  return font(style.face)
             ->CalcTextSizeA(font_size(style), FLT_MAX, 0, text.data(), text.data() + text.size())
             .x /
         dpr_;
}

std::string Canvas::shortened(std::string_view text, float width, const TextStyle& style) const {
  if (text_width(text, style) <= width + 0.5f) return std::string(text);
  const float room = width - text_width("…", style);
  std::size_t kept = 0;
  float used = 0;
  while (kept < text.size()) {
    const std::size_t next = next_code_point(text, kept);
    used += text_width(text.substr(kept, next - kept), style);
    if (used > room) break;
    kept = next;
  }
  return std::string(text.substr(0, kept)) + "…";
}

void Canvas::text(const Rect& r, std::string_view text, const TextStyle& style) {
  if (text.empty() || r.w <= 0) return;
  const std::string shown = shortened(text, r.w, style);
  float x = r.x;
  if (style.align != Align::left) {
    const float room = r.w - text_width(shown, style);
    x += style.align == Align::center ? room / 2 : room;
  }
  const float size = font_size(style);
  const ImVec2 at(std::round(x * dpr_), std::round((r.y + r.h / 2) * dpr_ - size / 2));
  list_->AddText(font(style.face), size, at, style.color, shown.data(),
                 shown.data() + shown.size());
  if (svg_) svg_->text({x, r.y + r.h / 2}, shown, style, text_width(shown, style));
}

std::vector<std::string> Canvas::wrapped(float width, std::string_view text,
                                         const TextStyle& style) const {
  std::vector<std::string> lines;
  std::string current;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_piece(text, at);
    const std::string piece(text.substr(at, end - at));
    if (!current.empty() && text_width(current + piece, style) > width) {
      lines.push_back(current);
      current = piece[0] == ' ' ? piece.substr(1) : piece;
    } else {
      current += piece;
    }
    at = end;
  }
  if (!current.empty()) lines.push_back(current);
  return lines;
}

float Canvas::paragraph_height(float width, std::string_view text, const TextStyle& style) const {
  return float(wrapped(width, text, style).size()) * line_height(style.size);
}

float Canvas::paragraph(const Rect& r, std::string_view text, const TextStyle& style) {
  const float height = line_height(style.size);
  float y = r.y;
  for (const std::string& line : wrapped(r.w, text, style)) {
    this->text({r.x, y, r.w, height}, line, style);
    y += height;
  }
  return y - r.y;
}

void Canvas::upward_text(Point lower_end, float length, std::string_view text,
                         const TextStyle& style) {
  const std::string shown = shortened(text, length, style);
  const float size = font_size(style);
  const ImVec2 pivot(std::round(lower_end.x * dpr_), std::round(lower_end.y * dpr_));
  const int first = list_->VtxBuffer.Size;
  // Laid out at the figure's corner, where Dear ImGui leaves out no glyph as out of sight; then
  // turned.
  list_->AddText(font(style.face), size, {0, 0}, style.color, shown.data(),
                 shown.data() + shown.size());
  for (int i = first; i < list_->VtxBuffer.Size; ++i) {
    ImVec2& p = list_->VtxBuffer[i].pos;
    p = {pivot.x + (p.y - std::round(size / 2)), pivot.y - p.x};
  }
  if (svg_) svg_->upward_text(lower_end, shown, style, text_width(shown, style));
}

void Canvas::push_clip(const Rect& r) {
  list_->PushClipRect(device({r.x, r.y}), device({r.right(), r.bottom()}), true);
  if (svg_) svg_->push_clip(r);
}

void Canvas::pop_clip() {
  list_->PopClipRect();
  if (svg_) svg_->pop_clip();
}

float card_padding(float width) {
  return width < 420 ? space::narrow_padding : space::padding;
}

float card_height(float width, float content) {
  return content + space::title + 2 * card_padding(width) - 6;
}

Rect card_inside(const Rect& r) {
  const float padding = card_padding(r.w), top = r.y + padding - 6 + space::title;
  return {r.x + padding, top, r.w - 2 * padding, r.bottom() - padding - top};
}

Rect card(Canvas& canvas, const Rect& r, std::string_view title) {
  const Theme& theme = canvas.theme();
  canvas.fill(r, theme.card, space::radius);
  canvas.outline(r, theme.border, space::radius);
  const float padding = card_padding(r.w);
  canvas.text({r.x + padding, r.y + padding - 6, r.w - 2 * padding, space::title}, title,
              canvas.strong(text_size::title));
  return card_inside(r);
}

}  // namespace view
