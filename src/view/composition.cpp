// The `composition` figure: which heads read what which earlier heads wrote, from the weights
// alone, and what goes along one such wire on the present text.
#include <algorithm>
#include <cmath>

#include "engine/score_expansion.h"
#include "view/composition_graph.h"
#include "view/composition_grid.h"
#include "view/sheet.h"
#include "view/words.h"

namespace view {

namespace {

using engine::Input;
using explorer::Explorer;

constexpr float two_columns = 760, four_columns = 1180, widest = 1900;

// The clicked wire, kept from frame to frame as a number; none at first.
int number_of(const Composed& composed, const Wire& wire) {
  const auto at = &composed.pair(wire) - composed.pairs.data();
  return int(at) * 3 + int(wire.input);
}

Wire shown_wire(const Composed& composed) {
  const int kept_number = kept("wire", -1);
  if (kept_number < 0 || kept_number >= int(composed.pairs.size()) * 3) return composed.strongest();
  const engine::HeadPair& pair = composed.pairs[std::size_t(kept_number / 3)];
  return {pair.earlier, pair.later, Input(kept_number % 3)};
}

std::string weights_sentence(const Composed& composed, const Wire& wire) {
  const double score = composed.pair(wire).scores.of(wire.input);
  const double mean = composed.baseline.mean.of(wire.input);
  const double deviation = composed.baseline.deviation.of(wire.input);
  const char* const inputs[] = {words().into_queries, words().into_keys, words().into_values};
  return fill(words().wire_weights,
              {engine::name(wire.earlier), engine::name(wire.later), inputs[int(wire.input)],
               unsigned_number(float(score), 3), unsigned_number(float(mean), 3),
               signed_number(float(score - mean), 3),
               unsigned_number(float((score - mean) / deviation), 0)});
}

bool ends_in(const engine::ScoreSide& side, engine::HeadId head) {
  return side.kind == engine::ScoreSide::Kind::path && !side.path.empty() &&
         side.path.back() == head;
}

// What of the later head's score for the token it attends to most comes along the wire.
std::string score_sentence(Scene& scene, const Wire& wire) {
  Explorer& explorer = scene.explorer;
  if (explorer.frozen() && explorer.has_cuts()) return words().wire_frozen;
  const double terms = engine::score_term_count(explorer.config(), wire.later);
  if (terms > explorer::most_score_terms)
    return fill(words().wire_many, {engine::name(wire.later)});
  const int destination = explorer.position();
  Eigen::Index source;
  explorer.cut_run().head(wire.later).pattern.row(destination).maxCoeff(&source);
  const engine::ScoreExpansion expansion = engine::expand_score(
      explorer.loaded().model, explorer.cut_run(), wire.later, destination, int(source));
  double part = 0;
  for (const engine::ScoreTerm& term : expansion.terms)
    if (ends_in(wire.input == Input::Q ? term.query : term.key, wire.earlier))
      part += double(term.score);
  const auto token = [&](int position) { return quotable(scene.tokens[std::size_t(position)]); };
  return fill(words().wire_score, {engine::name(wire.later), token(destination), token(int(source)),
                                   signed_number(expansion.score), signed_number(float(part)),
                                   signed_number(expansion.score - float(part))});
}

// What of the logit that is read comes along the wire.
std::string logit_sentence(Scene& scene, const Wire& wire) {
  double logit = 0;
  for (const engine::Term& term : scene.explorer.cut_expansion().terms)
    for (std::size_t i = 0; i + 1 < term.path.size(); ++i)
      if (term.path[i] == wire.earlier && term.path[i + 1] == wire.later)
        logit += double(term.logit);
  return fill(words().wire_logit,
              {engine::name(wire.earlier), engine::name(wire.later), signed_number(float(logit)),
               quotable(scene, scene.explorer.target())});
}

std::string text_sentence(Scene& scene, const Wire& wire) {
  Explorer& explorer = scene.explorer;
  if (explorer.empty() || !explorer.terms_trouble().empty()) return "";
  return *explorer.remembered("along " + cut_of(wire) + " in " + words().tag, [&] {
    return words().sentence_gap +
           (wire.input == Input::V ? logit_sentence(scene, wire) : score_sentence(scene, wire));
  });
}

// Panels beside or below one another.
class Composition {
 public:
  Composition(Scene& scene, float width, WireChoice& choice) {
    const float n = width >= four_columns ? 4 : width >= two_columns ? 2 : 1;
    width_ = (width - (n - 1) * space::gap) / n;
    columns_ = int(n);
    const auto graph = std::make_shared<CompositionGraph>(scene, width_, choice);
    panels_.push_back({graph->height(), [graph](const Rect& r) { graph->draw(r); }});
    for (const Input input : engine::all_inputs) {
      const auto grid = std::make_shared<CompositionGrid>(scene, width_, input, choice);
      panels_.push_back({grid->height(), [grid](const Rect& r) { grid->draw(r); }});
    }
  }

  // Returns where it ends.
  float draw(Point at) const { return draw_columns(panels_, at, width_, columns_); }

 private:
  float width_ = 0;
  int columns_ = 1;
  std::vector<Panel> panels_;
};

// A click keeps the wire, and with the cut tool cuts it.
void act(Scene& scene, const WireChoice& choice) {
  if (choice.clicked) {
    if (scene.explorer.cut_tool()) scene.explorer.toggle_cut(cut_of(*choice.clicked));
    keep(scene, "wire", number_of(choice.composed, *choice.clicked));
  } else if (scene.pointer.moved() && choice.pointed) {
    keep(scene, "wire", number_of(choice.composed, *choice.pointed));
  }
}

}  // namespace

Drawn draw_composition(Explorer& explorer, const Frame& frame) {
  Sheet sheet("composition", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.config().n_layers < 2) return sheet.end_sentence(words().no_composition);
  const auto& work = explorer.work<engine::CompositionReadings>(explorer::composition_work, [&] {
    return engine::CompositionReadings(explorer.loaded().model);
  });
  if (!work.done())
    return sheet.end_sentence(fill(words().reading_pairs, {share(float(work.progress()))}).c_str());
  const auto composed =
      explorer.of_weights(explorer::composition_work, [&] { return composed_of(work); });
  WireChoice choice{*composed, shown_wire(*composed), {}, {}};

  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  Point at{space::margin, space::margin};
  const std::string sentence =
      weights_sentence(*composed, choice.shown) + text_sentence(scene, choice.shown);
  at.y += scene.canvas.paragraph({at.x, at.y, width, 0}, sentence, scene.canvas.style()) + 2;
  if (chip(scene, at, words().cut_this_wire, explorer.is_cut(cut_of(choice.shown)), Mark::scissors))
    explorer.toggle_cut(cut_of(choice.shown));
  at.y += chip_height + 10;
  const float bottom = Composition(scene, width, choice).draw(at);
  act(scene, choice);
  scene.pointer.draw_tool(scene.canvas, explorer);
  return sheet.end(bottom + space::margin);
}

}  // namespace view
