#include "train/live_run.h"

#include <algorithm>
#include <cmath>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/model_writer.h"

namespace train {

namespace {

const char* const prefix = "training.";  // of the names in a saved file that are no model's
const int longest_block = 12;            // of the fixed sequence

engine::Cuts head_cuts(const std::vector<engine::HeadId>& heads, const engine::Config& config) {
  std::vector<std::string> names;
  for (const engine::HeadId head : heads) names.push_back(engine::name(head));
  return engine::Cuts::parse(names, config);
}

std::string joined(const std::vector<engine::HeadId>& heads) {
  std::string names;
  for (const engine::HeadId head : heads) names += (names.empty() ? "" : " ") + engine::name(head);
  return names;
}

std::vector<engine::HeadId> split(const std::string& names, const engine::Config& config) {
  std::vector<engine::HeadId> heads;
  std::istringstream in(names);
  for (std::string name; in >> name;) heads.push_back(engine::parse_head(name, config));
  return heads;
}

const TrainConfig& checked(const TrainConfig& config) {
  if (!engine::can_repeat(config.model))
    engine::fail("n_ctx is ", config.model.n_ctx, ", expected 4 or more: a live run is tested on ",
                 "tokens that come twice");
  return config;
}

void add_fixed_sequence(const engine::Model& model, const engine::Cuts& cuts, LiveReport& report) {
  const engine::Config& config = model.config;
  engine::Random random(1);
  report.sequence =
      engine::repeated_sequence(config.d_vocab, std::min(longest_block, config.n_ctx / 2), random);
  const engine::Run run = engine::cut_run(model, report.sequence, cuts, false);
  for (int i = 0; i + 1 < run.n(); ++i)
    report.sequence_losses.push_back(-double(engine::log_probabilities(
        engine::Vector(run.logits.col(i)))[report.sequence[std::size_t(i + 1)]]));
  for (const engine::HeadId head : engine::all_heads(config))
    report.patterns.push_back(run.head(head).pattern);
}

}  // namespace

LiveRun::LiveRun(const TrainConfig& config, std::vector<int> corpus)
    : trainer_(checked(config), std::move(corpus)),
      workspace_(config.model),
      gradient_(engine::zeros_like(trainer_.parameters())) {}

void LiveRun::step() {
  const Batch batch = trainer_.batch();
  for (engine::Matrix* matrix : gradient_.matrices()) matrix->setZero();
  trainer_.apply(batch, gradient_, trainer_.add_gradient(batch, 0, 1, workspace_, gradient_));
}

void LiveRun::set_cuts(std::vector<engine::HeadId> heads) {
  const engine::Config& config = trainer_.config().model;
  for (const engine::HeadId head : heads) engine::parse_head(engine::name(head), config);
  std::sort(heads.begin(), heads.end());
  heads.erase(std::unique(heads.begin(), heads.end()), heads.end());
  workspace_.set_cut(heads);
  cuts_ = std::move(heads);
}

LiveReport LiveRun::report() {
  const engine::Model model = trainer_.model();
  const engine::Cuts cuts = head_cuts(cuts_, model.config);
  LiveReport report;
  report.step = trainer_.steps_done();
  report.tokens = trainer_.tokens_done();
  report.loss = trainer_.take_mean_loss();
  report.repeated = engine::repeated_scores(model, {}, cuts);
  report.cuts = cuts_;
  add_fixed_sequence(model, cuts, report);
  return report;
}

std::string LiveRun::save(std::map<std::string, std::string> metadata) const {
  metadata.merge(trainer_.state_metadata(prefix));
  metadata[std::string(prefix) + "cuts"] = joined(cuts_);
  return engine::write_model(trainer_.model(), trainer_.state_tensors(prefix), metadata);
}

void LiveRun::restore(std::string_view bytes) {
  const engine::Safetensors file = engine::read_safetensors(bytes);
  trainer_.restore(file, prefix);
  const auto cuts = file.metadata.find(std::string(prefix) + "cuts");
  set_cuts(cuts == file.metadata.end() ? std::vector<engine::HeadId>()
                                       : split(cuts->second, trainer_.config().model));
}

}  // namespace train
