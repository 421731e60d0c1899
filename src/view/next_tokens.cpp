#include "view/next_tokens.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr int rows = 6;
constexpr float percent_width = 50;

}  // namespace

std::shared_ptr<const std::vector<int>> likeliest(explorer::Explorer& explorer, bool with_cuts) {
  return explorer.remembered(with_cuts ? "likeliest, with cuts" : "likeliest", [&] {
    const engine::Vector& log_probabilities =
        with_cuts ? explorer.cut_log_probabilities() : explorer.log_probabilities();
    std::vector<int> ids = engine::top_tokens(log_probabilities, rows);
    const int target = explorer.target();
    if (std::find(ids.begin(), ids.end(), target) == ids.end()) ids.back() = target;
    return ids;
  });
}

NextTokens::NextTokens(Scene& scene, float width)
    : scene_(scene), height_(card_height(width, rows * space::row)) {}

void NextTokens::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, words().next_token);
  TextStyle note = canvas.muted();
  note.align = Align::right;
  canvas.text({inside.x + inside.w * 0.4f, inside.y - space::title, inside.w * 0.6f, space::title},
              scene_.explorer.has_cuts() ? words().next_token_cut : words().next_token_hint, note);
  float y = inside.y;
  const auto tokens = likeliest(scene_.explorer, true);
  int clicked = -1;
  for (const int token : *tokens) {
    const Rect row{inside.x, y, inside.w, space::row};
    draw_row(row, token);
    if (scene_.pointer.button(row)) clicked = token;
    y += space::row;
  }
  if (clicked < 0) return;
  explorer::Explorer& explorer = scene_.explorer;
  const bool chosen = clicked == explorer.target() && explorer.target_chosen();
  explorer.set_target(chosen ? std::nullopt : std::optional<int>(clicked));
}

void NextTokens::draw_row(const Rect& r, int token) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  explorer::Explorer& explorer = scene_.explorer;
  const bool target = token == explorer.target();
  const bool over = scene_.pointer.over(r);
  if (over || target) canvas.fill(r.inset(-8, 0.5f), theme.highlight, 4);
  if (target) canvas.fill({r.x - 8, r.y + 0.5f, 3, r.h - 1}, theme.raise);

  const float name_width = std::min(100.0f, r.w * 0.34f);
  canvas.text({r.x, r.y, name_width, r.h}, quotable(scene_, token),
              target ? canvas.strong() : canvas.style());
  const float log_probability = explorer.cut_log_probabilities()[token];
  const float room = std::min(r.w - name_width - percent_width - 16, 520.0f);
  const Rect track{r.x + name_width + 8, r.y + 6, room, r.h - 12};
  canvas.fill({track.x, track.y, std::max(1.5f, track.w * std::exp(log_probability)), track.h},
              target ? theme.raise : theme.before, 2);
  TextStyle style = target ? canvas.strong(text_size::small) : canvas.muted();
  style.align = Align::right;
  canvas.text({track.right() + 8, r.y, percent_width, r.h}, percent(log_probability), style);
}

}  // namespace view
