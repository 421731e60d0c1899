#include "view/badge.h"

#include <algorithm>

#include "view/words.h"

namespace view {

namespace {

constexpr float padding = 8, mark_room = 20;

TextStyle text_style(const Canvas& canvas) {
  return canvas.style(text_size::small);
}

// In one line where it fits, else the second sentence in a line of its own; where even the first is
// too long, the errors alone: the logit stands in the bar above.
std::vector<std::string> fitted(const Canvas& canvas, const std::string& sum,
                                const std::string& worst, const std::string& errors, float width) {
  const TextStyle style = text_style(canvas);
  const std::string both = sum + words().clause_gap + worst;
  if (canvas.text_width(both, style) <= width) return {both};
  if (canvas.text_width(sum, style) <= width) return {sum, worst};
  return canvas.wrapped(width, errors, style);
}

}  // namespace

bool closes(const engine::Expansion& expansion) {
  return expansion.max_abs_error <= 1e-5f * expansion.max_abs_logit;
}

// Where the sum closes its number is named once: rounded apart, the sum and the logit could differ
// in a last digit that is no error.
Badge::Badge(Scene& scene, float width) : scene_(scene) {
  const engine::Expansion& expansion = scene.explorer.cut_expansion();
  closes_ = closes(expansion);
  const int terms = int(expansion.terms.size());
  const std::string off = tiny(expansion.sum - expansion.logit);
  const std::string vocabulary = grouped(scene.explorer.config().d_vocab);
  const std::string largest = tiny(expansion.max_abs_error);
  const std::string sum =
      fill(closes_ ? words().closes : words().closes_not,
           {terms > 1 ? fill(words().terms_sum, {grouped(terms)}) : words().one_term,
            unsigned_number(expansion.logit, 4), unsigned_number(expansion.sum, 4), off});
  lines_ =
      fitted(scene.canvas, sum, fill(words().worst, {vocabulary, largest}),
             fill(words().errors, {off, vocabulary, largest}), width - 2 * padding - mark_room);
}

float Badge::height() const {
  return float(lines_.size()) * Canvas::line_height(text_size::small) + 10;
}

void Badge::draw(const Rect& r) const {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  canvas.fill(r, closes_ ? theme.ok_back : theme.bad_back, std::min(13.0f, r.h / 2));
  TextStyle style = text_style(canvas);
  style.align = Align::center;
  style.color = closes_ ? theme.ok : theme.bad;
  float width = 0;
  for (const std::string& line : lines_) width = std::max(width, canvas.text_width(line, style));
  const float left = r.x + (r.w - width - mark_room) / 2;
  const Point mark{left + 6, r.center().y};
  if (closes_) canvas.check(mark, 11, style.color);
  if (!closes_) canvas.cross(mark, 9, style.color);
  const float line_height = Canvas::line_height(style.size);
  float y = r.y + 5;
  for (const std::string& line : lines_) {
    canvas.text({left + mark_room, y, width + 1, line_height}, line, style);
    y += line_height;
  }
}

}  // namespace view
