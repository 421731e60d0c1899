#include "view/term_marks.h"

#include <algorithm>
#include <cmath>

#include "engine/factored_matrix.h"
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

// What all terms together have through each source token.
std::shared_ptr<const Vector> all_sources(explorer::Explorer& explorer) {
  return explorer.remembered("sources of all terms", [&explorer] {
    const engine::Expansion& expansion = explorer.cut_expansion();
    Vector sources = Vector::Zero(expansion.position + 1);
    for (const engine::Term& term : expansion.terms)
      if (term.sources.size()) sources += term.sources;
    return sources;
  });
}

// The names of the terms that have most through this token, three at most, on the side of the sum.
std::string largest_through(const engine::Expansion& expansion, int source, float sum) {
  std::vector<const engine::Term*> terms;
  const auto part = [&](const engine::Term* term) {
    return sum < 0 ? -term->sources[source] : term->sources[source];
  };
  for (const engine::Term& term : expansion.terms)
    if (term.sources.size() && part(&term) > 0) terms.push_back(&term);
  const std::size_t n = std::min<std::size_t>(3, terms.size());
  std::partial_sort(terms.begin(), terms.begin() + std::ptrdiff_t(n), terms.end(),
                    [&](const auto* a, const auto* b) { return part(a) > part(b); });
  std::string names;
  for (std::size_t i = 0; i < n; ++i)
    names += (i ? words().list_comma : "") + term_label(explorer::key(*terms[i]));
  return names;
}

// Which tokens the whole logit comes through; or what comes through the one under the pointer.
TokenMarks all_terms_marks(Scene& scene) {
  const Theme& theme = scene.canvas.theme();
  const Words& w = words();
  const engine::Expansion& expansion = scene.explorer.cut_expansion();
  const auto all = all_sources(scene.explorer);
  const Vector& sources = *all;
  const bool pointed = scene.pointed_token >= 0 && scene.pointed_token < int(sources.size());
  const int source = pointed ? scene.pointed_token : strongest_sources(scene).front();
  const float part = sources[source];
  const std::string token = quotable(scene.tokens[std::size_t(source)]);
  TokenMarks marks;
  marks.shade = shares(sources);
  const std::string names = pointed ? largest_through(expansion, source, part) : "";
  if (!names.empty())
    marks.sentence = fill(w.one_source, {token, signed_number(part), names});
  else
    marks.sentence =
        fill(w.all_terms, {token, signed_number(part), signed_number(expansion.logit - part)}) +
        w.sentence_gap + (scene.touch ? w.hint_touch : w.hint);
  marks.sentence_color = pointed ? signed_color(theme, part) : theme.muted;
  if (source != expansion.position)
    marks.arcs.push_back({source, expansion.position, 2, faded(signed_color(theme, part), 0.55f)});
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

std::vector<int> strongest_sources(Scene& scene) {
  return *scene.explorer.remembered("strongest sources", [&scene] {
    const auto all = all_sources(scene.explorer);
    const Vector& sources = *all;
    const float side = scene.explorer.cut_expansion().logit < 0 ? -1.0f : 1.0f;
    return engine::by_falling(side * sources);
  });
}

TokenMarks term_marks(Scene& scene) {
  explorer::Explorer& explorer = scene.explorer;
  const auto& shown = explorer.shown_term();
  const engine::Expansion& expansion = explorer.cut_expansion();
  const engine::Term* term = shown ? find_term(expansion, *shown) : nullptr;
  if (!term) return all_terms_marks(scene);

  TokenMarks marks;
  const Color color = signed_color(scene.canvas.theme(), term->logit);
  marks.sentence_color = color;
  if (term->sources.size()) marks.shade = shares(term->sources);
  const int pointed = scene.pointed_token;
  const int source = pointed < int(term->sources.size()) ? pointed : -1;
  const std::string name = "route of " + term_label(*shown) + " from " + std::to_string(source);
  const auto found = explorer.remembered(
      name, [&] { return term_route(explorer.cut_run(), expansion, *term, source); });
  const TermRoute& route = *found;
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
