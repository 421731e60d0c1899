// Probabilities of the same things from two sides, as dots in a square with both axes logarithmic:
// the more alike they are, the nearer the dots lie to its diagonal. Behind them lies, in shades,
// where very many others are.
#pragma once

#include <string>
#include <vector>

#include "engine/pair_density.h"
#include "view/scene.h"

namespace view {

struct ScatterDot {
  float x = 0, y = 0;  // log-probabilities, nats
};

// Of an axis that is logarithmic: "100 %" of 0 decades down, "0.01 %", "1e-7".
std::string decade_name(int down);
constexpr float decade = 2.302585f;  // nats
// As many decades as it takes down to this log-probability, 3 to 9; what is rarer lies on the edge.
int decades_to(float lowest);

class ScatterPlot {
 public:
  // The square holds the numbers beside the axes too. `behind`: null for none.
  ScatterPlot(Scene& scene, const Rect& square, const std::vector<ScatterDot>& dots,
              const engine::PairDensity* behind);

  void draw(const std::string& x_name, const std::string& y_name) const;
  void mark(int dot) const;  // with lines to its numbers
  // The dot nearest to the pointer; -1 where none is near.
  int pointed() const;

 private:
  Point place(const ScatterDot& dot) const;
  float part(float log_probability) const;  // of an axis, 0 to 1
  void draw_density() const;

  Scene& scene_;
  const std::vector<ScatterDot>& dots_;
  const engine::PairDensity* behind_;
  Rect plot_;
  int decades_ = 1;  // that each axis spans, up to a probability of 1
};

}  // namespace view
