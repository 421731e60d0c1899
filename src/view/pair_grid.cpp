#include "view/pair_grid.h"

#include <algorithm>

namespace view {

namespace {

constexpr float label_width = 42, label_height = 20, tallest = 30, labels_fit = 12;

}  // namespace

PairGrid::PairGrid(Scene& scene, float width)
    : scene_(scene),
      n_heads_(scene.explorer.config().n_heads),
      n_layers_(scene.explorer.config().n_layers) {
  const float side = float((n_layers_ - 1) * n_heads_);
  size_ = std::min((width - label_width) / side, tallest);
  height_ = 2 * label_height + size_ * side;
}

void PairGrid::place(Point at) {
  corner_ = {at.x + label_width, at.y + 2 * label_height};
}

Rect PairGrid::hit(engine::HeadId earlier, engine::HeadId later) const {
  return {corner_.x + float(column_of(later)) * size_, corner_.y + float(row_of(earlier)) * size_,
          size_, size_};
}

Rect PairGrid::cell(engine::HeadId earlier, engine::HeadId later) const {
  return hit(earlier, later).inset(size_ > 8 ? 1.0f : 0.0f);
}

void PairGrid::draw_labels(std::optional<engine::HeadId> lit_earlier,
                           std::optional<engine::HeadId> lit_later) const {
  Canvas& canvas = scene_.canvas;
  const auto style_of = [&](bool lit) { return lit ? canvas.strong(11) : canvas.muted(11); };
  for (const engine::HeadId head : engine::all_heads(scene_.explorer.config())) {
    const bool labelled = size_ >= labels_fit || head.head % 3 == 0;
    if (head.layer + 1 < n_layers_ && labelled)
      canvas.text({corner_.x - label_width, corner_.y + float(row_of(head)) * size_,
                   label_width - 6, size_},
                  engine::name(head), style_of(head == lit_earlier));
    if (head.layer == 0) continue;
    const float x = corner_.x + float(column_of(head)) * size_;
    TextStyle style = style_of(head == lit_later);
    style.align = Align::center;
    if (labelled)
      canvas.text({x - 10, corner_.y - label_height, size_ + 20, label_height},
                  std::to_string(head.head), style);
    if (head.head == 0)
      canvas.text({x, corner_.y - 2 * label_height, size_ * float(n_heads_), label_height},
                  "L" + std::to_string(head.layer), canvas.muted(11));
  }
}

}  // namespace view
