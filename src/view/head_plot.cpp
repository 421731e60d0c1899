#include "view/head_plot.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "view/drawable.h"
#include "view/words.h"

namespace view {

namespace {

using explorer::PatternCell;

constexpr float largest = 720;
constexpr float readable_cell = 15;  // cells this large have their tokens beside them
constexpr float largest_cell = 36;   // enlarged; without, a cell need not be larger than a token
constexpr float key_height = 20;
constexpr float number_left = 34, number_top = 20;  // room for positions in place of tokens

// Is a cell of the whole pattern too small for its token beside it?
float most_enlarged(int n, float room) {
  const float cell = std::min(room - 64, largest) / float(n);
  return cell < readable_cell ? largest_cell / cell : 1;
}

}  // namespace

PatternCell shown_cell(const explorer::Explorer& explorer) {
  return explorer.hovered_cell() ? *explorer.hovered_cell() : PatternCell{explorer.position(), -1};
}

HeadPlot::HeadPlot(Scene& scene, float width, bool focused)
    : scene_(scene),
      head_(scene.explorer.cut_run().head(scene.explorer.head())),
      n_(int(scene.tokens.size())),
      zoom_(scene, most_enlarged(n_, width - 2 * card_padding(width)), focused) {
  const float room = width - 2 * card_padding(width);
  labels_ = !zoom_.possible();
  left_ = labels_ ? std::min(widest_label() + 10, room * 0.24f) : number_left;
  top_ = labels_ ? widest_label() + 10 : number_top;
  side_ = std::min({room - left_, largest, 44.0f * float(n_)});
  labels_ = labels_ && cell_size() >= readable_cell;
  height_ = card_height(width, 20 + top_ + side_ + 12 + key_height);
  if (!zoom_.enlarged() || cell_size() < readable_cell) return;
  // Tokens take the room of the plot, so that nothing around it moves.
  labels_ = true;
  const float more = std::min(widest_label() + 10, room * 0.24f) - left_;
  left_ += more;
  top_ += more;
  side_ -= more;
}

void HeadPlot::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside =
      card(canvas, r, fill(words().attention_title, {engine::name(scene_.explorer.head())}));
  draw_choice(inside);
  canvas.text({inside.x, inside.y - 4, inside.w, 18}, words().destination_source, canvas.muted());
  window_ = {inside.x + left_, inside.y + 18 + top_, side_, side_};
  whole_ = zoom_.whole(window_);
  const bool scores = kept("scores", 0) != 0;
  PatternPlot plot(scores ? head_.scores : head_.pattern, scores ? Shown::scores : Shown::pattern);
  // Outlines reach beyond the cells, but not beyond what is in sight.
  canvas.push_clip(zoom_.enlarged() ? window_ : window_.inset(-6));
  plot.draw(canvas, whole_, window_);
  draw_shown_cell(plot);
  canvas.pop_clip();
  canvas.outline(window_.inset(-1), canvas.theme().border);
  draw_labels(plot);
  draw_key({window_.x, window_.bottom() + 8, inside.w - left_, key_height}, plot);
  point(plot);
  zoom_.take_pointer(r, window_);
  zoom_.draw_buttons({inside.right(), inside.y - 6}, 24);
}

void HeadPlot::reveal(int destination) {
  zoom_.reveal((float(destination) + 0.5f) / float(n_));
}

float HeadPlot::widest_label() const {
  float width = 24;
  for (const TokenText& token : scene_.tokens)
    width = std::max(width, scene_.canvas.text_width(drawable(token.label),
                                                     scene_.canvas.strong(text_size::small)));
  return std::min(width, 90.0f);
}

void HeadPlot::draw_choice(const Rect& inside) {
  const std::vector<std::string> both{words().pattern, words().score};
  const float left = inside.right() - choice_width(scene_, both);
  const int chosen = choice(scene_, {left, inside.y - space::title}, both, kept("scores", 0));
  if (chosen >= 0) keep(scene_, "scores", chosen);
}

// What the colours stand for.
void HeadPlot::draw_key(const Rect& r, const PatternPlot& plot) {
  const bool scores = kept("scores", 0) != 0;
  std::vector<Color> steps;
  for (int i = scores ? -5 : 0; i <= 5; ++i)
    steps.push_back(plot.color(scene_.canvas.theme(), float(i) / 5));
  color_key(scene_.canvas, r, scores ? signed_number(-plot.largest()) : "0",
            scores ? signed_number(plot.largest()) : "1", steps);
}

void HeadPlot::draw_labels(const PatternPlot& plot) {
  Canvas& canvas = scene_.canvas;
  const PatternCell shown = shown_cell(scene_.explorer);
  const int every = labels_ ? 1 : std::max(1, int(std::ceil(32.0f / cell_size())));
  for (int i = 0; i < n_; i += every) {
    const Point at = plot.cell(whole_, i, i).center();
    const std::string text =
        labels_ ? drawable(scene_.tokens[std::size_t(i)].label) : std::to_string(i);
    if (at.y >= window_.y && at.y <= window_.bottom()) {
      TextStyle style = i == shown.destination ? canvas.strong(text_size::small) : canvas.muted();
      style.align = Align::right;
      canvas.text({window_.x - left_, at.y - 9, left_ - 6, 18}, text, style);
    }
    if (at.x < window_.x || at.x > window_.right()) continue;
    TextStyle source = i == shown.source ? canvas.strong(text_size::small) : canvas.muted();
    if (labels_) {
      canvas.upward_text({at.x, window_.y - 5}, top_ - 6, text, source);
    } else {
      canvas.text({at.x - cell_size() / 2, window_.y - 19, 40, 17}, text, source);
    }
  }
}

void HeadPlot::draw_shown_cell(const PatternPlot& plot) {
  Canvas& canvas = scene_.canvas;
  const PatternCell shown = shown_cell(scene_.explorer);
  const Rect first = plot.cell(whole_, shown.destination, 0);
  const float thickness = first.h >= 6 ? 1.5f : 1.0f;
  const Rect row{first.x, first.y, first.w * float(shown.destination + 1), first.h};
  canvas.outline(row.inset(-1.5f), canvas.theme().text, 2, thickness);
  if (shown.source < 0) return;
  const Rect cell = plot.cell(whole_, shown.destination, shown.source);
  canvas.outline(cell.inset(-4), canvas.theme().card, 3, 4);
  canvas.outline(cell.inset(-2.5f), canvas.theme().text, 2, 2.5f);
}

void HeadPlot::point(const PatternPlot& plot) {
  if (!scene_.pointer.over(window_)) return;
  const int destination = plot.index_at(scene_.pointer.at().y - whole_.y, whole_.h);
  const int source = plot.index_at(scene_.pointer.at().x - whole_.x, whole_.w);
  pointed_ = PatternCell{destination, source <= destination ? source : -1};
  if (zoom_.enlarged() && scene_.pointer.drags(window_)) return;
  if (!scene_.pointer.button(window_)) return;
  const bool last = destination == n_ - 1;
  scene_.explorer.set_position(last ? std::nullopt : std::optional<int>(destination));
}

}  // namespace view
