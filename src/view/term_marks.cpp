#include "view/term_marks.h"

#include <algorithm>
#include <cmath>

#include "view/term_route.h"
#include "view/words.h"

namespace view {

namespace {

using engine::Vector;

std::vector<float> shares(const Vector& sources) {
  std::vector<float> shade(std::size_t(sources.size()));
  const float all = sources.cwiseAbs().sum();
  if (all <= 0) return shade;
  for (int i = 0; i < int(sources.size()); ++i) shade[std::size_t(i)] = sources[i] / all;
  return shade;
}

// Which tokens the whole logit comes through: the terms' sources, summed.
TokenMarks all_terms_marks(Scene& scene) {
  const Theme& theme = scene.canvas.theme();
  const engine::Expansion& expansion = scene.explorer.cut_expansion();
  Vector sources = Vector::Zero(expansion.position + 1);
  for (const engine::Term& term : expansion.terms)
    if (term.sources.size()) sources += term.sources;
  Eigen::Index strongest = 0;
  (expansion.logit < 0 ? Vector(-sources) : sources).maxCoeff(&strongest);
  TokenMarks marks;
  marks.shade = shares(sources);
  marks.sentence =
      fill(words().hint, {quotable(scene.tokens[std::size_t(strongest)]),
                          signed_number(sources[strongest]), signed_number(expansion.logit)});
  marks.sentence_color = theme.muted;
  if (strongest != expansion.position)
    marks.arcs.push_back({int(strongest), expansion.position, 2,
                          faded(signed_color(theme, sources[strongest]), 0.55f)});
  return marks;
}

// "L0H3 → L1H5 reads “im”: 74 % of this term comes through it, mostly by way of “met”"
std::string sentence(const Scene& scene, const engine::Term& term, const TermRoute& route) {
  const Words& w = words();
  const std::string label = term_label(explorer::key(term));
  if (term.kind == engine::TermKind::bias) return w.no_source;
  if (term.cut) return fill(w.no_write, {label});
  const auto token = [&](int position) { return quotable(scene.tokens[std::size_t(position)]); };
  if (term.path.empty()) return fill(w.own_token, {token(route.source)});
  const float part = term.logit != 0 ? route.part / term.logit : 0;
  // Where others take something back, a share of the whole says nothing.
  const bool plain = part >= 0 && part <= 1.005f;
  std::string text =
      plain ? fill(w.reads, {label, token(route.source), share(part)})
            : fill(w.reads_part, {label, token(route.source), signed_number(route.part),
                                  signed_number(route.rest)});
  if (!route.stops.empty() && route.stops.front() != route.source)
    text += fill(w.through, {token(route.stops.front())});
  return text;
}

}  // namespace

TokenMarks term_marks(Scene& scene, int pointed) {
  explorer::Explorer& explorer = scene.explorer;
  const auto& shown = explorer.shown_term();
  const engine::Expansion& expansion = explorer.cut_expansion();
  const engine::Term* term = shown ? find_term(expansion, *shown) : nullptr;
  if (!term) return all_terms_marks(scene);

  TokenMarks marks;
  const Color color = signed_color(scene.canvas.theme(), term->logit);
  marks.sentence_color = color;
  if (term->sources.size()) marks.shade = shares(term->sources);
  const int source = pointed < int(term->sources.size()) ? pointed : -1;
  const TermRoute route = term_route(explorer.cut_run(), expansion, *term, source);
  marks.sentence = sentence(scene, *term, route);
  if (route.source < 0 || term->path.empty()) return marks;
  int from = route.source;
  for (const int stop : route.stops) {
    if (stop != from) marks.arcs.push_back({from, stop, 2, color});
    from = stop;
  }
  marks.arcs.push_back({from, expansion.position, 2.5f, color});
  return marks;
}

}  // namespace view
