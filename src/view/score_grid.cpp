#include "view/score_grid.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

using engine::Input;
using engine::ScoreSide;

constexpr float label_width = 54, sum_width = 50, sum_height = 48;
constexpr float widest_cell = 64, tallest_cell = 28;
constexpr float wide_enough = 44;  // for a number in a cell
constexpr float key_height = 20, chips_gap = 8;

}  // namespace

ScoreGridCard::ScoreGridCard(Scene& scene, float width, const ToldScore& told, PlaceChoice& choice)
    : scene_(scene),
      told_(told),
      choice_(choice),
      rows_(int(told.grid.queries.size())),
      columns_(int(told.grid.keys.size())) {
  const float inner = width - 2 * card_padding(width);
  pitch_ = std::min((inner - label_width - sum_width) / float(columns_), widest_cell);
  cell_height_ = std::clamp(pitch_, 12.0f, tallest_cell);
  label_height_ = 20;
  for (const ScoreSide& side : told.grid.keys)
    label_height_ = std::max(label_height_,
                             scene.canvas.text_width(label_of(side), scene.canvas.strong(11)) + 6);
  note_height_ = (inner < 420 ? 2 : 1) * Canvas::line_height(text_size::body);
  const float chips = (inner < 420 ? 2 : 1) * (chip_height + chips_gap);
  height_ = card_height(width, 18 + label_height_ + cell_height_ * float(rows_) + sum_height +
                                   key_height + note_height_ + chips + 12);
}

void ScoreGridCard::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, words().score_grid);
  canvas.text({inside.x, inside.y - 4, inside.w, 18}, words().query_key, canvas.muted());
  corner_ = {inside.x + label_width, inside.y + 18 + label_height_};
  for (int query = 0; query < rows_; ++query)
    for (int key = 0; key < columns_; ++key) draw_cell({query, key});
  draw_labels();
  draw_sums();
  canvas.outline(cell(choice_.shown).inset(-1), canvas.theme().text, 4, 2);
  const float bottom = corner_.y + cell_height_ * float(rows_) + sum_height;
  std::vector<Color> steps;
  for (int i = -5; i <= 5; ++i) steps.push_back(color(told_.largest * float(i) / 5));
  color_key(canvas, {inside.x, bottom, inside.w, key_height}, signed_number(-told_.largest),
            signed_number(told_.largest), steps);
  draw_shown({inside.x, bottom + key_height + 8, inside.w, note_height_});
}

Rect ScoreGridCard::cell(const GridPlace& place) const {
  Rect r{corner_.x, corner_.y, pitch_ * float(columns_), cell_height_ * float(rows_)};
  if (place.key >= 0) {
    r.x += pitch_ * float(place.key);
    r.w = pitch_;
  }
  if (place.query >= 0) {
    r.y += cell_height_ * float(place.query);
    r.h = cell_height_;
  }
  if (place.key < 0) r = {r.x - label_width, r.y, r.w + label_width + sum_width, r.h};
  if (place.query < 0) r = {r.x, r.y - label_height_, r.w, r.h + label_height_ + sum_height};
  return r;
}

bool ScoreGridCard::is_cut(const ScoreSide& side, Input input) const {
  return !side.path.empty() &&
         scene_.explorer.cut_run().cuts.edge(side.path.back(), told_.expansion.head, input);
}

void ScoreGridCard::draw_labels() {
  Canvas& canvas = scene_.canvas;
  const auto style_of = [&](bool lit, bool cut) {
    TextStyle style = lit ? canvas.strong(11) : canvas.muted(11);
    if (lit && cut) style.color = canvas.theme().muted;
    return style;
  };
  const bool all = pitch_ >= 11;
  for (int i = 0; i < rows_; ++i) {
    const ScoreSide& side = told_.grid.queries[std::size_t(i)];
    const Rect row = cell({i, -1});
    canvas.text({row.x, row.y, label_width - 6, row.h}, label_of(side),
                style_of(i == choice_.shown.query, is_cut(side, Input::Q)));
    choice_.offer(scene_, {row.x, row.y, label_width, row.h}, {i, -1});
  }
  for (int i = 0; i < columns_; ++i) {
    const ScoreSide& side = told_.grid.keys[std::size_t(i)];
    const Rect column = cell({-1, i});
    if (all || i % 2 == 0)
      canvas.upward_text({column.center().x, corner_.y - 4}, label_height_ - 4, label_of(side),
                         style_of(i == choice_.shown.key, is_cut(side, Input::K)));
    choice_.offer(scene_, {column.x, column.y, column.w, label_height_}, {-1, i});
  }
}

