// What each term of the path expansion is worth over a text, measured when it is asked for: of the
// text as it stood then, or of a held-out text. Paper: "Term Importance Analysis".
#pragma once

#include <memory>

#include "engine/term_importance.h"
#include "explorer/explorer.h"

namespace explorer {

// engine::TermImportanceMeter as long work that has told something after its first window.
class ImportanceRun {
 public:
  // The explorer's question, which there is. The explorer's model must outlive it.
  explicit ImportanceRun(const Explorer& explorer);
  bool done() const { return meter_->done(); }
  double progress() const { return meter_->progress(); }  // 0 to 1
  void step() { meter_->step(); }
  // Over what was read so far; none before the first window.
  std::optional<engine::TermImportance> result() const;

 private:
  std::unique_ptr<engine::TermImportanceMeter> meter_;
};

// The run that answers the explorer's question: asked for as long work, unless it was stopped. Null
// where nothing was asked.
const ImportanceRun* importance_run(Explorer& explorer);
// The same without asking for it.
const ImportanceRun* find_importance_run(const Explorer& explorer);

}  // namespace explorer
