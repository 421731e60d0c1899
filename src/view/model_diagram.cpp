#include "view/model_diagram.h"

#include <algorithm>
#include <cmath>

#include "view/term_route.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float caption_height = 22;
constexpr float end_height = 22;   // the names at the stream's ends
constexpr float stream_left = 38;  // of the stream's middle
constexpr float heads_left = 66;
constexpr float box_height = 24;
constexpr float row_gap = 20;     // between the wires of one layer and the next
constexpr float fold_gap = 8;     // between the wires of one row and the next of the same layer
constexpr float riser_room = 12;  // beside the heads of a folded layer, on either side
constexpr float frame_room = 4;   // between a folded layer's wires and its frame
constexpr float narrowest_pitch = 22, widest_pitch = 56;
constexpr float stream_width = 6, wire = 1.5f, lit_wire = 3;

// The term's name, what it is, and its value; the direct path's name says what it is.
std::string caption_of(const explorer::TermKey& shown, const engine::Term& term) {
  const std::string value = term.cut ? words().cut_term : signed_number(term.logit);
  if (term.kind == engine::TermKind::direct)
    return fill(words().shown_direct, {words().kind_direct, value});
  const char* kind = term.kind == engine::TermKind::bias           ? words().kind_bias
                     : term.kind == engine::TermKind::virtual_head ? words().kind_virtual
                                                                   : words().kind_head;
  return fill(words().shown_term, {term_label(shown), kind, value});
}

}  // namespace

ModelDiagram::ModelDiagram(Scene& scene, float width)
    : scene_(scene),
      n_heads_(scene.explorer.config().n_heads),
      n_layers_(scene.explorer.config().n_layers) {
  float room = width - 2 * card_padding(width) - heads_left;
  if (float(n_heads_) * narrowest_pitch > room) {
    room -= 2 * riser_room;
    per_row_ = std::clamp(int(room / narrowest_pitch), 1, n_heads_);
    rows_per_layer_ = (n_heads_ + per_row_ - 1) / per_row_;
  }
  per_row_ = (n_heads_ + rows_per_layer_ - 1) / rows_per_layer_;  // rows of equal length
  pitch_ = std::min(room / float(per_row_), widest_pitch);
  const float layers = float(n_layers_) * layer_height();
  height_ = card_height(width, caption_height + 2 * end_height + std::max(layers, 40.0f) + 8);
}

// With half of the gap to the next layer on either side.
float ModelDiagram::layer_height() const {
  const float row = box_height + 2 * bus_gap;
  return row_gap + float(rows_per_layer_) * (row + fold_gap) - fold_gap;
}

// Layers are counted from the bottom: the lowest is read first.
Rect ModelDiagram::layer_box(int layer) const {
  const float each = (stream_bottom_ - stream_top_) / float(std::max(1, n_layers_));
  const float height = layer_height() - row_gap;
  const float middle = stream_bottom_ - (float(layer) + 0.5f) * each;
  return {inside_.x, middle - height / 2, inside_.w, height};
}

Rect ModelDiagram::head_box(engine::HeadId head) const {
  const float row = float(head.head / per_row_);
  const float each = box_height + 2 * bus_gap + fold_gap;
  const float left = inside_.x + heads_left + (folded() ? riser_room : 0);
  return {left + float(head.head % per_row_) * pitch_ + 2,
          layer_box(head.layer).bottom() - bus_gap - box_height - row * each, pitch_ - 4,
          box_height};
}

bool ModelDiagram::on_route(engine::HeadId head) const {
  const auto& shown = scene_.explorer.shown_term();
  if (!shown) return false;
  return std::find(shown->path.begin(), shown->path.end(), head) != shown->path.end();
}

bool ModelDiagram::is_cut(engine::HeadId head) const {
  return scene_.explorer.is_cut(engine::name(head)) || scene_.explorer.is_cut("*") ||
         scene_.explorer.is_cut("L" + std::to_string(head.layer) + "*");
}

