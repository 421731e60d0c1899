#include "view/composition_graph.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr float layer_height = 150, radius = 13, legend = 24, label_room = 30;
constexpr double least_deviations = 5, least_part = 0.15;  // of chance; of the strongest

}  // namespace

CompositionGraph::CompositionGraph(Scene& scene, float width, WireChoice& choice)
    : scene_(scene),
      choice_(choice),
      n_heads_(scene.explorer.config().n_heads),
      n_layers_(scene.explorer.config().n_layers) {
  height_ = card_height(width, legend + layer_height * float(n_layers_ - 1) + 2 * radius + 12);
}

Point CompositionGraph::place(engine::HeadId head) const {
  const float pitch = (inside_.w - label_room) / float(n_heads_);
  return {inside_.x + label_room + (float(head.head) + 0.5f) * pitch,
          inside_.bottom() - radius - 2 - layer_height * float(head.layer)};
}

bool CompositionGraph::drawn(const Wire& wire) const {
  if (wire == choice_.shown) return true;
  const double above = choice_.composed.above_chance(wire);
  return above > least_deviations * choice_.composed.baseline.deviation.of(wire.input) &&
         above > least_part * choice_.composed.largest;
}

void CompositionGraph::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  inside_ = card(canvas, r, words().composition_graph);
  inside_.h = height_ - (inside_.y - r.y) - card_padding(r.w);
  float x = inside_.x;
  const char* const names[] = {words().into_queries, words().into_keys, words().into_values};
  for (const engine::Input input : engine::all_inputs) {
    canvas.line({x, inside_.y + 9}, {x + 14, inside_.y + 9}, color_of(canvas.theme(), input), 3);
    canvas.text({x + 20, inside_.y, 80, 18}, names[int(input)], canvas.muted());
    x += 26 + canvas.text_width(names[int(input)], canvas.muted()) + 12;
  }
  for (const engine::HeadPair& pair : choice_.composed.pairs)
    for (const engine::Input input : engine::all_inputs)
      if (drawn({pair.earlier, pair.later, input})) draw_wire({pair.earlier, pair.later, input});
  for (const engine::HeadId head : engine::all_heads(scene_.explorer.config())) draw_head(head);
}

// Side by side where several wires join the same heads.
void CompositionGraph::draw_wire(const Wire& wire) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const float part =
      float(std::clamp(choice_.composed.above_chance(wire) / choice_.composed.largest, 0.05, 1.0));
  const float beside = 4.0f * float(int(wire.input) - 1);
  const Point from = place(wire.earlier), to = place(wire.later);
  const Point a{from.x + beside, from.y - radius}, b{to.x + beside, to.y + radius};
  const bool shown = wire == choice_.shown;
  const Color color = color_of(theme, wire.input);
  const float bend = (a.y - b.y) * 0.45f;
  canvas.curve(a, {a.x, a.y - bend}, {b.x, b.y + bend}, b,
               shown ? color : faded(color, 0.25f + 0.6f * part), (shown ? 2.0f : 0.8f) + 3 * part);
  const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
  choice_.offer(scene_, Rect{middle.x - 12, middle.y - 12, 24, 24}, wire);
}

void CompositionGraph::draw_head(engine::HeadId head) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const Point at = place(head);
  const bool lit = head == choice_.shown.earlier || head == choice_.shown.later;
  canvas.circle(at, radius, lit ? theme.text : theme.edge);
  canvas.circle(at, radius - (lit ? 2.0f : 1.0f), theme.card);
  TextStyle style = lit ? canvas.strong(text_size::small) : canvas.style(text_size::small);
  style.align = Align::center;
  canvas.text({at.x - radius, at.y - 9, 2 * radius, 18}, std::to_string(head.head), style);
  if (head.head == 0)
    canvas.text({inside_.x, at.y - 9, label_room, 18}, "L" + std::to_string(head.layer),
                canvas.muted());
}

}  // namespace view
