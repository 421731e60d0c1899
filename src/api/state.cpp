#include "api/state.h"

#include <optional>

#include "api/circuit_tables.h"
#include "api/importance_tables.h"
#include "api/induction_tables.h"
#include "api/live_json.h"
#include "api/term_name.h"
#include "report/report.h"

namespace api {

namespace {

using explorer::Explorer;
using explorer::TermKey;
using report::Json;

constexpr int n_top = 10;

Json name_or_null(const std::optional<TermKey>& term) {
  return term ? Json(name(*term)) : Json(nullptr);
}

Json against(const Explorer& explorer) {
  using Against = engine::Reading::Against;
  if (explorer.against() == Against::mean) return "mean";
  if (explorer.against() == Against::token) return explorer.against_token();
  return nullptr;
}

Json top(Explorer& explorer) {
  const engine::Vector& log_probabilities = explorer.log_probabilities();
  Json list = Json::array();
  for (const report::Prediction& next :
       report::top_predictions(log_probabilities, log_probabilities, n_top)) {
    Json token = report::token(explorer.loaded(), next.id);
    token["log_prob"] = report::number(next.log_probability);
    if (explorer.has_cuts())
      token["cut_log_prob"] = report::number(explorer.cut_log_probabilities()[next.id]);
    list.push_back(std::move(token));
  }
  return list;
}

Json cell(const Explorer& explorer) {
  const std::optional<explorer::PatternCell>& cell = explorer.hovered_cell();
  if (!cell) return nullptr;
  return {{"destination", cell->destination},
          {"source", cell->source < 0 ? Json(nullptr) : Json(cell->source)}};
}

// The figures whose long work is done.
Json worked(const Explorer& explorer) {
  Json names = Json::array();
  if (bigrams_compared(explorer)) names.push_back("bigrams");
  if (heads_read(explorer)) names.push_back("heads");
  if (composition_read(explorer)) names.push_back("composition");
  if (skip_trigrams_found(explorer)) names.push_back("skip-trigrams");
  return names;
}

Json cut_loss(Explorer& explorer) {
  if (!explorer.has_cuts() || !explorer.run_trouble().empty()) return nullptr;
  const auto loss = explorer.cut_loss();
  if (!loss) return nullptr;
  return {{"whole", report::number(float(loss->whole))}, {"cut", report::number(float(loss->cut))}};
}

}  // namespace

Json state(Explorer& explorer) {
  const engine::LoadedModel& loaded = explorer.loaded();
  const bool empty = explorer.empty();
  Json json = Json::object();
  json["text"] = explorer.text();
  json["tokens"] = report::token_list(loaded, explorer.tokens());
  json["dropped"] = explorer.dropped();
  json["droppedUnread"] = explorer.dropped_unread();
  json["position"] = empty ? Json(nullptr) : Json(explorer.position());
  json["positionChosen"] = explorer.position_chosen();
  json["target"] = empty ? Json(nullptr) : report::token(loaded, explorer.target());
  json["targetChosen"] = explorer.target_chosen();
  json["against"] = against(explorer);
  json["cuts"] = explorer.cuts();
  json["cutLoss"] = cut_loss(explorer);
  json["frozen"] = explorer.frozen();
  json["cutTool"] = explorer.cut_tool();
  json["canUndo"] = explorer.can_undo();
  json["canRedo"] = explorer.can_redo();
  json["pinned"] = name_or_null(explorer.pinned_term());
  json["hovered"] = name_or_null(explorer.hovered_term());
  json["head"] = explorer.config().n_layers ? Json(engine::name(explorer.head())) : Json(nullptr);
  json["headChosen"] = explorer.head_chosen();
  json["cell"] = cell(explorer);
  json["top"] = empty ? Json::array() : top(explorer);
  json["notices"] = loaded.notices;
  json["idsGiven"] = !explorer.text_reads_as_tokens();
  json["source"] = explorer.chosen_source() ? Json(*explorer.chosen_source()) : Json(nullptr);
  json["sourceToken"] =
      explorer.source_token() ? report::token(loaded, *explorer.source_token()) : Json(nullptr);
  json["worked"] = worked(explorer);
  json["repeats"] = repeats(explorer);
  json["heldOut"] = explorer.held_out().size();
  json["importance"] = importance_state(explorer);
  json["repeatsRun"] = repeats_run(explorer);
  json["tokensCounted"] = explorer.bigram_counts() ? explorer.bigram_counts()->tokens().size() : 0;
  json["trainingReports"] = explorer.training_log().size();
  json["companionReports"] = explorer.companion_log().size();
  json["live"] = live_cuts(explorer.live_training());
  json["revision"] = explorer.revision();
  return json;
}

}  // namespace api
