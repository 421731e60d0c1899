// A model on random tokens that come twice: its loss at each position, the first copy and the
// second. The mean over all blocks.
#pragma once

#include "engine/head_kinds.h"
#include "view/scene.h"

namespace view {

class RepeatBars {
 public:
  // `runs` may still be at work. `top`: the highest loss of the axis, so that models compare.
  RepeatBars(Scene& scene, const engine::Config& config, const engine::RepeatedRuns& runs,
             float top);
  static float height(float width);
  void draw(const Rect& r);
  // The highest loss there is; 0 while the runs are at work.
  static float highest(const engine::RepeatedRuns& runs);

 private:
  void draw_bars(const Rect& plot, const engine::RepeatedScores& scores);
  void draw_axis(const Rect& plot, int length);

  Scene& scene_;
  const engine::Config& config_;
  const engine::RepeatedRuns& runs_;
  const float top_;
};

}  // namespace view
