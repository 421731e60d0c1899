#include "view/complex_plane.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr float dot = 4;

double largest_of(const std::vector<engine::Complex>& values) {
  double largest = 0;
  for (const engine::Complex& value : values) largest = std::max(largest, std::abs(value));
  return std::max(largest, 1e-12);
}

// "1.2e+03" is no number for a figure: three digits, or a power.
std::string size_of(double value) {
  return value >= 1e4 || value < 1e-2 ? tiny(float(value))
                                      : unsigned_number(float(value), value < 10 ? 2 : 0);
}

}  // namespace

void draw_complex_plane(Scene& scene, const Rect& square,
                        const std::vector<engine::Complex>& values) {
  Canvas& canvas = scene.canvas;
  const Theme& theme = canvas.theme();
  const double largest = largest_of(values);
  const Point middle = square.center();
  const float radius = square.w / 2 - dot - 1;
  canvas.outline(square, theme.border, 3);
  canvas.line({square.x, middle.y}, {square.right(), middle.y}, theme.line);
  canvas.line({middle.x, square.y}, {middle.x, square.bottom()}, theme.edge);
  for (const engine::Complex& value : values) {
    const Color color = signed_color(theme, float(value.real()));
    canvas.circle({middle.x + float(value.real() / largest) * radius,
                   middle.y - float(value.imag() / largest) * radius},
                  dot, faded(color, 0.6f));
  }
  TextStyle style = canvas.muted();
  canvas.text({square.x + 6, middle.y + 2, 90, 17}, "−" + size_of(largest), style);
  style.align = Align::right;
  canvas.text({square.right() - 96, middle.y + 2, 90, 17}, size_of(largest), style);
  canvas.text({middle.x - 60, square.y + 4, 54, 17}, "i " + size_of(largest), style);
}

}  // namespace view
