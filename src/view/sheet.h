// Sheet: what each figure draws on: a window of Dear ImGui that fills the frame, with the scene in
// CSS pixels, the focus ring, and the sentence that stands where there is no text.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>

#include "view/scene.h"

namespace view {

// A part of a figure with the height it wants; drawn into a rectangle at least that high.
struct Panel {
  float height = 0;
  std::function<void(const Rect&)> draw;
};

// The panel that such a part is; the part outlives it.
template <class Part>
Panel panel_of(Part& part) {
  return {part.height(), [&part](const Rect& r) { part.draw(r); }};
}

// Panels in so many columns of this width, row by row, each row as high as its highest. Returns
// where they end.
float draw_columns(const std::vector<Panel>& panels, Point at, float width, int columns);

// Two panels of these widths beside one another, both as high as the higher, or where they are not
// to be `beside` below one another. Returns where they end.
float draw_two(const Panel& first, float first_width, const Panel& second, float second_width,
               Point at, bool beside);

class Sheet {
 public:
  Sheet(const char* name, explorer::Explorer& explorer, const Frame& frame);
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  Scene& scene() { return scene_; }
  // CSS pixels. What is narrower than anything that a page shows, as one that is being laid out may
  // be for a moment, is drawn as wide as this and cut off.
  float width() const { return std::max(least, frame_.width / frame_.dpr); }
  // Draws the focus ring around a figure of this height (CSS pixels).
  Drawn end(float height, Wheel wheel = Wheel::page);
  // The whole figure is a sentence: there is nothing else to show.
  Drawn end_sentence(const char* sentence);

 private:
  static constexpr float least = 280;
  static ImDrawList* begin(const char* name, const Frame& frame);

  const Frame frame_;
  Canvas canvas_;
  Pointer pointer_;
  std::shared_ptr<const std::vector<TokenText>> tokens_;
  Scene scene_;
};

}  // namespace view
