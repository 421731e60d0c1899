#include "view/scatter_plot.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr float left = 50, below = 42, above = 6, right = 6;
constexpr float radius = 3, reach = 12;
constexpr int least_decades = 3, most_decades = engine::PairDensity::decades;

// The log-probability that a cell ends at.
float cell_end(int cell) {
  return -decade * float(cell + 1) / float(engine::PairDensity::cells_a_decade);
}

}  // namespace

std::string decade_name(int down) {
  if (down > 5) return fill("1e-{0}", {std::to_string(down)});
  return fill("{0} %",
              {unsigned_number(100 / std::pow(10.0f, float(down)), std::max(0, down - 2))});
}

int decades_to(float lowest) {
  return std::clamp(int(std::ceil(-lowest / decade)), least_decades, most_decades);
}

ScatterPlot::ScatterPlot(Scene& scene, const Rect& square, const std::vector<ScatterDot>& dots,
                         const engine::PairDensity* behind)
    : scene_(scene),
      dots_(dots),
      behind_(behind),
      plot_{square.x + left, square.y + above, square.w - left - right, square.h - above - below} {
  float lowest = 0;
  for (const ScatterDot& dot : dots) lowest = std::min({lowest, dot.x, dot.y});
  if (behind) lowest = std::min(lowest, cell_end(behind->lowest()));
  decades_ = decades_to(lowest);
}

float ScatterPlot::part(float log_probability) const {
  return std::clamp(1 + log_probability / (decade * float(decades_)), 0.0f, 1.0f);
}

Point ScatterPlot::place(const ScatterDot& dot) const {
  return {plot_.x + part(dot.x) * plot_.w, plot_.bottom() - part(dot.y) * plot_.h};
}

// Shades by the logarithm of how many, so that the few are seen too.
void ScatterPlot::draw_density() const {
  const Color color = scene_.canvas.theme().muted;
  const double most = std::log1p(double(behind_->most()));
  for (int x = 0; x <= behind_->lowest(); ++x)
    for (int y = 0; y <= behind_->lowest(); ++y) {
      const std::int64_t pairs = behind_->at(x, y);
      if (pairs == 0) continue;
      const Point low = place({cell_end(x), cell_end(y)});
      const Point high = place({cell_end(x - 1), cell_end(y - 1)});
      const float shade = float(std::log1p(double(pairs)) / most);
      scene_.canvas.fill({low.x, high.y, high.x - low.x, low.y - high.y},
                         faded(color, 0.04f + 0.5f * shade * shade));
    }
}

void ScatterPlot::draw(const std::string& x_name, const std::string& y_name) const {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  if (behind_) draw_density();
  TextStyle style = canvas.muted(11);
  for (int down = 0; down <= decades_; ++down) {
    const Point at = place({-decade * float(down), -decade * float(down)});
    canvas.line({plot_.x, at.y}, {plot_.right(), at.y}, theme.line);
    canvas.line({at.x, plot_.y}, {at.x, plot_.bottom()}, theme.line);
    style.align = Align::right;
    canvas.text({plot_.x - left, at.y - 9, left - 6, 18}, decade_name(down), style);
    if (down % 2) continue;
    style.align = down ? Align::center : Align::right;
    const float width = 56, x = down ? at.x - width / 2 : plot_.right() + right - width;
    canvas.text({std::max(x, plot_.x - left), plot_.bottom() + 3, width, 17}, decade_name(down),
                style);
  }
  canvas.line({plot_.x, plot_.bottom()}, {plot_.right(), plot_.y}, theme.edge);
  for (const ScatterDot& dot : dots_) canvas.circle(place(dot), radius, faded(theme.raise, 0.55f));
  style = canvas.muted();
  style.align = Align::center;
  canvas.text({plot_.x, plot_.bottom() + 22, plot_.w, 18}, x_name, style);
  style.align = Align::left;
  canvas.text({plot_.x + 8, plot_.y + 4, plot_.w, 18}, y_name, style);
}

void ScatterPlot::mark(int dot) const {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const Point at = place(dots_[std::size_t(dot)]);
  canvas.line({plot_.x, at.y}, at, theme.muted);
  canvas.line(at, {at.x, plot_.bottom()}, theme.muted);
  canvas.circle(at, radius + 2.5f, theme.card);
  canvas.circle(at, radius + 1.5f, theme.text);
}

int ScatterPlot::pointed() const {
  if (!scene_.pointer.over(plot_.inset(-reach))) return -1;
  const Point pointer = scene_.pointer.at();
  int nearest = -1;
  float least = reach;
  for (std::size_t i = 0; i < dots_.size(); ++i) {
    const Point at = place(dots_[i]);
    const float distance = std::hypot(at.x - pointer.x, at.y - pointer.y);
    if (distance >= least) continue;
    least = distance;
    nearest = int(i);
  }
  return nearest;
}

}  // namespace view
