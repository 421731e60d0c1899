// Lines over a common axis: of tokens, which is logarithmic (what happens early in training happens
// in few tokens), or of steps, which is not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "view/scene.h"

namespace view {

struct PlotLine {
  Color color = 0;
  float thickness = 1.5f;
  std::vector<std::optional<float>> values;  // one a place of the axis; none: a gap
  std::vector<double> places = {};           // its own, where they are not the axis's
};

enum class Axis { logarithmic, linear };

// Of values; a grid line every `step` from the bottom on.
struct PlotRange {
  float bottom, top, step;
};
// One that holds both, in at most ten steps, none smaller than `finest`. Finite values.
PlotRange plot_range(float low, float high, float finest);

class LinePlot {
 public:
  // Places rise, on a logarithmic axis from 1 on. The rectangle holds the numbers beside the axes
  // too.
  LinePlot(Scene& scene, const Rect& r, const std::vector<double>& places, const PlotRange& range,
           Axis axis = Axis::logarithmic);

  void draw_axes(const std::string& name);
  void draw(const PlotLine& line);
  // What lies between two places, under a name.
  void draw_span(int from, int to, const char* name);
  // A dashed line at a value.
  void draw_level(float value, Color color);
  // A line down at the place, and a dot on each of these lines there.
  void mark(int place, const std::vector<const PlotLine*>& lines);
  // The place nearest to the pointer; none where it is outside.
  std::optional<int> pointed() const;

 private:
  void draw_tick(double place, const std::string& text);
  float x_of(double place) const;
  float y_of(float value) const;

  Scene& scene_;
  Rect plot_;
  const std::vector<double>& places_;
  PlotRange range_;
  Axis axis_;
};

}  // namespace view
