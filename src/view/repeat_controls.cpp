#include "view/repeat_controls.h"

#include <algorithm>

#include "view/words.h"

namespace view {

namespace {

constexpr float line_height = 30, gap = 18;

// Places things from the left to the right, and on into further lines.
class Flow {
 public:
  Flow(Point at, float width) : left_(at.x), right_(at.x + width), at_(at) {}
  Point place(float width) {
    if (at_.x > left_ && at_.x + width > right_) at_ = {left_, at_.y + line_height};
    const Point place = at_;
    at_.x += width + gap;
    return place;
  }
  float bottom() const { return at_.y + line_height; }

 private:
  const float left_, right_;
  Point at_;
};

// A name and numbers to choose from; the one that was clicked, or the current one.
int choose(Scene& scene, Flow& flow, const char* name, std::vector<int> numbers, int current) {
  if (std::find(numbers.begin(), numbers.end(), current) == numbers.end()) {
    numbers.push_back(current);
    std::sort(numbers.begin(), numbers.end());
  }
  std::vector<std::string> texts;
  for (const int number : numbers) texts.push_back(std::to_string(number));
  const TextStyle style = scene.canvas.muted();
  const float name_width = scene.canvas.text_width(name, style) + 10;
  const Point at = flow.place(name_width + choice_width(scene, texts));
  scene.canvas.text({at.x, at.y, name_width, 22}, name, style);
  const auto chosen = std::find(numbers.begin(), numbers.end(), current) - numbers.begin();
  const int clicked = choice(scene, {at.x + name_width, at.y}, texts, int(chosen));
  return clicked < 0 ? current : numbers[std::size_t(clicked)];
}

void draw_cut(Scene& scene, Flow& flow, const std::string& cut) {
  const std::string label = fill(words().cut_named, {cut_label(cut)});
  const Point at = flow.place(chip_width(scene, label, true));
  if (chip(scene, at, label, scene.explorer.is_cut(cut), Mark::scissors))
    scene.explorer.toggle_cut(cut);
}

}  // namespace

float draw_repeat_controls(Scene& scene, Point at, float width,
                           const explorer::InductionHeads& heads) {
  explorer::Explorer& explorer = scene.explorer;
  Canvas& canvas = scene.canvas;
  canvas.text({at.x, at.y, width, 22}, words().repeats_title, canvas.strong(text_size::title));
  at.y += 24;
  at.y += canvas.paragraph({at.x, at.y, width, 0}, words().repeats_note, canvas.style()) + 8;
  Flow flow(at, width);
  engine::RepeatedOptions repeats = explorer.repeats();
  std::vector<int> lengths;
  for (const int length : {8, 16, 32, 64})
    if (2 * length <= explorer.config().n_ctx) lengths.push_back(length);
  repeats.length = choose(scene, flow, words().block_length, lengths, repeats.length);
  repeats.sequences = choose(scene, flow, words().blocks, {1, 10, 40}, repeats.sequences);
  const Point place = flow.place(chip_width(scene, words().other_tokens));
  if (chip(scene, place, words().other_tokens)) ++repeats.seed;
  if (heads.previous_token && heads.strongest) {
    const std::string from = engine::name(*heads.previous_token);
    if (heads.previous_token->layer < heads.strongest->layer)
      draw_cut(scene, flow, from + ">" + engine::name(*heads.strongest) + ":K");
    draw_cut(scene, flow, from + ">*:K");
  }
  const engine::RepeatedOptions& now = explorer.repeats();
  if (repeats.length != now.length || repeats.sequences != now.sequences ||
      repeats.seed != now.seed)
    explorer.set_repeats(repeats);
  return flow.bottom();
}

}  // namespace view
