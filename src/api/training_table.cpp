#include "api/training_table.h"

#include <optional>

#include "report/report.h"

namespace api {

namespace {

using explorer::Explorer;
using report::Json;

Json reports_of(const engine::TrainingLog& log) {
  const auto or_null = [](const std::optional<float>& value) {
    return value ? report::number(*value) : Json();
  };
  Json reports = Json::array();
  for (const engine::TrainingReport& at : log) {
    Json heads = Json::array();
    for (const engine::TrainingReport::Head& head : at.heads)
      heads.push_back({{"head", engine::name(head.head)},
                       {"induction", report::number(head.induction)},
                       {"previous_token", report::number(head.previous_token)}});
    reports.push_back({{"tokens", std::int64_t(at.tokens)},
                       {"valid_loss", or_null(at.valid_loss)},
                       {"in_context", or_null(at.in_context)},
                       {"loss_second", or_null(at.loss_second)},
                       {"accuracy_second", report::number(at.accuracy_second)},
                       {"heads", std::move(heads)}});
  }
  return reports;
}

}  // namespace

Json training_table(const Explorer& explorer) {
  const auto of = [](const engine::TrainingLog& log, const engine::Config& config) {
    return Json{{"n_layers", config.n_layers}, {"reports", reports_of(log)}};
  };
  if (explorer.training_log().empty()) return nullptr;
  Json table = of(explorer.training_log(), explorer.config());
  table["companion"] = nullptr;
  if (!explorer.companion_log().empty())
    table["companion"] = of(explorer.companion_log(), explorer.companion()->model.config);
  return table;
}

}  // namespace api
