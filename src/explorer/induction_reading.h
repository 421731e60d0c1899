// What there is to read of induction: which heads do it, what they do on the present text, and what
// the model (and its companion) make of random tokens that come twice. Paper: "Induction Heads".
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/head_readings.h"
#include "engine/induction.h"
#include "engine/stream_work.h"
#include "explorer/explorer.h"

namespace explorer {

// Every head's scores, asked for as long work.
const engine::HeadReadings& head_readings(Explorer& explorer);

// Read off the model without cuts, so that it can be seen what a cut does to them.
struct InductionHeads {
  std::vector<engine::HeadId> heads;  // as engine::induction_heads has them
  // Of them, the one whose keys read most of what previous_token writes (K-composition); where none
  // lies above that, the one with the highest score.
  std::optional<engine::HeadId> strongest;
  std::optional<engine::HeadId> previous_token;  // below the last layer, the highest such score
};
// Null until every head's scores are known; those are asked for.
std::shared_ptr<const InductionHeads> induction_heads(Explorer& explorer);
// The chosen head; where none was chosen, the strongest induction head if there is one.
engine::HeadId shown_head(const Explorer& explorer, const InductionHeads& heads);
// The shown head if it is an induction head, else the strongest.
std::optional<engine::HeadId> told_head(const Explorer& explorer, const InductionHeads& heads);

// Of the present text, which is not empty, under the present cuts: long work where the vocabulary
// is large, done at once where it is not.
class InductionOnText {
 public:
  // The explorer's model must outlive it.
  InductionOnText(Explorer& explorer, const InductionHeads& heads);
  bool done() const { return meter_.done(); }
  double progress() const;  // 0 to 1
  void step();              // not after the last
  // The run with the induction heads cut too, without logits; once it is done.
  const engine::Run& without() const { return without_; }
  // As engine::InductionMeter has them.
  const std::vector<engine::InductionPosition>& positions() const { return meter_.positions(); }

 private:
  std::optional<engine::StreamWork> stream_;  // until `without` stands
  engine::Run without_;
  engine::InductionMeter meter_;
};
const InductionOnText& induction_on_text(Explorer& explorer, const InductionHeads& heads);

// The model's runs on random tokens under the present cuts, as the explorer's repeats() has them;
// the companion's without cuts (there must be one). Asked for as long work. Both models can repeat
// (asserted).
const engine::RepeatedRuns& repeated_runs(Explorer& explorer);
const engine::RepeatedRuns& companion_runs(Explorer& explorer);

// The same without asking for it; null unless they are done.
const engine::RepeatedRuns* find_repeated_runs(const Explorer& explorer);
const engine::RepeatedRuns* find_companion_runs(const Explorer& explorer);

// The model's run, under the present cuts, on the first of those sequences.
const engine::Run& first_repeat(Explorer& explorer);

}  // namespace explorer
