// Where one head looks on random tokens that come twice: the stripe of an induction head, beside
// the scores of the heads that have the most of it. A click chooses a head.
#pragma once

#include "explorer/induction_reading.h"
#include "view/scene.h"

namespace view {

class RepeatStripe {
 public:
  // `runs` may still be at work. The model has layers.
  RepeatStripe(Scene& scene, float width, const engine::RepeatedRuns& runs, engine::HeadId head);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  void draw_pattern(const Rect& square);
  void draw_score(const Rect& r, const engine::HeadScores& scores);

  Scene& scene_;
  const engine::HeadId head_;
  std::vector<engine::HeadScores> strongest_;  // by the induction score, the chosen head among them
  float side_ = 0, sentence_height_ = 0, height_ = 0;
  std::string sentence_;
};

}  // namespace view
