#include "view/line_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "view/axis.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float left = 36, below = 40, right = 8, above = 6;

}  // namespace

PlotRange plot_range(float low, float high, float finest) {
  const int most_steps = 8;
  const float largest = std::numeric_limits<float>::max() / 4;
  low = std::max(low, -largest);
  high = std::min(high, largest);
  const float step = std::max(finest, nice_step(high - low, most_steps));
  return {std::floor(low / step) * step, std::ceil(high / step) * step, step};
}

LinePlot::LinePlot(Scene& scene, const Rect& r, const std::vector<double>& places,
                   const PlotRange& range, Axis axis)
    : scene_(scene),
      plot_{r.x + left, r.y + above, r.w - left - right, r.h - above - below},
      places_(places),
      range_(range),
      axis_(axis) {}

float LinePlot::x_of(double place) const {
  if (axis_ == Axis::linear) {
    const double width = std::max(1e-9, places_.back() - places_.front());
    return plot_.x + float((place - places_.front()) / width) * plot_.w;
  }
  const double first = std::log(std::max(1.0, places_.front()));
  const double span = std::max(1e-9, std::log(std::max(1.0, places_.back())) - first);
  return plot_.x + float((std::log(std::max(1.0, place)) - first) / span) * plot_.w;
}

float LinePlot::y_of(float value) const {
  const float part = (value - range_.bottom) / std::max(1e-6f, range_.top - range_.bottom);
  return plot_.bottom() - std::clamp(part, 0.0f, 1.0f) * plot_.h;
}

void LinePlot::draw_axes(const std::string& name) {
  Canvas& canvas = scene_.canvas;
  TextStyle style = canvas.muted();
  style.align = Align::right;
  const int lines = int(std::lround((range_.top - range_.bottom) / range_.step));
  for (int i = 0; i <= lines; ++i) {
    const float value = range_.bottom + float(i) * range_.step, y = y_of(value);
    const bool zero = std::abs(value) < range_.step / 2;
    canvas.line({plot_.x, y}, {plot_.right(), y}, zero ? canvas.theme().edge : canvas.theme().line);
    canvas.text({plot_.x - left, y - 9, left - 6, 18}, axis_number(zero ? 0 : value, range_.step),
                style);
  }
  if (axis_ == Axis::linear) {
    const double apart = std::max(1.0f, nice_step(float(places_.back() - places_.front()), 5));
    for (double tick = 0; tick <= places_.back() * 1.001; tick += apart)
      draw_tick(tick, grouped(int(std::lround(tick))));
  } else {
    for (double tick = 1; tick <= places_.back() * 1.001; tick *= 10)
      if (tick >= places_.front() * 0.999) draw_tick(tick, short_count(tick));
  }
  style.align = Align::center;
  canvas.text({plot_.x, plot_.bottom() + 21, plot_.w, 18}, name, style);
}

void LinePlot::draw_tick(double place, const std::string& text) {
  Canvas& canvas = scene_.canvas;
  TextStyle style = canvas.muted();
  style.align = Align::center;
  const float x = x_of(place);
  canvas.line({x, plot_.bottom()}, {x, plot_.bottom() + 4}, canvas.theme().edge);
  canvas.text(
      {std::clamp(x - 30, plot_.x - left, plot_.right() + right - 60), plot_.bottom() + 4, 60, 17},
      text, style);
}

void LinePlot::draw_span(int from, int to, const char* name) {
  Canvas& canvas = scene_.canvas;
  const float start = x_of(places_[std::size_t(from)]), end = x_of(places_[std::size_t(to)]);
  canvas.fill({start, plot_.y, std::max(2.0f, end - start), plot_.h}, canvas.theme().highlight);
  TextStyle style = canvas.muted(text_size::small);
  style.align = Align::right;
  canvas.text({plot_.x, plot_.y + 2, start - plot_.x - 5, 16}, name, style);
}

void LinePlot::draw_level(float value, Color color) {
  const float y = y_of(value);
  scene_.canvas.dashes({plot_.x, y}, {plot_.right(), y}, color, 1.5f);
}

void LinePlot::draw(const PlotLine& line) {
  const std::vector<double>& places = line.places.empty() ? places_ : line.places;
  std::vector<Point> points;
  const auto flush = [&] {
    if (points.size() > 1) scene_.canvas.polyline(points, line.color, line.thickness);
    points.clear();
  };
  for (std::size_t i = 0; i < places.size(); ++i)
    if (line.values[i])
      points.push_back({x_of(places[i]), y_of(*line.values[i])});
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
