// Where a term comes from: the source token that most of it comes through, and for virtual heads
// the positions in between. Read off the term's sources and the run's patterns.
#pragma once

#include <vector>

#include "explorer/explorer.h"

namespace view {

struct TermRoute {
  int source = -1;  // -1: the term has no sources, or is cut
  float part = 0;   // of the term's logit, comes through that source
  float rest = 0;   // and through all others
  std::vector<int>
      stops;              // from the source to the position: where the path's heads wrote, and read
  float stops_share = 1;  // of what comes through the source, by way of these stops
};

// The expansion's term with this key; null if there is none.
const engine::Term* find_term(const engine::Expansion& expansion, const explorer::TermKey& key);

// The route by the strongest source, or by `source` if one is given.
TermRoute term_route(const engine::Run& run, const engine::Expansion& expansion,
                     const engine::Term& term, int source = -1);

}  // namespace view
