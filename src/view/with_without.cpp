#include "view/with_without.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr float bar_height = 8, number_width = 48, swatch = 16, key_gap = 18, key_line = 18;

void draw_bar(Scene& scene, const Rect& r, float part, Color color) {
  scene.canvas.fill({r.x, r.y, std::max(1.5f, (r.w - number_width) * part), r.h}, color, 2);
  TextStyle style = scene.canvas.muted(11);
  style.align = Align::right;
  scene.canvas.text({r.right() - number_width, r.y - 4, number_width, r.h + 8},
                    percent(std::log(part)), style);
}

float entry_width(const Scene& scene, const char* name) {
  return swatch + scene.canvas.text_width(name, scene.canvas.muted()) + 2;
}

bool in_one_line(const Scene& scene, float width) {
  return entry_width(scene, words().with_heads) + key_gap +
             entry_width(scene, words().without_heads) <=
         width;
}

}  // namespace

void draw_with_without(Scene& scene, const Rect& r, float with, std::optional<float> without) {
  const Theme& theme = scene.canvas.theme();
  const float y = r.center().y;
  if (!without)
    return draw_bar(scene, {r.x, y - bar_height / 2, r.w, bar_height}, with, theme.raise);
  draw_bar(scene, {r.x, y - bar_height - 1.5f, r.w, bar_height}, with, theme.raise);
  draw_bar(scene, {r.x, y + 1.5f, r.w, bar_height}, *without, theme.before);
}

float with_without_key_height(const Scene& scene, float width) {
  return in_one_line(scene, width) ? key_line : 2 * key_line;
}

void draw_with_without_key(Scene& scene, const Rect& r) {
  Canvas& canvas = scene.canvas;
  const auto entry = [&](Point at, Color color, const char* name) {
    canvas.fill({at.x, at.y + key_line / 2 - bar_height / 2, swatch - 5, bar_height}, color, 2);
    canvas.text({at.x + swatch, at.y, r.w - swatch, key_line}, name, canvas.muted());
  };
  const Words& w = words();
  entry({r.x, r.y}, canvas.theme().raise, w.with_heads);
  const Point second = in_one_line(scene, r.w)
                           ? Point{r.x + entry_width(scene, w.with_heads) + key_gap, r.y}
                           : Point{r.x, r.y + key_line};
  entry(second, canvas.theme().before, w.without_heads);
}

}  // namespace view
