#include "explorer/live_training.h"

#include <algorithm>
#include <cassert>

namespace explorer {

namespace {

const std::size_t most_steps = 400;

// Leaves every second one, and the last.
void thin(std::vector<LiveStep>& steps) {
  std::vector<LiveStep> kept;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (i % 2 == 0 || i + 1 == steps.size()) kept.push_back(std::move(steps[i]));
  steps = std::move(kept);
}

}  // namespace

void LiveTraining::begin(std::vector<LiveRun> runs) {
  runs_ = std::move(runs);
}

void LiveTraining::add(std::size_t number, LiveStep step, std::optional<LiveSequence> sequence) {
  assert(number < runs_.size());
  LiveRun& run = runs_[number];
  assert(step.induction.size() == engine::all_heads(run.config).size());
  // The same step told again, after a cut, takes the place of what was told before.
  while (!run.steps.empty() && run.steps.back().step >= step.step) run.steps.pop_back();
  run.steps.push_back(std::move(step));
  if (sequence) run.sequence = std::move(*sequence);
  if (run.steps.size() > most_steps) thin(run.steps);
}

void LiveTraining::set_cuts(std::size_t run, std::vector<engine::HeadId> cuts) {
  assert(run < runs_.size());
  runs_[run].cuts = std::move(cuts);
}

void LiveTraining::toggle_cut(std::size_t number, engine::HeadId head) {
  assert(number < runs_.size());
  std::vector<engine::HeadId>& cuts = runs_[number].cuts;
  const auto at = std::lower_bound(cuts.begin(), cuts.end(), head);
  if (at != cuts.end() && *at == head)
    cuts.erase(at);
  else
    cuts.insert(at, head);
}

}  // namespace explorer
