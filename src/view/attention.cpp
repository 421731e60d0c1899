// The `attention` figure: every head's pattern small, one large, and arcs over the tokens from the
// destination under the pointer to what it looks at.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <vector>

#include "view/head_list.h"
#include "view/pattern_plot.h"
#include "view/sheet.h"
#include "view/tokens.h"
#include "view/words.h"

namespace view {

namespace {

using explorer::Explorer;
using explorer::PatternCell;

constexpr float two_columns = 760, widest = 1640, largest_plot = 720;
constexpr float readable_cell = 15;  // cells this large have their tokens beside them
constexpr int most_arcs = 8;
constexpr float weakest_arc = 0.05f;

std::string decimal(float value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", double(value));
  return buffer;
}

// The place that is read: the one under the pointer, or else the chosen position's row.
PatternCell shown_cell(const Explorer& explorer) {
  return explorer.hovered_cell() ? *explorer.hovered_cell() : PatternCell{explorer.position(), -1};
}

// One head's pattern or scores, large.
class HeadPlot {
 public:
  HeadPlot(Scene& scene, float width)
      : scene_(scene),
        head_(scene.explorer.cut_run().head(scene.explorer.head())),
        n_(int(scene.tokens.size())) {
    const float room = width - 2 * card_padding(width);
    labels_ = (room - 64) / float(n_) >= readable_cell;
    left_ = labels_ ? std::min(widest_label() + 10, room * 0.24f) : 34.0f;
    top_ = labels_ ? widest_label() + 10 : 20.0f;
    // A cell need not be larger than a token's box.
    side_ = std::min({room - left_, largest_plot, 44.0f * float(n_)});
    labels_ = labels_ && side_ / float(n_) >= readable_cell;
    height_ = card_height(width, 20 + top_ + side_ + 12);
  }

  float height() const { return height_; }

  void draw(const Rect& r) {
    Canvas& canvas = scene_.canvas;
    const Rect inside =
        card(canvas, r, fill(words().attention_title, {engine::name(scene_.explorer.head())}));
    draw_choice(inside);
    canvas.text({inside.x, inside.y - 4, inside.w, 18}, words().destination_source, canvas.muted());
    square_ = {inside.x + left_, inside.y + 18 + top_, side_, side_};
    const bool scores = kept("scores", 0) != 0;
    PatternPlot plot(scores ? head_.scores : head_.pattern,
                     scores ? Shown::scores : Shown::pattern);
    plot.draw(canvas, square_);
    canvas.outline(square_.inset(-1), canvas.theme().border);
    draw_labels(plot);
    draw_shown_cell(plot);
    point(plot);
  }

  // The row under the pointer has been found; kept until the frame's end.
  const std::optional<PatternCell>& pointed() const { return pointed_; }

 private:
  float widest_label() const {
    float width = 24;
    for (const TokenText& token : scene_.tokens)
      width = std::max(width, scene_.canvas.text_width(drawable(token.label),
                                                       scene_.canvas.strong(text_size::small)));
    return std::min(width, 90.0f);
  }

  void draw_choice(const Rect& inside) {
    const int scores = kept("scores", 0);
    const float y = inside.y - space::title;
    float right = inside.right();
    for (const int choice : {1, 0}) {
      const std::string text = choice ? words().score : words().pattern;
      const float width = scene_.canvas.text_width(text, scene_.canvas.style(text_size::small));
      right -= width;
      const bool on = scores == choice;
      if (on) {
        scene_.canvas.text({right, y, width + 2, 22}, text, scene_.canvas.strong(text_size::small));
        scene_.canvas.fill({right, y + 20, width, 2}, scene_.canvas.theme().focus);
      } else if (link(scene_, {right, y, width + 2, 22}, text)) {
        keep(scene_, "scores", choice);
      }
      right -= 16;
    }
  }

  void draw_labels(const PatternPlot& plot) {
    Canvas& canvas = scene_.canvas;
    const PatternCell shown = shown_cell(scene_.explorer);
    const int every = labels_ ? 1 : std::max(1, int(std::ceil(32.0f * float(n_) / side_)));
    for (int i = 0; i < n_; i += every) {
      const Rect cell = plot.cell(square_, i, i);
      const std::string text =
          labels_ ? drawable(scene_.tokens[std::size_t(i)].label) : std::to_string(i);
      TextStyle style = i == shown.destination ? canvas.strong(text_size::small) : canvas.muted();
      style.align = Align::right;
      canvas.text({square_.x - left_, cell.center().y - 9, left_ - 6, 18}, text, style);
      TextStyle source = i == shown.source ? canvas.strong(text_size::small) : canvas.muted();
      if (labels_) {
        canvas.upward_text({cell.center().x, square_.y - 5}, top_ - 6, text, source);
      } else {
        canvas.text({cell.x, square_.y - 19, 40, 17}, text, source);
      }
    }
  }

  void draw_shown_cell(const PatternPlot& plot) {
    Canvas& canvas = scene_.canvas;
    const PatternCell shown = shown_cell(scene_.explorer);
    const Rect first = plot.cell(square_, shown.destination, 0);
    const float thickness = first.h >= 6 ? 1.5f : 1.0f;
    const Rect row{first.x, first.y, first.w * float(shown.destination + 1), first.h};
    canvas.outline(row.inset(-1.5f), canvas.theme().text, 2, thickness);
    if (shown.source < 0) return;
    const Rect cell = plot.cell(square_, shown.destination, shown.source);
    canvas.outline(cell.inset(-4), canvas.theme().card, 3, 4);
    canvas.outline(cell.inset(-2.5f), canvas.theme().text, 2, 2.5f);
  }

