#include "view/repeat_stripe.h"

#include <algorithm>

#include "view/pattern_plot.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float largest_square = 340, row_height = 20, name_width = 44, number_width = 40;
constexpr std::size_t most_heads = 8;

}  // namespace

RepeatStripe::RepeatStripe(Scene& scene, float width, const engine::RepeatedRuns& runs,
                           engine::HeadId head)
    : scene_(scene), head_(head) {
  const float inner = width - 2 * card_padding(width);
  side_ = std::min(inner, largest_square);
  const std::size_t n_heads = engine::all_heads(scene.explorer.config()).size();
  sentence_ = words().stripe;
  if (runs.done()) {
    strongest_ = runs.result().heads;
    std::stable_sort(strongest_.begin(), strongest_.end(),
                     [&](const auto& a, const auto& b) { return a.induction > b.induction; });
    const auto chosen = std::find_if(strongest_.begin(), strongest_.end(),
                                     [&](const auto& each) { return each.head == head; });
    if (chosen - strongest_.begin() >= std::ptrdiff_t(most_heads))
      std::rotate(strongest_.begin() + most_heads - 1, chosen, chosen + 1);
    strongest_.resize(std::min(strongest_.size(), most_heads));
  }
  sentence_height_ = scene.canvas.paragraph_height(inner, sentence_, scene.canvas.muted()) + 8;
  height_ = card_height(
      width, 22 + side_ + 8 + sentence_height_ + row_height * float(std::min(n_heads, most_heads)));
}

void RepeatStripe::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, fill(words().stripe_title, {engine::name(head_)}));
  canvas.text({inside.x, inside.y, inside.w, 20}, words().destination_source, canvas.muted());
  const Rect square{inside.x + (inside.w - side_) / 2, inside.y + 22, side_, side_};
  draw_pattern(square);
  float y = square.bottom() + 8;
  canvas.paragraph({inside.x, y, inside.w, 0}, sentence_, canvas.muted());
  y += sentence_height_;
  for (const engine::HeadScores& scores : strongest_) {
    draw_score({inside.x, y, inside.w, row_height}, scores);
    y += row_height;
  }
}

void RepeatStripe::draw_pattern(const Rect& square) {
  Canvas& canvas = scene_.canvas;
  const engine::Run& run = explorer::first_repeat(scene_.explorer);
  const engine::Matrix& pattern = run.head(head_).pattern;
  PatternPlot(pattern, Shown::pattern).draw(canvas, square, square);
  const float half = square.y + square.h / 2, middle = square.x + square.w / 2;
  canvas.dots({square.x, half}, {middle, half}, canvas.theme().muted);
  canvas.dots({middle, half}, {middle, square.bottom()}, canvas.theme().muted);
}

void RepeatStripe::draw_score(const Rect& r, const engine::HeadScores& scores) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const bool chosen = scores.head == head_;
  if (chosen || scene_.pointer.over(r)) canvas.fill(r.inset(-6, 0.5f), theme.highlight, 4);
  canvas.text({r.x, r.y, name_width, r.h}, engine::name(scores.head),
              chosen ? canvas.strong(text_size::small) : canvas.style(text_size::small));
  const Rect track{r.x + name_width, r.center().y - 3, r.w - name_width - number_width, 6};
  canvas.fill(track, theme.line, 3);
  const float part = std::clamp(float(scores.induction), 0.0f, 1.0f);
  const Color color = engine::is_induction_head(scores) ? theme.raise : theme.before;
  canvas.fill({track.x, track.y, std::max(1.0f, track.w * part), track.h}, color, 3);
  TextStyle style = canvas.muted();
  style.align = Align::right;
  canvas.text({r.right() - number_width, r.y, number_width, r.h},
              unsigned_number(float(scores.induction)), style);
  if (scene_.pointer.button(r)) scene_.explorer.set_head(scores.head);
}

}  // namespace view
