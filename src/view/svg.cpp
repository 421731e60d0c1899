#include "view/svg.h"

#include <algorithm>
#include <cstdio>

#include "view/drawable.h"

namespace view {

namespace {

// How far a text's baseline is below the middle of its line, in em: of Inter.
constexpr float baseline = 0.364f;

// To a hundredth of a pixel.
std::string number(float value) {
  char buffer[32];
  const int length = std::snprintf(buffer, sizeof buffer, "%.2f", double(value));
  std::string text(buffer, std::size_t(length));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string attribute(const char* name, const std::string& value) {
  return " " + std::string(name) + "=\"" + value + "\"";
}

std::string attribute(const char* name, float value) {
  return attribute(name, number(value));
}

// `name` is fill or stroke.
std::string colour(const char* name, Color color) {
  char buffer[8];
  std::snprintf(buffer, sizeof buffer, "#%02x%02x%02x", (color >> IM_COL32_R_SHIFT) & 255,
                (color >> IM_COL32_G_SHIFT) & 255, (color >> IM_COL32_B_SHIFT) & 255);
  const Color alpha = (color >> IM_COL32_A_SHIFT) & 255;
  const std::string opaque = attribute(name, buffer);
  if (alpha == 255) return opaque;
  return opaque + attribute((std::string(name) + "-opacity").c_str(), float(alpha) / 255);
}

std::string stroke(Color color, float thickness) {
  return " fill=\"none\"" + colour("stroke", color) + attribute("stroke-width", thickness);
}

std::string rectangle(const Rect& r, float radius) {
  std::string places = attribute("x", r.x) + attribute("y", r.y) + attribute("width", r.w) +
                       attribute("height", r.h);
  if (radius > 0) places += attribute("rx", std::min({radius, r.w / 2, r.h / 2}));
  return places;
}

std::string circle_of(Point center, float radius) {
  return attribute("cx", center.x) + attribute("cy", center.y) + attribute("r", radius);
}

std::string places(const std::vector<Point>& points) {
  std::string places;
  for (Point p : points) places += (places.empty() ? "" : " ") + number(p.x) + "," + number(p.y);
  return attribute("points", places);
}

// XML cannot hold most control characters, nor U+FFFE and U+FFFF, however they are written.
std::string escaped(std::string_view text) {
  const char* replacement = "\ufffd";
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view three = text.substr(i, 3);
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      escaped += replacement;
    } else if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      escaped += replacement;
      i += 2;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string font(const TextStyle& style) {
  const char* family = style.face == Face::mono ? "Pathscope Mono, ui-monospace, monospace"
                                                : "Pathscope Sans, Inter, system-ui, sans-serif";
  std::string font = attribute("font-family", family) + attribute("font-size", style.size);
  if (style.face == Face::strong) font += " font-weight=\"600\"";
  return font;
}

std::string text_element(const std::string& place, std::string_view text, const TextStyle& style,
                         float length) {
  return "<text" + place + font(style) + colour("fill", style.color) +
         attribute("textLength", length) + " lengthAdjust=\"spacingAndGlyphs\">" +
         escaped(written(text)) + "</text>\n";
}

}  // namespace

void Svg::rect(const Rect& r, Color fill, float radius) {
  elements_ += "<rect" + rectangle(r, radius) + colour("fill", fill) + "/>\n";
}

void Svg::outline(const Rect& r, Color color, float radius, float thickness) {
  const float half = thickness / 2;
  elements_ += "<rect" + rectangle(r.inset(half), std::max(0.0f, radius - half)) +
               stroke(color, thickness) + "/>\n";
}

void Svg::line(const std::vector<Point>& points, Color color, float thickness, bool closed) {
  elements_ += (closed ? "<polygon" : "<polyline") + places(points) + stroke(color, thickness) +
               " stroke-linejoin=\"round\"/>\n";
}

void Svg::curve(Point a, Point control_a, Point control_b, Point b, Color color, float thickness) {
  std::string path = "M" + number(a.x) + " " + number(a.y) + "C";
  for (Point p : {control_a, control_b, b}) path += number(p.x) + " " + number(p.y) + " ";
  path.pop_back();
  elements_ += "<path" + attribute("d", path) + stroke(color, thickness) + "/>\n";
}

void Svg::polygon(const std::vector<Point>& points, Color fill) {
  elements_ += "<polygon" + places(points) + colour("fill", fill) + "/>\n";
}

void Svg::circle(Point center, float radius, Color fill) {
  elements_ += "<circle" + circle_of(center, radius) + colour("fill", fill) + "/>\n";
}

void Svg::ring(Point center, float radius, Color color, float thickness) {
  elements_ += "<circle" + circle_of(center, radius) + stroke(color, thickness) + "/>\n";
}

void Svg::text(Point start, std::string_view text, const TextStyle& style, float length) {
  const std::string place =
      attribute("x", start.x) + attribute("y", start.y + baseline * style.size);
  elements_ += text_element(place, text, style, length);
}

void Svg::upward_text(Point start, std::string_view text, const TextStyle& style, float length) {
  const std::string turned = "translate(" + number(start.x + baseline * style.size) + " " +
                             number(start.y) + ") rotate(-90)";
  elements_ += text_element(attribute("transform", turned), text, style, length);
}

void Svg::push_clip(const Rect& r) {
  const std::string box = number(r.x) + " " + number(r.y) + " " + number(r.w) + " " + number(r.h);
  elements_ += "<svg" + rectangle(r, 0) + attribute("viewBox", box) + ">\n";
}

void Svg::pop_clip() {
  elements_ += "</svg>\n";
}

std::string Svg::picture(float width, float height) const {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) +
         attribute("height", height) +
         attribute("viewBox", "0 0 " + number(width) + " " + number(height)) +
         " style=\"white-space:pre\">\n" + elements_ + "</svg>\n";
}

}  // namespace view