void ModelDiagram::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  inside_ = card(canvas, r, words().diagram);
  stream_x_ = inside_.x + stream_left;
  stream_top_ = inside_.y + caption_height + end_height + 4;
  stream_bottom_ = inside_.bottom() - end_height;
  riser_left_ = inside_.x + heads_left + 4;
  riser_right_ = inside_.x + heads_left + riser_room + float(per_row_) * pitch_ + riser_room - 6;

  const engine::Expansion& expansion = scene_.explorer.cut_expansion();
  std::vector<std::vector<float>> own(std::size_t(n_layers_),
                                      std::vector<float>(std::size_t(n_heads_), 0.0f));
  float largest = 1e-6f;
  for (const engine::Term& term : expansion.terms) {
    if (term.kind != engine::TermKind::head) continue;
    const engine::HeadId head = term.path.front();
    own[std::size_t(head.layer)][std::size_t(head.head)] = term.logit;
    largest = std::max(largest, std::abs(term.logit));
  }
  for (int layer = 0; layer < n_layers_; ++layer) draw_layer(layer);
  draw_stream();
  const auto& shown = scene_.explorer.shown_term();
  const engine::Term* term = shown ? find_term(expansion, *shown) : nullptr;
  route_cut_ = term && term->cut;
  if (term)
    route_color_ = term->cut ? canvas.theme().before : signed_color(canvas.theme(), term->logit);
  if (term) draw_route(*term);
  for (int layer = 0; layer < n_layers_; ++layer)
    for (int head = 0; head < n_heads_; ++head)
      draw_head({layer, head}, own[std::size_t(layer)][std::size_t(head)], largest);

  const Rect caption{inside_.x, inside_.y - 2, inside_.w, 18};
  if (!term) {
    if (n_layers_ > 0) canvas.text(caption, words().diagram_hint, canvas.muted());
    return;
  }
  TextStyle style = canvas.style(text_size::small);
  style.color = term->cut ? canvas.theme().muted : signed_color(canvas.theme(), term->logit);
  canvas.text(caption, caption_of(*shown, *term), style);
}

void ModelDiagram::draw_stream() {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const float half = stream_width / 2;
  canvas.fill({stream_x_ - half, stream_top_, stream_width, stream_bottom_ - stream_top_},
              theme.residual, half);
  canvas.text({stream_x_ + 12, stream_top_ - end_height + 2, inside_.w - stream_left - 12, 20},
              words().stream_out, canvas.style());
  canvas.text({stream_x_ + 12, stream_bottom_ - 2, inside_.w - stream_left - 12, 20},
              words().stream_in, canvas.style());
  // An arrow up, for there is a direction.
  const Point tip{stream_x_, stream_top_ - 9};
  canvas.polygon({tip, {tip.x + 7, tip.y + 11}, {tip.x - 7, tip.y + 11}}, theme.residual);
  scene_.pointer.on_term({stream_x_ - 10, stream_top_ - 8, 20, stream_bottom_ - stream_top_ + 16},
                         {{}, false});
}

void ModelDiagram::draw_layer(int layer) {
  Canvas& canvas = scene_.canvas;
  const Rect box = layer_box(layer);
  if (folded()) {
    const Rect frame{riser_left_ - 6, box.y - frame_room, riser_right_ - riser_left_ + 12,
                     box.h + 2 * frame_room};
    canvas.fill(frame, canvas.theme().page, 6);
    canvas.outline(frame, canvas.theme().border, 6);
  }
  for (int first = 0; first < n_heads_; first += per_row_)
    draw_row(layer, first, std::min(n_heads_, first + per_row_) - 1);
  if (folded()) {
    const Color color = canvas.theme().border;
    const engine::HeadId low{layer, 0}, high{layer, n_heads_ - 1};
    canvas.line({riser_left_, read_y(low)}, {riser_left_, read_y(high)}, color, wire);
    canvas.line({riser_right_, write_y(low)}, {riser_right_, write_y(high)}, color, wire);
  }
  canvas.text({inside_.x, box.center().y - 12, stream_left - 12, 24}, "L" + std::to_string(layer),
              canvas.muted());
}

// A row's heads with the wire that they read from and the one that they write to.
void ModelDiagram::draw_row(int layer, int first, int last) {
  Canvas& canvas = scene_.canvas;
  const Color color = canvas.theme().border;
  const engine::HeadId begin{layer, first}, end{layer, last};
  const float read = read_y(begin), write = write_y(begin);
  const float right = head_box(end).center().x;
  const bool lowest = first == 0, highest = last == n_heads_ - 1;
  canvas.line({lowest ? stream_x_ : riser_left_, read}, {right, read}, color, wire);
  canvas.line({highest ? stream_x_ : head_box(begin).center().x, write},
              {folded() ? riser_right_ : right, write}, color, wire);
  for (int head = first; head <= last; ++head) {
    const Rect box = head_box({layer, head});
    const float x = box.center().x;
    canvas.line({x, read}, {x, box.bottom()}, color, wire);
    canvas.line({x, box.y}, {x, write}, color, wire);
  }
}

