#include "view/head_choice.h"

namespace view {

namespace {

constexpr float gap = 6, line = 28;

}  // namespace

HeadChoice::HeadChoice(Scene& scene, float width) : scene_(scene) {
  float x = 0, y = 0;
  int layer = 0;
  for (const engine::HeadId head : engine::all_heads(scene.explorer.config())) {
    const float w = chip_width(scene, engine::name(head));
    if (head.layer != layer || (x > 0 && x + w > width)) {
      x = 0;
      y += line;
    }
    layer = head.layer;
    places_.push_back({x, y, w, chip_height});
    x += w + gap;
  }
  height_ = y + chip_height;
}

void HeadChoice::draw(Point at) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  std::size_t i = 0;
  for (const engine::HeadId head : engine::all_heads(scene_.explorer.config())) {
    const Rect& place = places_[i++];
    const Rect r{at.x + place.x, at.y + place.y, place.w, place.h};
    const bool chosen = head == scene_.explorer.head(), over = scene_.pointer.over(r);
    canvas.fill(r, chosen || over ? theme.highlight : theme.card, chip_height / 2);
    canvas.outline(r,
                   chosen ? theme.text
                   : over ? theme.focus
                          : theme.border,
                   chip_height / 2, chosen ? 2.0f : 1.0f);
    TextStyle style = chosen ? canvas.strong(text_size::small) : canvas.style(text_size::small);
    style.align = Align::center;
    canvas.text(r, engine::name(head), style);
    if (scene_.pointer.button(r)) scene_.explorer.set_head(head);
  }
}

}  // namespace view
