#include "explorer/importance_reading.h"

namespace explorer {

using engine::TermImportance;
using engine::TermImportanceMeter;

ImportanceRun::ImportanceRun(const Explorer& explorer) {
  const ImportanceQuestion& asked = *explorer.importance_question();
  meter_ = std::make_unique<TermImportanceMeter>(explorer.loaded().model, asked.tokens,
                                                 engine::Cuts::parse(asked.cuts, explorer.config()),
                                                 asked.frozen);
}

std::optional<TermImportance> ImportanceRun::result() const {
  if (!meter_->has_result()) return std::nullopt;
  return meter_->result();
}

const ImportanceRun* importance_run(Explorer& explorer) {
  const auto& asked = explorer.importance_question();
  if (!asked || asked->stopped) return find_importance_run(explorer);
  return &explorer.work<ImportanceRun>(
      importance_work, [&] { return ImportanceRun(explorer); }, std::to_string(asked->number));
}

const ImportanceRun* find_importance_run(const Explorer& explorer) {
  const auto& asked = explorer.importance_question();
  if (!asked) return nullptr;
  return explorer.find_work<ImportanceRun>(importance_work, std::to_string(asked->number));
}

}  // namespace explorer
