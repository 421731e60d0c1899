// The heads of a run that trains live, a row each: their scores along the steps, the pattern on one
// sequence now, and scissors.
#pragma once

#include <optional>

#include "view/scene.h"

namespace view {

class LiveHeads {
 public:
  // The run of that number; charts go from step 0 to `last_step`.
  LiveHeads(Scene& scene, std::size_t run, int last_step);

  static float height(float width, const explorer::LiveRun& run);
  void draw(const Rect& r);
  // The head whose scissors were clicked.
  std::optional<engine::HeadId> clicked() const { return clicked_; }

 private:
  void draw_row(const Rect& r, std::size_t index, engine::HeadId head);
  void draw_names(const Rect& r, std::size_t index, engine::HeadId head, bool cut);
  void draw_scores(const Rect& r, std::size_t index, bool cut);

  Scene& scene_;
  const explorer::LiveRun& run_;
  const int last_step_;
  std::optional<engine::HeadId> clicked_;
};

// The run's colour, by its layers.
Color run_color(const Theme& theme, int n_layers);

}  // namespace view
