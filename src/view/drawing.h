// Canvas: shapes and text in CSS pixels, drawn crisply at any device pixel ratio. The one place
// where CSS pixels become device pixels. Where there is an Svg, it gets all that is drawn too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "view/theme.h"

namespace view {

struct Point {
  float x = 0, y = 0;
};

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  Point center() const { return {x + w / 2, y + h / 2}; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  Rect inset(float d) const { return {x + d, y + d, w - 2 * d, h - 2 * d}; }
  Rect inset(float dx, float dy) const { return {x + dx, y + dy, w - 2 * dx, h - 2 * dy}; }
};

enum class Align { left, center, right };
enum class Face { regular, strong, mono };

struct TextStyle {
  Color color = 0;
  float size = 13;  // CSS pixels of the em
  Face face = Face::regular;
  Align align = Align::left;
};

class Svg;

class Canvas {
 public:
  Canvas(ImDrawList* list, const view::Theme& theme, float dpr, Svg* svg = nullptr);

  const view::Theme& theme() const { return theme_; }
  float dpr() const { return dpr_; }

  // Shapes. Edges of rectangles fall on device pixels.
  void fill(const Rect& r, Color color, float radius = 0);
  void outline(const Rect& r, Color color, float radius = 0, float thickness = 1);
  void line(Point a, Point b, Color color, float thickness = 1);
  void dots(Point a, Point b, Color color);                     // dotted, one pixel wide, straight
  void dashes(Point a, Point b, Color color, float thickness);  // straight
  void polyline(const std::vector<Point>& points, Color color, float thickness,
                bool closed = false);
  void polygon(const std::vector<Point>& points, Color color);  // convex, filled
  void curve(Point a, Point control_a, Point control_b, Point b, Color color, float thickness);
  void circle(Point center, float radius, Color color);
  void ring(Point center, float radius, Color color, float thickness);
  // Marks that need no font.
  void plus_or_minus(Point center, float size, float sign, Color color);
  void check(Point center, float size, Color color);
  void cross(Point center, float size, Color color, float thickness = 1.5f);
  void scissors(Point center, float size, Color color);

  // Text in one line.
  TextStyle style(float size = text_size::body) const { return {theme_.text, size}; }
  TextStyle muted(float size = text_size::small) const { return {theme_.muted, size}; }
  TextStyle strong(float size = text_size::body) const { return {theme_.text, size, Face::strong}; }
  float text_width(std::string_view text, const TextStyle& style) const;
  static float line_height(float size) { return size * 1.4f; }
  // Centred in the rectangle's height; shortened with an ellipsis where it is too wide.
  void text(const Rect& r, std::string_view text, const TextStyle& style);
  // The text as it fits into the width.
  std::string shortened(std::string_view text, float width, const TextStyle& style) const;

  // Text that wraps at spaces and between Chinese characters: its lines; its height, and drawing it
  // (which returns the height too).
  std::vector<std::string> wrapped(float width, std::string_view text,
                                   const TextStyle& style) const;
  float paragraph_height(float width, std::string_view text, const TextStyle& style) const;
  float paragraph(const Rect& r, std::string_view text, const TextStyle& style);

  // Text that reads upwards from its lower end, which is at the middle of its first letter's
  // height.
  void upward_text(Point lower_end, float length, std::string_view text, const TextStyle& style);

  void push_clip(const Rect& r);
  void pop_clip();

 private:
  ImVec2 device(Point p) const { return {p.x * dpr_, p.y * dpr_}; }
  float snapped(float css) const;
  ImFont* font(Face face) const;
  float font_size(const TextStyle& style) const;

  ImDrawList* list_;
  const view::Theme& theme_;
  float dpr_;
  Svg* svg_;
};

// A card with its title line; returns what is inside, below the title.
Rect card(Canvas& canvas, const Rect& r, std::string_view title);
Rect card_inside(const Rect& r);
float card_padding(float width);                // CSS pixels: less on narrow cards
float card_height(float width, float content);  // of a card with a title around such a content

}  // namespace view
