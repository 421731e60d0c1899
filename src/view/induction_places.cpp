#include "view/induction_places.h"

#include <algorithm>

#include "view/with_without.h"
#include "view/words.h"

namespace view {

namespace {

constexpr int most_rows = 9;
constexpr float header = 20, fold_height = 24;

}  // namespace

InductionPlaces::InductionPlaces(Scene& scene, float width,
                                 const explorer::InductionOnText& reading, bool without)
    : scene_(scene), without_(without) {
  int read = 0;  // rows up to the position that is read
  for (const engine::InductionPosition& place : reading.positions()) {
    if (place.occurrences.empty()) continue;
    rows_.push_back(&place);
    if (place.position <= scene.explorer.position()) read = int(rows_.size());
  }
  const int all = int(rows_.size());
  folds_ = all > most_rows;
  if (folds_ && !kept("places unfolded", 0)) {
    const int first = std::clamp(read - most_rows, 0, all - most_rows);
    rows_ = {rows_.begin() + first, rows_.begin() + first + most_rows};
    hidden_ = all - most_rows;
  }
  const float inner = width - 2 * card_padding(width);
  key_height_ = without ? with_without_key_height(scene, inner) + 4 : 0;
  const float rows =
      rows_.empty()
          ? scene.canvas.paragraph_height(inner, words().nothing_twice, scene.canvas.muted())
          : header + with_without_height * float(rows_.size()) + key_height_;
  height_ = card_height(width, rows + (folds_ ? fold_height : 0));
}

void InductionPlaces::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, words().induction_places);
  if (rows_.empty()) {
    canvas.paragraph(inside, words().nothing_twice, canvas.muted());
    return;
  }
  Point at{inside.x, inside.y};
  const TextStyle style = canvas.muted();
  canvas.text({at.x, at.y, inside.w * 0.3f, header}, words().now, style);
  canvas.text({at.x + inside.w * 0.3f, at.y, inside.w * 0.24f, header}, words().came_next, style);
  at.y += header;
  for (const engine::InductionPosition* place : rows_) {
    draw_row({at.x, at.y, inside.w, with_without_height}, *place);
    at.y += with_without_height;
  }
  if (folds_) {
    const bool unfolded = hidden_ == 0;
    const std::string text =
        unfolded ? words().fewer : fill(words().more, {std::to_string(hidden_)});
    if (link(scene_, {at.x, at.y, inside.w, fold_height}, text))
      keep(scene_, "places unfolded", !unfolded);
    at.y += fold_height;
  }
  if (without_) draw_with_without_key(scene_, {at.x, at.y + 4, inside.w, key_height_});
}

void InductionPlaces::draw_row(const Rect& r, const engine::InductionPosition& place) {
  Canvas& canvas = scene_.canvas;
  explorer::Explorer& explorer = scene_.explorer;
  const engine::EarlierOccurrence& latest = place.occurrences.front();
  const bool chosen = place.position == explorer.position();
  if (chosen || scene_.pointer.over(r)) canvas.fill(r.inset(-8, 0.5f), canvas.theme().highlight, 4);
  const auto token = [&](int position) { return quotable(scene_.tokens[std::size_t(position)]); };
  const TextStyle style = chosen ? canvas.strong() : canvas.style();
  const std::string number = std::to_string(place.position);
  canvas.text({r.x, r.y, 26, r.h}, number, canvas.muted(11));
  canvas.text({r.x + 26, r.y, r.w * 0.3f - 30, r.h}, token(place.position), style);
  canvas.text({r.x + r.w * 0.3f, r.y, r.w * 0.24f - 6, r.h}, token(latest.earlier + 1), style);
  draw_with_without(scene_, {r.x + r.w * 0.54f, r.y, r.w * 0.46f, r.h}, latest.probability,
                    without_ ? std::optional<float>(latest.probability_without) : std::nullopt);
  if (!scene_.pointer.button(r)) return;
  const bool last = place.position + 1 == int(explorer.tokens().size());
  explorer.set_position(last ? std::nullopt : std::optional<int>(place.position));
}

}  // namespace view
