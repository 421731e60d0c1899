#include "view/term_route.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace view {

namespace {

using engine::Vector;

// The heaviest chain source = s_0 <= s_1 <= ... <= s_k = position, where head i reads s_i from
// s_(i+1): by what multiplies along it, patterns and the LayerNorm scales of the values.
struct Chain {
  std::vector<int> stops;
  float share = 1;  // of all chains together
};

Chain heaviest_chain(const engine::Run& run, const engine::Path& path, int source, int position) {
  Vector best = Vector::Zero(position + 1), total = best;
  best[source] = total[source] = 1;
  std::vector<std::vector<int>> came_from;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const engine::HeadRunOf<float>& head = run.head(path[i]);
    const Vector& scale = head.scale[int(engine::Input::V)];
    const bool last = i + 1 == path.size();
    Vector next_best = Vector::Zero(position + 1), next_total = next_best;
    std::vector<int> from(std::size_t(position + 1), source);
    for (int dst = last ? position : source; dst <= position; ++dst)
      for (int src = source; src <= dst; ++src) {
        if (total[src] == 0) continue;
        const float weight = head.pattern(dst, src) * scale[src];
        next_total[dst] += weight * total[src];
        if (weight * best[src] <= next_best[dst]) continue;
        next_best[dst] = weight * best[src];
        from[std::size_t(dst)] = src;
      }
    best = next_best;
    total = next_total;
    came_from.push_back(from);
  }
  Chain chain;
  if (total[position] > 0) chain.share = best[position] / total[position];
  int at = position;
  for (std::size_t i = path.size(); i-- > 1;) {
    at = came_from[i][std::size_t(at)];
    chain.stops.insert(chain.stops.begin(), at);
  }
  return chain;
}

int strongest_source(const engine::Term& term) {
  Eigen::Index at = 0;
  (term.logit < 0 ? Vector(-term.sources) : term.sources).maxCoeff(&at);
  return int(at);
}

}  // namespace

const engine::Term* find_term(const engine::Expansion& expansion, const explorer::TermKey& key) {
  for (const engine::Term& term : expansion.terms)
    if (explorer::key(term) == key) return &term;
  return nullptr;
}

TermRoute term_route(const engine::Run& run, const engine::Expansion& expansion,
                     const engine::Term& term, int source) {
  TermRoute route;
  if (term.cut || term.sources.size() == 0) return route;
  assert(source < int(term.sources.size()));
  route.source = source >= 0 ? source : strongest_source(term);
  route.part = term.sources[route.source];
  route.rest = term.logit - route.part;
  if (term.path.size() < 2) return route;
  const Chain chain = heaviest_chain(run, term.path, route.source, expansion.position);
  route.stops = chain.stops;
  route.stops_share = chain.share;
  return route;
}

}  // namespace view
