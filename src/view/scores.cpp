// The `scores` figure: why a head looks where it looks: its score from the position to a source as
// the sum of what reached the query times what reached the key.
#include "engine/score_expansion.h"

#include <algorithm>

#include "view/head_choice.h"
#include "view/score_grid.h"
#include "view/score_terms.h"
#include "view/sheet.h"
#include "view/tokens.h"
#include "view/words.h"

namespace view {

namespace {

using engine::ScoreSide;
using explorer::Explorer;

constexpr float two_columns = 760, widest = 1600;

// Why no score of the head can be told; empty where one can.
std::string trouble(Explorer& explorer) {
  if (explorer.frozen() && explorer.has_cuts()) return words().scores_frozen;
  if (engine::score_term_count(explorer.config(), explorer.head()) > explorer::most_score_terms)
    return fill(words().scores_many, {engine::name(explorer.head())});
  return "";
}

TokenMarks marks_of(Scene& scene, const ToldScore& told) {
  const engine::ScoreExpansion& score = told.expansion;
  const engine::HeadRunOf<float>& head = scene.explorer.cut_run().head(score.head);
  const Color color = scene.canvas.theme().pattern;
  TokenMarks marks;
  marks.with_signs = false;
  marks.chooses_position = false;
  for (int i = 0; i <= score.destination; ++i)
    marks.shade.push_back(head.pattern(score.destination, i));
  marks.arcs.push_back({score.source, score.destination, 3, color});
  const auto token = [&](int position) { return quotable(scene.tokens[std::size_t(position)]); };
  marks.sentence =
      fill(words().scores_place,
           {engine::name(score.head), token(score.destination), std::to_string(score.destination),
            token(score.source), std::to_string(score.source), signed_number(score.score)});
  marks.sentence_color = color;
  return marks;
}

// Which writers the score comes from, of the keys and of the queries.
std::string sentence(const Explorer& explorer, const ToldScore& told) {
  const engine::ScoreGrid& grid = told.grid;
  const auto two_largest = [&](const char* format, const std::vector<ScoreSide>& sides,
                               const engine::Vector& sums) {
    const std::vector<int> order = engine::by_size(sums);
    std::string text = fill(format, {signed_number(sums[order[0]]),
                                     told_name(sides[std::size_t(order[0])], explorer.config())});
    if (order.size() > 1)
      text +=
          fill(words().scores_next, {signed_number(sums[order[1]]),
                                     told_name(sides[std::size_t(order[1])], explorer.config())});
    return text + words().sentence_end + words().sentence_gap;
  };
  return fill(words().scores_of, {signed_number(told.expansion.score)}) +
         two_largest(words().scores_keys, grid.keys, grid.key_sums) +
         two_largest(words().scores_queries, grid.queries, grid.query_sums);
}

// A click keeps the place, and with the cut tool cuts its wire, where it is one.
void act(Scene& scene, const ToldScore& told, const PlaceChoice& choice) {
  const auto number = [](const GridPlace& place) {
    return (place.query + 1) * 10000 + place.key + 1;
  };
  if (choice.clicked) {
    const std::vector<std::string> cuts = cuts_at(told, *choice.clicked);
    if (scene.explorer.cut_tool() && cuts.size() == 1) scene.explorer.toggle_cut(cuts[0]);
    keep(scene, "place", number(*choice.clicked));
  }
  // What is pointed at is known only now: it is drawn in the next frame.
  const int pointed = choice.pointed ? number(*choice.pointed) : -1;
  if (scene.pointer.moved() && kept("pointed", -1) != pointed) keep(scene, "pointed", pointed);
}

GridPlace shown_place(const ToldScore& told) {
  for (const char* name : {"pointed", "place"}) {
    const int number = kept(name, -1);
    const GridPlace place{number / 10000 - 1, number % 10000 - 1};
    if (number > 0 && place.query < int(told.grid.queries.size()) &&
        place.key < int(told.grid.keys.size()))
      return place;
  }
  return largest_cell(told);
}

// A token that was chosen before is let go: the source is again the one that is looked at most.
void choose_source(Explorer& explorer, int token) {
  if (token < 0 || token > explorer.position()) return;
  const bool chosen = explorer.chosen_source() == std::optional<int>(token);
  explorer.set_source(chosen ? std::nullopt : std::optional<int>(token));
}

// Left and right: the source. Up and down: the head.
void take_keys(Explorer& explorer) {
  const auto move = [&](int step) {
    explorer.set_source(std::clamp(explorer.source() + step, 0, explorer.position()));
  };
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) move(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) move(1);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) explorer.step_head(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) explorer.step_head(1);
}

// Grid and terms beside or below one another; returns where they end.
float draw_cards(Scene& scene, const ToldScore& told, Point at, float width) {
  const bool wide = width >= two_columns;
  const float left = wide ? (width - space::gap) * 0.58f : width;
  const float right = wide ? width - left - space::gap : width;
  PlaceChoice choice{shown_place(told), {}, {}};
  ScoreGridCard grid(scene, left, told, choice);
  ScoreTerms terms(scene, right, told, choice);
  const float bottom = draw_two(panel_of(grid), left, panel_of(terms), right, at, wide);
  act(scene, told, choice);
  return bottom;
}

}  // namespace

Drawn draw_scores(Explorer& explorer, const Frame& frame) {
  Sheet sheet("scores", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.config().n_layers == 0) return sheet.end_sentence(words().no_heads);
  if (explorer.empty()) return sheet.end_sentence(words().empty_scores);
  if (!explorer.run_trouble().empty()) return sheet.end_sentence(explorer.run_trouble().c_str());
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  HeadChoice heads(scene, width);
  Point at{space::margin, space::margin};
  heads.draw(at);
  at.y += heads.height() + 12;
  if (frame.focused) take_keys(explorer);
  const std::string reason = trouble(explorer);
  if (!reason.empty()) {
    at.y += scene.canvas.paragraph({at.x, at.y, width, 0}, reason, scene.canvas.style());
    return sheet.end(at.y + 2 * space::margin);
  }
  const std::string name =
      "score of " + engine::name(explorer.head()) + " from " + std::to_string(explorer.source());
  const auto told = explorer.remembered(name, [&] { return told_score_of(explorer); });
  TokenRow row(scene, width, explorer.position(), {told->expansion.source});
  row.draw(at, marks_of(scene, *told));
  at.y += row.height() + 8;
  at.y += scene.canvas.paragraph({at.x, at.y, width, 0}, sentence(explorer, *told),
                                 scene.canvas.style()) +
          10;
  const float bottom = draw_cards(scene, *told, at, width);
  choose_source(explorer, row.clicked());
  scene.pointer.draw_tool(scene.canvas, explorer);
  return sheet.end(bottom + space::margin);
}

}  // namespace view
