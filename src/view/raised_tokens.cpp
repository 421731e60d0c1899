#include "view/raised_tokens.h"

#include <cmath>

#include "view/next_tokens.h"
#include "view/with_without.h"
#include "view/words.h"

namespace view {

RaisedTokens::RaisedTokens(Scene& scene, float width, const engine::Run& without, bool heads)
    : scene_(scene), without_(without), heads_(heads) {
  const float inner = width - 2 * card_padding(width);
  key_height_ = heads ? with_without_key_height(scene, inner) + 4 : 0;
  const auto tokens = likeliest(scene.explorer, true);
  height_ = card_height(width, with_without_height * float(tokens->size()) + key_height_);
}

void RaisedTokens::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  explorer::Explorer& explorer = scene_.explorer;
  const std::string here = quotable(scene_.tokens[std::size_t(explorer.position())]);
  const Rect inside = card(canvas, r, fill(words().next_after, {here}));
  const auto without = explorer.remembered("log-probabilities without induction", [&] {
    return engine::log_probabilities(
        engine::logits_at(explorer.loaded().model, without_, explorer.position()));
  });
  Point at{inside.x, inside.y};
  int clicked = -1;
  for (const int token : *likeliest(explorer, true)) {
    const Rect row{at.x, at.y, inside.w, with_without_height};
    const bool target = token == explorer.target();
    if (target || scene_.pointer.over(row))
      canvas.fill(row.inset(-8, 0.5f), canvas.theme().highlight, 4);
    const float name_width = std::min(110.0f, inside.w * 0.34f);
    canvas.text({row.x, row.y, name_width, row.h}, quotable(scene_, token),
                target ? canvas.strong() : canvas.style());
    draw_with_without(scene_, {row.x + name_width + 8, row.y, row.w - name_width - 8, row.h},
                      std::exp(explorer.cut_log_probabilities()[token]),
                      heads_ ? std::optional<float>(std::exp((*without)[token])) : std::nullopt);
    if (scene_.pointer.button(row)) clicked = token;
    at.y += with_without_height;
  }
  if (heads_) draw_with_without_key(scene_, {at.x, at.y + 4, inside.w, key_height_});
  if (clicked >= 0) explorer.set_target(clicked);
}

}  // namespace view
