// A figure in the page: view's drawing of an Explorer on a surface of its own.
#pragma once

#include <memory>
#include <string>

#include "explorer/explorer.h"
#include "platform/platform.h"
#include "view/figure.h"

namespace api {

class Figure {
 public:
  // Throws Error for a name that is no figure's.
  Figure(std::shared_ptr<platform::Screen> screen, std::shared_ptr<explorer::Explorer> explorer,
         const std::string& name);

  // Takes in what happened and lays the figure out, again and again until nothing changes any more:
  // what the pointer is on is known only after a layout. Returns the height it wants, in device
  // pixels. `seconds` since the last one.
  int update(const view::Frame& frame, float seconds);
  // Did it draw the progress of long work, which waits to go on?
  bool has_work() const { return !work_.empty(); }
  // As many steps as fit into most of so many seconds, and one at least; whether there is more to
  // do.
  bool work(float seconds);
  // What the wheel does where the pointer is, as of the last update.
  view::Wheel wheel() const { return wheel_; }
  // The figure as a picture in SVG (view/svg.h), as it is laid out for this frame. What is drawn
  // next must be laid out again.
  std::string svg(view::Frame frame);
  // Draws it, into the WebGL context that is current.
  void draw() { surface_.draw(); }

  platform::Surface& surface() { return surface_; }

 private:
  float lay_out(const view::Frame& frame, float seconds);

  platform::Surface surface_;
  std::shared_ptr<explorer::Explorer> explorer_;
  view::Figure draw_;
  float height_ = 1;
  std::string work_;  // of the explorer's, what the last layout waits for
  view::Wheel wheel_ = view::Wheel::page;
};

}  // namespace api
