#include "api/expansion_table.h"

#include <algorithm>

#include "explorer/term_reading.h"
#include "report/report.h"

namespace api {

using explorer::Explorer;
using report::Json;

namespace {

// The shown term, or else the largest; null where that is one of biases.
const engine::Term* told(Explorer& explorer) {
  const auto& shown = explorer.shown_term();
  for (const engine::Term& term : explorer.cut_expansion().terms)
    if (!shown || explorer::key(term) == *shown)
      return term.kind == engine::TermKind::bias ? nullptr : &term;
  return nullptr;
}

Eigen::Index place_of(const std::vector<int>& tokens, int token) {
  return std::find(tokens.begin(), tokens.end(), token) - tokens.begin();
}

}  // namespace

Json expansion_table(Explorer& explorer) {
  if (explorer.empty() || !explorer.terms_trouble().empty()) return nullptr;
  const engine::Term* term = told(explorer);
  if (!term) return nullptr;
  const auto tensor = explorer::term_tensor(explorer, term->path);
  const std::vector<int> tokens = explorer::term_tokens(explorer);
  const Eigen::Index target = place_of(tokens, explorer.target());
  const int position = explorer.position();
  Json sources = Json::array();
  for (int source = 0; source <= position; ++source) {
    const int token = explorer.tokens()[std::size_t(source)];
    float weight = tensor->weights(target, place_of(tokens, token));
    if (tensor->positions.size()) weight += tensor->positions(target, source);
    sources.push_back({{"position", source},
                       {"token", report::token(explorer.loaded(), token)},
                       {"pattern", report::number(tensor->pattern(position, source))},
                       {"weight", report::number(weight)},
                       {"logit", report::number(term->cut ? 0 : term->sources[source])}});
  }
  return {{"path", report::path_names(term->path)},
          {"position", position},
          {"target", report::token(explorer.loaded(), explorer.target())},
          {"logit", report::number(term->logit)},
          {"sources", std::move(sources)}};
}

}  // namespace api
