#include "explorer/induction_reading.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/composition.h"

namespace explorer {

namespace {

using engine::Cuts;
using engine::HeadId;
using engine::HeadReading;
using engine::RepeatedOptions;
using engine::RepeatedRuns;
using engine::Run;

// What changes the runs, in words: the cuts,
std::string key_of_cuts(const Explorer& explorer) {
  std::string key;
  if (explorer.frozen()) key += " frozen";
  for (const std::string& cut : explorer.cuts()) key += " " + cut;
  return key;
}

// and the choice of random tokens.
std::string key_of(const Explorer& explorer, bool with_cuts) {
  const RepeatedOptions& repeats = explorer.repeats();
  std::string key = std::to_string(repeats.length) + " " + std::to_string(repeats.sequences) + " " +
                    std::to_string(repeats.seed);
  return with_cuts ? key + key_of_cuts(explorer) : key;
}

RepeatedOptions options_of(const Explorer& explorer) {
  RepeatedOptions options = explorer.repeats();
  options.frozen = explorer.frozen();
  return options;
}

// One run: work that is done as soon as it is made, and kept however the text changes.
struct FirstRepeat {
  Run run;
  bool done() const { return true; }
  double progress() const { return 1; }
  void step() {}
};

InductionHeads read_heads(const engine::Model& model, const std::vector<HeadReading>& readings) {
  InductionHeads found;
  double previous = 0;
  for (const HeadReading& each : readings) {
    if (!each.scores) continue;
    const engine::HeadScores& scores = *each.scores;
    if (engine::is_induction_head(scores)) found.heads.push_back(each.head);
    if (each.head.layer + 1 < model.config.n_layers && scores.previous_token > previous) {
      previous = scores.previous_token;
      found.previous_token = each.head;
    }
  }
  std::pair<double, double> strongest;  // K-composition, induction score
  for (const HeadReading& each : readings) {
    if (!each.scores || !engine::is_induction_head(*each.scores)) continue;
    const auto below = found.previous_token;
    const double composed = below && below->layer < each.head.layer
                                ? engine::composition_scores(model, *below, each.head).k
                                : 0;
    const std::pair<double, double> strength{composed, each.scores->induction};
    if (strength > strongest) {
      strongest = strength;
      found.strongest = each.head;
    }
  }
  return found;
}

}  // namespace

const engine::HeadReadings& head_readings(Explorer& explorer) {
  return explorer.work<engine::HeadReadings>(
      heads_work, [&] { return engine::HeadReadings(explorer.loaded().model); });
}

std::shared_ptr<const InductionHeads> induction_heads(Explorer& explorer) {
  if (explorer.config().n_layers == 0) return std::make_shared<const InductionHeads>();
  const engine::HeadReadings& readings = head_readings(explorer);
  if (!readings.done()) return nullptr;
  return explorer.of_weights(
      "induction heads", [&] { return read_heads(explorer.loaded().model, readings.result()); });
}

HeadId shown_head(const Explorer& explorer, const InductionHeads& heads) {
  return explorer.head_chosen() ? explorer.head() : heads.strongest.value_or(explorer.head());
}

std::optional<HeadId> told_head(const Explorer& explorer, const InductionHeads& heads) {
  const HeadId shown = shown_head(explorer, heads);
  const bool is_one = std::find(heads.heads.begin(), heads.heads.end(), shown) != heads.heads.end();
  return is_one ? shown : heads.strongest;
}

InductionOnText::InductionOnText(Explorer& explorer, const InductionHeads& heads)
    : meter_(explorer.loaded().model, explorer.cut_run(), heads.heads) {
  std::vector<std::string> cuts = explorer.cuts();
  for (HeadId head : heads.heads) cuts.push_back(engine::name(head));
  const engine::Config& config = explorer.config();
  stream_.emplace(explorer.loaded().model, explorer.tokens(), Cuts::parse(cuts, config),
                  explorer.frozen());
  const double products = double(explorer.tokens().size()) * config.d_vocab * config.d_model;
  if (products > most_loss_products) return;
  while (!done()) step();
}

double InductionOnText::progress() const {
  const double share_of_stream = 0.2;
  if (stream_) return share_of_stream * stream_->progress();
  return share_of_stream + (1 - share_of_stream) * meter_.progress();
}

void InductionOnText::step() {
  if (!stream_) return meter_.step();
  stream_->step();
  if (!stream_->done()) return;
  without_ = stream_->take();
  stream_.reset();
  meter_.set_without(without_);
}

const InductionOnText& induction_on_text(Explorer& explorer, const InductionHeads& heads) {
  std::string key = key_of_cuts(explorer);
  for (int token : explorer.tokens()) key += " " + std::to_string(token);
  return explorer.work<InductionOnText>(
      "induction on the text", [&] { return InductionOnText(explorer, heads); }, key);
}

const RepeatedRuns& repeated_runs(Explorer& explorer) {
  const engine::Model& model = explorer.loaded().model;
  assert(engine::can_repeat(model.config));
  const auto make = [&] {
    return RepeatedRuns(model, options_of(explorer),
                        Cuts::parse(explorer.cuts(), explorer.config()));
  };
  return explorer.work<RepeatedRuns>(repeats_work, make, key_of(explorer, true));
}

const RepeatedRuns& companion_runs(Explorer& explorer) {
  const engine::Model& model = explorer.companion()->model;
  assert(engine::can_repeat(model.config));
  const auto make = [&] {
    RepeatedOptions options = explorer.repeats();
    options.length = std::min(options.length, model.config.n_ctx / 2);
    return RepeatedRuns(model, options, {});
  };
  return explorer.work<RepeatedRuns>(companion_work, make, key_of(explorer, false));
}

const RepeatedRuns* find_repeated_runs(const Explorer& explorer) {
  const auto* runs = explorer.find_work<RepeatedRuns>(repeats_work, key_of(explorer, true));
  return runs && runs->done() ? runs : nullptr;
}

const RepeatedRuns* find_companion_runs(const Explorer& explorer) {
  const auto* runs = explorer.find_work<RepeatedRuns>(companion_work, key_of(explorer, false));
  return runs && runs->done() ? runs : nullptr;
}

const Run& first_repeat(Explorer& explorer) {
  const auto make = [&] {
    const RepeatedOptions& repeats = explorer.repeats();
    engine::Random random(repeats.seed);
    return FirstRepeat{engine::cut_stream(
        explorer.loaded().model,
        engine::repeated_sequence(explorer.config().d_vocab, repeats.length, random),
        Cuts::parse(explorer.cuts(), explorer.config()), explorer.frozen())};
  };
  return explorer.work<FirstRepeat>("first repeat", make, key_of(explorer, true)).run;
}

}  // namespace explorer