void ScoreGridCard::draw_sums() {
  Canvas& canvas = scene_.canvas;
  const auto style_of = [&](float sum) {
    TextStyle style = canvas.style(11);
    style.color = signed_color(canvas.theme(), sum);
    return style;
  };
  for (int i = 0; i < rows_; ++i) {
    const float sum = told_.grid.query_sums[i];
    const Rect row = cell({i, -1});
    const Rect place{row.right() - sum_width, row.y, sum_width, row.h};
    TextStyle style = style_of(sum);
    style.align = Align::right;
    canvas.text(place, signed_number(sum), style);
    choice_.offer(scene_, place, {i, -1});
  }
  const float bottom = corner_.y + cell_height_ * float(rows_);
  for (int i = 0; i < columns_; ++i) {
    const float sum = told_.grid.key_sums[i];
    const Rect place{corner_.x + pitch_ * float(i), bottom, pitch_, sum_height};
    const std::string text = signed_number(sum);
    const TextStyle style = style_of(sum);
    const float width = canvas.text_width(text, style);
    if (pitch_ >= 11)
      canvas.upward_text({place.center().x, bottom + 6 + width}, width + 2, text, style);
    choice_.offer(scene_, place, {-1, i});
  }
  TextStyle style = canvas.strong(text_size::small);
  style.align = Align::right;
  const float right = corner_.x + pitch_ * float(columns_) + sum_width;
  canvas.text({right - sum_width, bottom + 4, sum_width, 18}, signed_number(told_.expansion.score),
              style);
}

void ScoreGridCard::draw_cell(const GridPlace& place) {
  Canvas& canvas = scene_.canvas;
  const float sum = sum_at(told_, place);
  const Rect hit = cell(place), r = hit.inset(std::min(1.0f, pitch_ / 12));
  const Color back = color(sum);
  canvas.fill(r, back, 3);
  const bool cut = is_cut(told_.grid.queries[std::size_t(place.query)], Input::Q) ||
                   is_cut(told_.grid.keys[std::size_t(place.key)], Input::K);
  const float strength = std::abs(sum) / told_.largest;
  if (cut) {
    canvas.line({r.x + 3, r.bottom() - 3}, {r.right() - 3, r.y + 3}, canvas.theme().muted, 1.5f);
  } else if (strength >= 0.04f && pitch_ >= wide_enough) {
    TextStyle style = canvas.style(11);
    style.color = ink_on(canvas.theme(), back);
    style.align = Align::center;
    canvas.text(hit, signed_number(sum), style);
  } else if (strength >= 0.04f) {
    canvas.plus_or_minus(r.center(), std::min(7.0f, r.w * 0.45f), sum,
                         ink_on(canvas.theme(), back));
  }
  choice_.offer(scene_, hit, place);
}

// The sentence of the shown place, and the cuts of its wires.
void ScoreGridCard::draw_shown(const Rect& r) {
  scene_.canvas.paragraph(r, sentence(), scene_.canvas.style());
  Point at{r.x, r.bottom() + chips_gap - 2};
  for (const std::string& cut : cuts_at(told_, choice_.shown)) {
    const float width = chip_width(scene_, cut_label(cut), true);
    if (at.x > r.x && at.x + width > r.right()) at = {r.x, at.y + chip_height + chips_gap};
    if (chip(scene_, at, cut_label(cut), scene_.explorer.is_cut(cut), Mark::scissors))
      scene_.explorer.toggle_cut(cut);
    at.x += width + 8;
  }
}

std::string ScoreGridCard::sentence() const {
  const engine::Config& config = scene_.explorer.config();
  const GridPlace& shown = choice_.shown;
  const std::string sum = signed_number(sum_at(told_, shown));
  const auto name = [&](const std::vector<ScoreSide>& sides, int i) {
    return told_name(sides[std::size_t(i)], config);
  };
  if (shown.key < 0) return fill(words().score_row, {name(told_.grid.queries, shown.query), sum});
  if (shown.query < 0) return fill(words().score_column, {name(told_.grid.keys, shown.key), sum});
  return fill(words().score_cell,
              {name(told_.grid.queries, shown.query), name(told_.grid.keys, shown.key), sum});
}

Color ScoreGridCard::color(float sum) const {
  const Theme& theme = scene_.canvas.theme();
  return mixed(theme.card, signed_color(theme, sum),
               0.06f + 0.94f * std::min(1.0f, std::abs(sum) / told_.largest));
}

}  // namespace view
