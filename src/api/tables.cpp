#include "api/tables.h"

#include "api/circuit_tables.h"
#include "api/expansion_table.h"
#include "api/importance_tables.h"
#include "api/induction_tables.h"
#include "api/training_table.h"
#include "engine/error.h"
#include "report/report.h"

namespace api {

namespace {

using engine::fail;
using explorer::Explorer;
using report::Json;

Json paths_table(Explorer& explorer) {
  Json json = report::paths(explorer.loaded(), explorer.cut_expansion(), {true, {}});
  if (explorer.has_cuts()) json["before"] = report::paths(explorer.loaded(), explorer.expansion());
  return json;
}

Json attention_table(Explorer& explorer) {
  const auto& cell = explorer.hovered_cell();
  const int destination = cell ? cell->destination : explorer.position();
  const engine::HeadRunOf<float>& head = explorer.cut_run().head(explorer.head());
  Json sources = Json::array();
  for (int source = 0; source <= destination; ++source)
    sources.push_back(
        {{"position", source},
         {"token", report::token(explorer.loaded(), explorer.tokens()[std::size_t(source)])},
         {"score", report::number(head.scores(destination, source))},
         {"weight", report::number(head.pattern(destination, source))}});
  return {{"head", engine::name(explorer.head())},
          {"destination", destination},
          {"sources", std::move(sources)}};
}

}  // namespace

Json table(Explorer& explorer, std::string_view figure) {
  if (figure == "heads") return heads_table(explorer);
  if (figure == "composition") return composition_table(explorer);
  if (figure == "training") return training_table(explorer);
  if (figure == "expansion") return expansion_table(explorer);
  if (figure == "importance") return importance_table(explorer);
  if (figure == "bigrams") return bigrams_table(explorer);
  if (figure == "scores") return scores_table(explorer);
  if (figure == "skip-trigrams") return skip_trigrams_table(explorer);
  if (figure == "induction") return induction_table(explorer);
  if (figure == "induction-repeats") return repeats_table(explorer);
  if (figure != "paths" && figure != "attention") fail("no figure has a table '", figure, "'");
  if (explorer.empty()) return nullptr;
  if (figure == "paths") return paths_table(explorer);
  return explorer.config().n_layers ? attention_table(explorer) : Json(nullptr);
}

}  // namespace api
