#include "view/line_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "view/words.h"

namespace view {

namespace {

constexpr float left = 30, below = 40, right = 8, above = 6;

}  // namespace

std::string short_count(double count) {
  const char* const units[] = {"", " k", " M", " G"};
  int unit = 0;
  for (; count >= 999.5 && unit < 3; ++unit) count /= 1000;
  char text[32];
  const bool fraction = unit && count < 9.95 && std::abs(count - std::round(count)) >= 0.05;
  std::snprintf(text, sizeof text, fraction ? "%.1f%s" : "%.0f%s", count, units[unit]);
  return text;
}

LinePlot::LinePlot(Scene& scene, const Rect& r, const std::vector<double>& places, float top,
                   float step)
    : scene_(scene),
      plot_{r.x + left, r.y + above, r.w - left - right, r.h - above - below},
      places_(places),
      top_(top),
      step_(step) {}

float LinePlot::x_of(double place) const {
  const double first = std::log(std::max(1.0, places_.front()));
  const double span = std::max(1e-9, std::log(std::max(1.0, places_.back())) - first);
  return plot_.x + float((std::log(std::max(1.0, place)) - first) / span) * plot_.w;
}

float LinePlot::y_of(float value) const {
  return plot_.bottom() - std::clamp(value / top_, 0.0f, 1.0f) * plot_.h;
}

void LinePlot::draw_axes(const std::string& name) {
  Canvas& canvas = scene_.canvas;
  TextStyle style = canvas.muted();
  style.align = Align::right;
  for (int i = 0; float(i) * step_ <= top_ * 1.001f; ++i) {
    const float value = float(i) * step_, y = y_of(value);
    canvas.line({plot_.x, y}, {plot_.right(), y}, i ? canvas.theme().line : canvas.theme().edge);
    canvas.text({plot_.x - left, y - 9, left - 6, 18}, unsigned_number(value, step_ < 1 ? 1 : 0),
                style);
  }
  style.align = Align::center;
  for (double tick = 1; tick <= places_.back() * 1.001; tick *= 10) {
    if (tick < places_.front() * 0.999) continue;
    const float x = x_of(tick);
    canvas.line({x, plot_.bottom()}, {x, plot_.bottom() + 4}, canvas.theme().edge);
    canvas.text({std::clamp(x - 30, plot_.x - left, plot_.right() + right - 60), plot_.bottom() + 4,
                 60, 17},
                short_count(tick), style);
  }
  canvas.text({plot_.x, plot_.bottom() + 21, plot_.w, 18}, name, style);
}

void LinePlot::draw(const PlotLine& line) {
  std::vector<Point> points;
  const auto flush = [&] {
    if (points.size() > 1) scene_.canvas.polyline(points, line.color, line.thickness);
    points.clear();
  };
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (line.values[i])
      points.push_back({x_of(places_[i]), y_of(*line.values[i])});
    else
      flush();
  flush();
}

void LinePlot::mark(int place, const std::vector<const PlotLine*>& lines) {
  const float x = x_of(places_[std::size_t(place)]);
  scene_.canvas.line({x, plot_.y}, {x, plot_.bottom()}, scene_.canvas.theme().muted);
  for (const PlotLine* line : lines)
    if (const auto& value = line->values[std::size_t(place)])
      scene_.canvas.circle({x, y_of(*value)}, 3.5f, line->color);
}

std::optional<int> LinePlot::pointed() const {
  if (!scene_.pointer.over(plot_.inset(-left / 2, 0))) return std::nullopt;
  const float x = scene_.pointer.at().x;
  const auto distance = [&](double place) { return std::abs(x_of(place) - x); };
  const auto nearest = std::min_element(places_.begin(), places_.end(), [&](double a, double b) {
    return distance(a) < distance(b);
  });
  return int(nearest - places_.begin());
}

}  // namespace view
