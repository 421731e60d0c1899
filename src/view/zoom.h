// Zoom: a square of a figure that can be enlarged and moved about. The wheel enlarges it around the
// pointer, with Ctrl or where the figure has the keys; dragging moves it; a double click, the key 0
// or the percentage shows the whole again. Kept from frame to frame.
#pragma once

#include "view/scene.h"

namespace view {

class Zoom {
 public:
  // Up to `most` times; nothing to zoom where that is 1.
  Zoom(Scene& scene, float most, bool focused);

  bool possible() const { return most_ > 1; }
  float scale() const { return scale_; }
  bool enlarged() const { return scale_ > 1; }
  // The last frame moved what is under the pointer.
  bool moved() const { return moved_; }
  // Where the whole lies, so that its part in sight fills the window.
  Rect whole(const Rect& window) const;

  // The wheel over `area`; dragging, and a double click, in the window.
  void take_pointer(const Rect& area, const Rect& window);
  void take_keys();  // +, - and 0
  // Moves as far as it takes to have this height (0 to 1) of the whole in sight.
  void reveal(float height);
  // "- 100 % +", its right end here.
  void draw_buttons(Point right_upper, float height);
  // What the wheel does where the pointer is.
  Wheel wheel() const { return wheel_; }

 private:
  // Around a point of the window, from 0 to 1 both ways.
  void set_scale(float scale, Point around);
  void move_to(float x, float y);

  Scene& scene_;
  const float most_;
  const bool focused_;
  float scale_ = 1, x_ = 0, y_ = 0;  // of the left upper corner in sight, in parts of the whole
  bool moved_ = false;
  Wheel wheel_ = Wheel::page;
};

}  // namespace view
