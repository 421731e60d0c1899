#include "api/circuit_tables.h"

#include "engine/score_grid.h"
#include "explorer/skip_trigrams.h"
#include "report/bigrams.h"
#include "report/circuits.h"
#include "report/expansions.h"
#include "report/skip_trigrams.h"

namespace api {

using explorer::Explorer;
using report::Json;

namespace {

const engine::BigramCorrelation* comparison(const Explorer& explorer) {
  return finished<engine::BigramCorrelation>(explorer, explorer::bigrams_work);
}

const engine::HeadReadings* head_readings(const Explorer& explorer) {
  return finished<engine::HeadReadings>(explorer, explorer::heads_work);
}

const engine::CompositionReadings* composition_readings(const Explorer& explorer) {
  return finished<engine::CompositionReadings>(explorer, explorer::composition_work);
}

constexpr int n_of_bigrams = 20, n_of_source = 10;  // at least as many as are drawn

Json side_names(const std::vector<engine::ScoreSide>& sides) {
  Json names = Json::array();
  for (const engine::ScoreSide& side : sides) names.push_back(engine::name(side));
  return names;
}

Json grid_of(const engine::ScoreGrid& grid) {
  Json sums = Json::array();
  for (Eigen::Index i = 0; i < grid.sums.rows(); ++i)
    sums.push_back(report::numbers(grid.sums.row(i)));
  return {{"queries", side_names(grid.queries)},
          {"keys", side_names(grid.keys)},
          {"sums", std::move(sums)},
          {"query_sums", report::numbers(grid.query_sums)},
          {"key_sums", report::numbers(grid.key_sums)}};
}

}  // namespace

bool heads_read(const Explorer& explorer) {
  return head_readings(explorer) != nullptr;
}

bool composition_read(const Explorer& explorer) {
  return composition_readings(explorer) != nullptr;
}

Json heads_table(const Explorer& explorer) {
  const engine::HeadReadings* readings = head_readings(explorer);
  return readings ? report::heads(explorer.config(), readings->result()) : Json();
}

Json composition_table(const Explorer& explorer) {
  const engine::CompositionReadings* readings = composition_readings(explorer);
  return readings ? report::composition(explorer.config(), *readings) : Json();
}

bool bigrams_compared(const Explorer& explorer) {
  return comparison(explorer) != nullptr;
}

Json bigrams_table(const Explorer& explorer) {
  const engine::BigramCounts* counts = explorer.bigram_counts();
  const engine::BigramCorrelation* compared = comparison(explorer);
  if (explorer.empty() || (counts && !compared)) return nullptr;
  report::BigramsOptions options;
  options.top = n_of_bigrams;
  options.pairs = true;
  if (compared) options.correlation = compared->result();
  const int token = explorer.tokens()[std::size_t(explorer.position())];
  return report::bigrams(explorer.loaded(), token, counts, options);
}

Json scores_table(Explorer& explorer) {
  const engine::Config& config = explorer.config();
  if (explorer.empty() || config.n_layers == 0 || !explorer.run_trouble().empty() ||
      (explorer.frozen() && explorer.has_cuts()) ||
      engine::score_term_count(config, explorer.head()) > explorer::most_score_terms)
    return nullptr;
  const engine::ScoreExpansion expansion =
      engine::expand_score(explorer.loaded().model, explorer.cut_run(), explorer.head(),
                           explorer.position(), explorer.source());
  Json json = report::scores(expansion);
  json["head"] = engine::name(expansion.head);
  json["destination"] = expansion.destination;
  json["source"] = expansion.source;
  json["grid"] = grid_of(engine::score_grid(config, expansion));
  return json;
}

bool skip_trigrams_found(const Explorer& explorer) {
  return explorer.config().n_layers > 0 && explorer::found_skip_trigrams(explorer);
}

Json skip_trigrams_table(const Explorer& explorer) {
  if (!skip_trigrams_found(explorer)) return nullptr;
  const engine::LoadedModel& loaded = explorer.loaded();
  Json json = report::skip_trigrams(loaded, explorer.head(),
                                    explorer::found_skip_trigrams(explorer)->result());
  json["source"] = json["crossed"] = nullptr;
  const std::optional<int> source = explorer::shown_source_token(explorer);
  if (!source) return json;
  json["source"] = report::skip_trigrams_of(loaded, explorer.head(), *source, n_of_source);
  const engine::BigramCounts* counts = explorer.bigram_counts();
  if (!counts) return json;
  const auto crossed = explorer::crossed_of(explorer, *source);
  if (crossed) json["crossed"] = report::crossed(loaded, *crossed, *counts);
  return json;
}

}  // namespace api
