#include "view/term_cards.h"

#include <algorithm>
#include <cmath>

#include "explorer/term_reading.h"
#include "view/pattern_plot.h"
#include "view/weights_plot.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float narrowest = 250, largest_side = 150, product_width = 26;
constexpr float caption_height = 18, rest_height = 30;
constexpr std::size_t most_terms = 8;

}  // namespace

TermCards::TermCards(Scene& scene, float width) : scene_(scene) {
  columns_ = std::clamp(int((width + space::gap) / (narrowest + space::gap)), 1, 4);
  width_ = (width - float(columns_ - 1) * space::gap) / float(columns_);
  const float inner = width_ - 2 * card_padding(width_);
  side_ = std::min((inner - product_width) / 2, largest_side);
  card_height_ = card_height(width_, side_ + caption_height + 4);
  for (const engine::Term& term : scene.explorer.cut_expansion().terms)
    if (term.kind != engine::TermKind::bias && shown_.size() < most_terms) shown_.push_back(&term);
  for (const engine::Term* term : shown_)
    largest_ = std::max(
        largest_, explorer::term_tensor(scene.explorer, term->path)->weights.cwiseAbs().maxCoeff());
  const float rows = std::ceil(float(shown_.size()) / float(columns_));
  height_ = rows * (card_height_ + space::gap) + rest_height;
}

void TermCards::draw(Point at) {
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    const float column = float(int(i) % columns_), row = float(int(i) / columns_);
    draw_card({at.x + column * (width_ + space::gap), at.y + row * (card_height_ + space::gap),
               width_, card_height_},
              *shown_[i]);
  }
  draw_rest({at.x, at.y + height_ - rest_height, 600, rest_height});
}

void TermCards::draw_card(const Rect& r, const engine::Term& term) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const explorer::TermKey key{term.path, false};
  const Rect inside = card(canvas, r, term_label(key));
  const auto& shown = scene_.explorer.shown_term();
  if (shown && *shown == key) canvas.outline(r, theme.focus, space::radius, 2);
  TextStyle number = canvas.strong();
  number.align = Align::right;
  number.color = signed_color(theme, term.logit);
  canvas.text({inside.x, inside.y - space::title, inside.w, space::title},
              term.cut ? words().cut_term : signed_number(term.logit), number);
  const auto tensor = explorer::term_tensor(scene_.explorer, term.path);
  const float whole = 2 * side_ + product_width;
  const Rect pattern{inside.x + (inside.w - whole) / 2, inside.y, side_, side_};
  const Rect weights{pattern.right() + product_width, inside.y, side_, side_};
  PatternPlot(tensor->pattern, Shown::pattern).draw(canvas, pattern, pattern);
  draw_weights(canvas, weights, tensor->weights, largest_);
  const Point middle{pattern.right() + product_width / 2, pattern.center().y};
  canvas.circle(middle, 8.5f, theme.muted);
  canvas.circle(middle, 7.2f, theme.card);
  canvas.cross(middle, 7, theme.muted);
  TextStyle caption = canvas.muted(11);
  caption.align = Align::center;
  canvas.text({pattern.x, pattern.bottom() + 3, side_, caption_height}, words().term_pattern,
              caption);
  canvas.text({weights.x, weights.bottom() + 3, side_, caption_height}, words().term_weights,
              caption);
  scene_.pointer.on_term(r, key);
}

void TermCards::draw_rest(const Rect& r) {
  const engine::Expansion& expansion = scene_.explorer.cut_expansion();
  double sum = double(expansion.sum);
  for (const engine::Term* term : shown_) sum -= double(term->logit);
  const int rest = int(expansion.terms.size() - shown_.size());
  if (rest <= 0) return;
  scene_.canvas.text(r, fill(words().rest_of_terms, {grouped(rest), signed_number(float(sum))}),
                     scene_.canvas.style());
}

}  // namespace view
