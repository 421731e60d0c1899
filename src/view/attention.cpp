// The `attention` figure: every head's pattern small, one large, and arcs over the tokens from the
// destination under the pointer to what it looks at.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

#include "engine/factored_matrix.h"
#include "view/head_list.h"
#include "view/head_plot.h"
#include "view/sheet.h"
#include "view/tokens.h"
#include "view/words.h"

namespace view {

namespace {

using explorer::Explorer;
using explorer::PatternCell;

constexpr float two_columns = 760, widest = 2560;
constexpr int most_arcs = 8;
constexpr float weakest_arc = 0.05f;

std::string decimal(float value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", double(value));
  return buffer;
}

// What the shown head looks at from there, the most first.
std::vector<int> most_attended(Explorer& explorer, int destination) {
  const engine::Matrix& pattern = explorer.cut_run().head(explorer.head()).pattern;
  return engine::by_falling(pattern.row(destination).head(destination + 1).transpose());
}

// The row of the shown cell on the tokens: shades, and arcs to what is looked at most.
TokenMarks attention_marks(Scene& scene) {
  Explorer& explorer = scene.explorer;
  const PatternCell shown = shown_cell(explorer);
  const engine::HeadRunOf<float>& head = explorer.cut_run().head(explorer.head());
  TokenMarks marks;
  marks.with_signs = false;
  marks.destination = shown.destination;
  const auto weight = [&](int source) { return head.pattern(shown.destination, source); };
  for (int i = 0; i <= shown.destination; ++i) marks.shade.push_back(weight(i));
  const std::vector<int> sources = most_attended(explorer, shown.destination);
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

// Left and right: the position. Up and down: the head. +, - and 0: the plot.
void take_keys(Explorer& explorer, HeadPlot& plot) {
  plot.take_keys();
  const auto move = [&](int step) {
    explorer.step_position(step);
    plot.reveal(explorer.position());
  };
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) move(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) move(1);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) explorer.step_head(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) explorer.step_head(1);
}

}  // namespace

Drawn draw_attention(Explorer& explorer, const Frame& frame) {
  Sheet sheet("attention", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.empty()) return sheet.end_sentence(words().empty_attention);
  if (!explorer.run_trouble().empty()) return sheet.end_sentence(explorer.run_trouble().c_str());
  if (explorer.config().n_layers == 0) return sheet.end_sentence(words().no_heads);
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  const bool wide = width >= two_columns;
  TokenRow row(scene, width, explorer.position(), most_attended(explorer, explorer.position()));
  const float list_width = wide ? std::clamp(width * 0.4f, 320.0f, 560.0f) : width;
  const float plot_width = wide ? width - list_width - space::gap : width;
  HeadPlot plot(scene, plot_width, frame.focused);
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
    list.draw({at.x, top, list_width, list.height()});
    plot.draw({at.x + list_width + space::gap, top, plot_width, height});
  } else {
    plot.draw({at.x, top, plot_width, plot.height()});
    list.draw({at.x, top + plot.height() + space::gap, list_width, list.height()});
  }
  if (plot.pointed()) pointed = plot.pointed();
  if (scene.pointer.moved() || plot.moved()) explorer.hover_cell(pointed);
  if (frame.focused) take_keys(explorer, plot);
  return sheet.end(top + height + space::margin, plot.wheel());
}

}  // namespace view
