#include "view/score_terms.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

using engine::ScoreSide;
using engine::ScoreTerm;

constexpr std::size_t most = 10;
constexpr float header = 20, value_width = 54;

int place_among(const ScoreSide& side, const std::vector<ScoreSide>& writers) {
  const std::string name = engine::name(engine::writer(side));
  const auto found = std::find_if(writers.begin(), writers.end(), [&](const ScoreSide& other) {
    return engine::name(other) == name;
  });
  return int(found - writers.begin());
}

}  // namespace

ScoreTerms::ScoreTerms(Scene& scene, float width, const ToldScore& told, PlaceChoice& choice)
    : scene_(scene),
      told_(told),
      choice_(choice),
      shown_(std::min(most, told.expansion.terms.size())) {
  const float inner = width - 2 * card_padding(width);
  name_width_ = std::min(inner * 0.24f, 110.0f);
  low_ = std::min(0.0f, told.expansion.score);
  high_ = std::max(0.0f, told.expansion.score);
  for (std::size_t i = 0; i < shown_; ++i) {
    low_ = std::min(low_, told.expansion.terms[i].score);
    high_ = std::max(high_, told.expansion.terms[i].score);
  }
  height_ = card_height(width, header + space::row * float(shown_ + 2));
}

float ScoreTerms::x_of(const Rect& r, float value) const {
  const float left = r.x + 2 * name_width_ + 8;
  const float room = r.right() - value_width - left;
  return left + (value - low_) / std::max(1e-9f, high_ - low_) * room;
}

GridPlace ScoreTerms::place_of(const ScoreTerm& term) const {
  return {place_among(term.query, told_.grid.queries), place_among(term.key, told_.grid.keys)};
}

void ScoreTerms::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const auto& terms = told_.expansion.terms;
  const Rect inside = card(canvas, r, words().score_terms);
  const TextStyle style = canvas.muted();
  canvas.text({inside.x, inside.y, name_width_, header}, words().query, style);
  canvas.text({inside.x + name_width_, inside.y, name_width_, header}, words().key, style);
  Rect row{inside.x, inside.y + header, inside.w, space::row};
  double rest = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i >= shown_) {
      rest += double(terms[i].score);
      continue;
    }
    draw_row(row, terms[i]);
    row.y += row.h;
  }
  draw_sum(row, fill(words().more, {grouped(int(terms.size() - shown_))}), float(rest), false);
  row.y += row.h;
  draw_sum(row, words().score, told_.expansion.score, true);
}

void ScoreTerms::draw_row(const Rect& r, const ScoreTerm& term) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const GridPlace place = place_of(term);
  if (place == choice_.shown) canvas.fill(r.inset(-8, 0.5f), theme.highlight, 4);
  TextStyle style = canvas.style(text_size::small);
  if (term.cut) style.color = theme.muted;
  canvas.text({r.x, r.y, name_width_ - 6, r.h}, label_of(term.query), style);
  canvas.text({r.x + name_width_, r.y, name_width_ - 2, r.h}, label_of(term.key), style);
  const float zero = x_of(r, 0), x = x_of(r, term.score);
  canvas.line({zero, r.y}, {zero, r.bottom()}, theme.edge);
  canvas.fill({std::min(zero, x), r.y + 6, std::max(1.5f, std::abs(x - zero)), r.h - 12},
              signed_color(theme, term.score), 2);
  style.align = Align::right;
  canvas.text({r.right() - value_width, r.y, value_width, r.h},
              term.cut ? words().cut_term : signed_number(term.score), style);
  choice_.offer(scene_, r, place);
}

void ScoreTerms::draw_sum(const Rect& r, const std::string& name, float sum, bool strong) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  TextStyle style = strong ? canvas.strong(text_size::small) : canvas.muted();
  canvas.text({r.x, r.y, 2 * name_width_, r.h}, name, style);
  const float zero = x_of(r, 0), x = std::clamp(x_of(r, sum), x_of(r, low_), x_of(r, high_));
  canvas.line({zero, r.y}, {zero, r.bottom()}, theme.edge);
  canvas.fill({std::min(zero, x), r.y + 6, std::max(1.5f, std::abs(x - zero)), r.h - 12},
              strong ? theme.total : mixed(theme.card, signed_color(theme, sum), 0.55f), 2);
  style.align = Align::right;
  canvas.text({r.right() - value_width, r.y, value_width, r.h}, signed_number(sum), style);
}

}  // namespace view
