// Svg: what a Canvas draws, written down as a picture in SVG. Everything is in CSS pixels, texts
// are texts, and nothing in it has an id, so that several may stand in one page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "view/drawing.h"

namespace view {

class Svg {
 public:
  void rect(const Rect& r, Color fill, float radius);
  void outline(const Rect& r, Color stroke, float radius, float thickness);
  void line(const std::vector<Point>& points, Color stroke, float thickness, bool closed);
  void curve(Point a, Point control_a, Point control_b, Point b, Color stroke, float thickness);
  void polygon(const std::vector<Point>& points, Color fill);
  void circle(Point center, float radius, Color fill);
  void ring(Point center, float radius, Color stroke, float thickness);
  // From the middle of its height on, `length` long: other fonts than ours are drawn to that
  // length.
  void text(Point start, std::string_view text, const TextStyle& style, float length);
  // The same, reading upwards.
  void upward_text(Point start, std::string_view text, const TextStyle& style, float length);
  // What is drawn until the clip is popped is cut off around the rectangle. Clips may be nested.
  void push_clip(const Rect& r);
  void pop_clip();

  // The whole: an element <svg> of this size, without a background.
  std::string picture(float width, float height) const;

 private:
  std::string elements_;
};

}  // namespace view