  void point(const PatternPlot& plot) {
    if (!scene_.pointer.over(square_)) return;
    const int destination = plot.index_at(scene_.pointer.at().y - square_.y, square_.h);
    const int source = plot.index_at(scene_.pointer.at().x - square_.x, square_.w);
    pointed_ = PatternCell{destination, source <= destination ? source : -1};
    if (!scene_.pointer.button(square_)) return;
    const bool last = destination == n_ - 1;
    scene_.explorer.set_position(last ? std::nullopt : std::optional<int>(destination));
  }

  Scene& scene_;
  const engine::HeadRunOf<float>& head_;
  const int n_;
  bool labels_ = false;
  float left_ = 0, top_ = 0, side_ = 0, height_ = 0;
  Rect square_;
  std::optional<PatternCell> pointed_;
};

// The row of the shown cell on the tokens: shades, and arcs to what is looked at most.
TokenMarks attention_marks(Scene& scene) {
  Explorer& explorer = scene.explorer;
  const PatternCell shown = shown_cell(explorer);
  const engine::HeadRunOf<float>& head = explorer.cut_run().head(explorer.head());
  TokenMarks marks;
  marks.with_signs = false;
  marks.destination = shown.destination;
  std::vector<int> sources;
  for (int i = 0; i <= shown.destination; ++i) {
    marks.shade.push_back(head.pattern(shown.destination, i));
    sources.push_back(i);
  }
  const auto weight = [&](int source) { return head.pattern(shown.destination, source); };
  std::stable_sort(sources.begin(), sources.end(),
                   [&](int a, int b) { return weight(a) > weight(b); });
  const Color color = scene.canvas.theme().pattern;
  const auto arc = [&](int source) {
    return Arc{source, shown.destination, 1 + 2.5f * weight(source),
               faded(color, 0.3f + 0.7f * weight(source))};
  };
  if (shown.source >= 0) {
    marks.arcs.push_back(arc(shown.source));
  } else {
    for (std::size_t i = 0; i < sources.size() && i < most_arcs; ++i)
      if (weight(sources[i]) >= weakest_arc) marks.arcs.push_back(arc(sources[i]));
  }
  const int source = shown.source >= 0 ? shown.source : sources.front();
  const auto token = [&](int position) { return quotable(scene.tokens[std::size_t(position)]); };
  marks.sentence = fill(shown.source >= 0 ? words().attention_cell : words().attention_row,
                        {token(shown.destination), std::to_string(shown.destination), token(source),
                         std::to_string(source), decimal(weight(source)),
                         shown.source >= 0 ? signed_number(head.scores(shown.destination, source))
                                           : engine::name(explorer.head()),
                         engine::name(explorer.head())});
  marks.sentence_color = color;
  return marks;
}

// Left and right: the position. Up and down: the head.
void take_keys(Explorer& explorer) {
  const int last = int(explorer.tokens().size()) - 1;
  const auto move = [&](int step) {
    const int to = std::clamp(explorer.position() + step, 0, last);
    explorer.set_position(to == last ? std::nullopt : std::optional<int>(to));
  };
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) move(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) move(1);
  const std::vector<engine::HeadId> heads = engine::all_heads(explorer.config());
  const auto at = std::find(heads.begin(), heads.end(), explorer.head());
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow) && at != heads.begin()) explorer.set_head(*(at - 1));
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow) && at + 1 != heads.end())
    explorer.set_head(*(at + 1));
}

}  // namespace

float draw_attention(Explorer& explorer, const Frame& frame) {
  Sheet sheet("attention", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.empty()) return sheet.end_sentence(words().empty);
  if (explorer.config().n_layers == 0) return sheet.end_sentence(words().no_heads);
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  const bool wide = width >= two_columns;
  TokenRow row(scene, width, explorer.position());
  const float list_width = wide ? std::clamp(width * 0.4f, 320.0f, 560.0f) : width;
  const float plot_width = wide ? width - list_width - space::gap : width;
  HeadPlot plot(scene, plot_width);
  HeadList list(scene, list_width);

  const Point at{space::margin, space::margin};
  std::optional<PatternCell> pointed;
  const int token = row.pointed(at);
  if (token >= 0) pointed = PatternCell{token, -1};
  row.draw(at, attention_marks(scene));
  const float top = at.y + row.height() + 10;
  const float height =
      wide ? std::max(plot.height(), list.height()) : plot.height() + space::gap + list.height();
  if (wide) {
    list.draw({at.x, top, list_width, height});
    plot.draw({at.x + list_width + space::gap, top, plot_width, height});
  } else {
    plot.draw({at.x, top, plot_width, plot.height()});
    list.draw({at.x, top + plot.height() + space::gap, list_width, list.height()});
  }
  if (plot.pointed()) pointed = plot.pointed();
  if (scene.pointer.moved()) explorer.hover_cell(pointed);
  if (frame.focused) take_keys(explorer);
  return sheet.end(top + height + space::margin);
}

}  // namespace view
