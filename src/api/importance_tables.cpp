#include "api/importance_tables.h"

#include "explorer/importance_reading.h"
#include "report/expansions.h"

namespace api {

using explorer::Explorer;
using report::Json;

Json importance_state(const Explorer& explorer) {
  const auto& asked = explorer.importance_question();
  if (!asked) return nullptr;
  const explorer::ImportanceRun* run = explorer::find_importance_run(explorer);
  return {{"tokens", asked->tokens.size()},
          {"heldOut", asked->held_out},
          {"progress", report::number(run ? float(run->progress()) : 0)},
          {"stopped", asked->stopped}};
}

Json importance_table(const Explorer& explorer) {
  const explorer::ImportanceRun* run = explorer::find_importance_run(explorer);
  const auto importance = run ? run->result() : std::nullopt;
  if (!importance) return nullptr;
  return report::importance(*importance, int(explorer.importance_question()->tokens.size()));
}

}  // namespace api
