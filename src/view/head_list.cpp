#include "view/head_list.h"

#include <algorithm>

#include "view/pattern_plot.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float smallest = 62, largest = 132, gap = 10;
constexpr float name_height = 20, layer_title = 22;

}  // namespace

HeadList::HeadList(Scene& scene, float width) : scene_(scene) {
  const engine::Config& config = scene.explorer.config();
  const float room = width - 2 * card_padding(width);
  per_row_ = std::clamp(int((room + gap) / (smallest + gap)), 1, config.n_heads);
  // Rows of equal length: eight heads are four and four rather than seven and one.
  const int rows = (config.n_heads + per_row_ - 1) / per_row_;
  per_row_ = (config.n_heads + rows - 1) / rows;
  side_ = std::min((room + gap) / float(per_row_) - gap, largest);
  layer_height_ = layer_title + float(rows) * (side_ + name_height + 4) + 4;
  height_ = card_height(width, float(config.n_layers) * layer_height_);
}

void HeadList::draw(const Rect& r) {
  const Rect inside = card(scene_.canvas, r, words().heads_all);
  const engine::Config& config = scene_.explorer.config();
  for (const engine::HeadId head : engine::all_heads(config)) {
    const float top = inside.y + float(head.layer) * layer_height_;
    if (head.head == 0)
      scene_.canvas.text({inside.x, top, inside.w, layer_title},
                         fill(words().layer, {std::to_string(head.layer)}), scene_.canvas.muted());
    draw_head(
        {inside.x + float(head.head % per_row_) * (side_ + gap),
         top + layer_title + float(head.head / per_row_) * (side_ + name_height + 4), side_, side_},
        head);
  }
}

void HeadList::draw_head(const Rect& r, engine::HeadId head) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  explorer::Explorer& explorer = scene_.explorer;
  const bool chosen = head == explorer.head();
  const Rect hit{r.x - 3, r.y - 3, r.w + 6, r.h + name_height + 4};
  if (chosen || scene_.pointer.over(hit)) canvas.fill(hit, theme.highlight, 5);
  canvas.fill(r, theme.card);
  PatternPlot(explorer.cut_run().head(head).pattern, Shown::pattern).draw(canvas, r, r);
  canvas.outline(r.inset(-1), chosen ? theme.text : theme.border, 2, chosen ? 2.0f : 1.0f);
  TextStyle style = chosen ? canvas.strong(text_size::small) : canvas.muted();
  style.align = Align::center;
  canvas.text({r.x, r.bottom() + 1, r.w, name_height - 2}, engine::name(head), style);
  if (scene_.pointer.button(hit)) explorer.set_head(head);
}

}  // namespace view
