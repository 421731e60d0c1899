#include "view/layer_product.h"

#include <algorithm>
#include <cmath>

#include "explorer/term_reading.h"
#include "view/pattern_plot.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float side = 46, gap = 12, label_height = 16, name_height = 22, factor_gap = 10;
constexpr float pitch = side + gap, row_height = side + label_height + 6;
constexpr std::size_t most_paths = 60;  // of a factor: more are counted

}  // namespace

LayerProduct::LayerProduct(Scene& scene, float width, int expanded)
    : scene_(scene), inner_(width - 2 * card_padding(width)) {
  const engine::Config& config = scene.explorer.config();
  for (int layer = config.n_layers - 1; layer >= expanded; --layer) {
    Factor factor{fill(words().layer_factor, {std::to_string(layer)}), {{}}};
    for (int head = 0; head < config.n_heads; ++head) factor.paths.push_back({{layer, head}});
    factors_.push_back(std::move(factor));
  }
  if (expanded > 0) {
    Factor factor{"", {}};
    for (const engine::Path& path : engine::all_paths(config))
      if (path.empty() || path.back().layer < expanded) factor.paths.push_back(path);
    factor.name = fill(words().terms_factor, {std::to_string(factor.paths.size())});
    factors_.push_back(std::move(factor));
  }
  float content = 2 * name_height;  // W_U above, W_E below
  for (const Factor& factor : factors_) content += factor_height(factor) + factor_gap;
  height_ = card_height(width, content);
}

float LayerProduct::factor_height(const Factor& factor) const {
  const float per_row = std::max(1.0f, std::floor((inner_ + gap) / pitch));
  const float shown = float(std::min(factor.paths.size(), most_paths));
  return name_height + row_height * std::ceil(shown / per_row);
}

void LayerProduct::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, words().product);
  TextStyle style = canvas.strong(text_size::small);
  canvas.text({inside.x, inside.y, inside.w, name_height}, words().unembed_factor, style);
  float y = inside.y + name_height;
  for (const Factor& factor : factors_) {
    draw_factor({inside.x, y}, factor);
    y += factor_height(factor) + factor_gap;
  }
  canvas.text({inside.x, y, inside.w, name_height}, words().embed_factor, style);
}

void LayerProduct::draw_factor(Point at, const Factor& factor) {
  Canvas& canvas = scene_.canvas;
  canvas.text({at.x, at.y, inner_, name_height}, factor.name, canvas.strong(text_size::small));
  const int per_row = int(std::max(1.0f, std::floor((inner_ + gap) / pitch)));
  for (std::size_t i = 0; i < factor.paths.size() && i < most_paths; ++i) {
    const engine::Path& path = factor.paths[i];
    const Rect square{at.x + float(int(i) % per_row) * pitch,
                      at.y + name_height + float(int(i) / per_row) * row_height, side, side};
    const auto tensor = explorer::term_tensor(scene_.explorer, path);
    PatternPlot(tensor->pattern, Shown::pattern).draw(canvas, square, square);
    TextStyle style = canvas.muted(10);
    style.align = Align::center;
    canvas.text({square.x - gap / 2, square.bottom() + 1, pitch, label_height},
                path.empty() ? words().identity : engine::name(path), style);
    if (i + 1 < factor.paths.size())
      canvas.plus_or_minus({square.right() + gap / 2, square.center().y}, 6, 1,
                           canvas.theme().muted);
    if (!path.empty()) scene_.pointer.on_term(square, {path, false});
  }
}

}  // namespace view