void ModelDiagram::draw_head(engine::HeadId head, float logit, float largest) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const Rect r = head_box(head);
  const bool on = on_route(head), cut = is_cut(head), over = scene_.pointer.over(r);
  const bool lit = on && !route_cut_;
  const float strength = std::sqrt(std::abs(logit) / largest) * 0.5f;
  const Color tint = signed_color(theme, logit);
  const Color back = lit   ? route_color_
                     : cut ? mixed(theme.card, theme.before, 0.3f)
                           : mixed(theme.card, tint, strength);
  canvas.fill(r, back, 4);
  const Color edge = over ? theme.focus : on ? route_color_ : theme.edge;
  canvas.outline(r, edge, 4, on && !lit ? 2.0f : 1.0f);
  TextStyle style = on ? canvas.strong(text_size::small) : canvas.style(text_size::small);
  style.align = Align::center;
  if (lit) style.color = theme.on_accent;
  const bool room = r.w >= (head.head < 10 ? 17 : 32);
  const bool marked = cut || (!lit && strength > 0.12f && room);
  canvas.text({r.x, r.y, r.w - (marked ? 6.0f : 0.0f), r.h}, std::to_string(head.head), style);
  if (cut) {
    canvas.line({r.right() - 9, r.y + 9}, {r.right() - 2, r.y + 2}, theme.lower, 2);
  } else if (marked) {
    canvas.plus_or_minus({r.right() - 6, r.y + 7}, 5, logit, tint);
  }
  scene_.pointer.on_head({r.x - 2, r.y - 2, r.w + 4, r.h + 4}, head);
}

std::vector<Point> ModelDiagram::route_points(const explorer::TermKey& term) const {
  std::vector<Point> points;
  if (!term.bias) points.push_back({stream_x_, stream_bottom_});
  if (term.bias && term.path.empty()) points.push_back({stream_x_, stream_top_ + 12});
  for (engine::HeadId head : term.path) {
    const engine::HeadId low{head.layer, 0}, high = highest(head);
    const float x = head_box(head).center().x, read = read_y(head), write = write_y(head);
    points.push_back({stream_x_, read_y(low)});
    if (read != read_y(low))  // up to its row
      points.insert(points.end(), {{riser_left_, read_y(low)}, {riser_left_, read}});
    points.insert(points.end(), {{x, read}, {x, write}});
    if (write != write_y(high))  // and on to the highest
      points.insert(points.end(), {{riser_right_, write}, {riser_right_, write_y(high)}});
    points.push_back({stream_x_, write_y(high)});
  }
  points.push_back({stream_x_, stream_top_ - 2});
  return points;
}

void ModelDiagram::draw_route(const engine::Term& term) {
  Canvas& canvas = scene_.canvas;
  const std::vector<Point> points = route_points(explorer::key(term));
  const Point tip{stream_x_, stream_top_ - 9};
  if (!term.cut) {
    canvas.polyline(points, route_color_, lit_wire);
    canvas.polygon({tip, {tip.x + 7, tip.y + 11}, {tip.x - 7, tip.y + 11}}, route_color_);
    return;
  }
  for (std::size_t i = 0; i + 1 < points.size(); ++i)
    canvas.dashes(points[i], points[i + 1], canvas.theme().muted, 2);
  const std::optional<Point> at = route_break(term);
  if (!at) return;
  canvas.circle(*at, 10, canvas.theme().card);
  canvas.scissors(*at, 14, canvas.theme().lower);
}

// Where a cut takes the term out: the first write on its way that its reader does not get, or
// before the logits.
std::optional<Point> ModelDiagram::route_break(const engine::Term& term) const {
  const engine::Cuts& cuts = scene_.explorer.cut_run().cuts;
  for (std::size_t i = 0; i < term.path.size(); ++i) {
    const engine::HeadId head = term.path[i];
    const bool last = i + 1 == term.path.size();
    const bool lost =
        last ? cuts.logits(head) : cuts.edge(head, term.path[i + 1], engine::Input::V);
    if (lost) return Point{(stream_x_ + head_box({head.layer, 0}).x) / 2, write_y(highest(head))};
  }
  if (!cuts.path(term.path)) return std::nullopt;
  return Point{stream_x_, stream_top_ + 12};
}

}  // namespace view
