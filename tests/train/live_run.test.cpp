// A run that is watched: what it tells is what the model as it stands does, cuts hold in steps and
// reports, and a saved run goes on as if it had not been saved.
#include "train/live_run.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/model_file.h"
#include "engine/model_writer.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using train::LiveReport;
using train::LiveRun;
using train::TrainConfig;

namespace {

// The page's own run, which learns to copy in some hundred steps.
TrainConfig copying(int n_layers) {
  TrainConfig config;
  config.model.n_layers = n_layers;
  config.model.n_heads = 2;
  config.model.d_head = 16;
  config.model.d_model = 32;
  config.model.d_vocab = 28;
  config.model.n_ctx = 32;
  config.model.attn_scale = 4;
  config.task = train::Task::repeat;
  config.batch = 16;
  config.steps = 10000;
  config.learning_rate = 0.01;
  config.schedule = train::Schedule::constant;
  config.warmup = 50;
  config.repeat_min = 6;
  config.repeat_max = 16;
  return config;
}

TrainConfig small(int n_layers = 2) {
  TrainConfig config = copying(n_layers);
  config.model.d_head = 4;
  config.model.d_model = 12;
  config.model.n_ctx = 16;
  config.model.attn_scale = 2;
  config.batch = 4;
  config.warmup = 3;
  config.repeat_min = 3;
  config.repeat_max = 8;
  return config;
}

void take(LiveRun& run, int steps) {
  for (int i = 0; i < steps; ++i) run.step();
}

engine::LoadedModel saved_model(const LiveRun& run) {
  return engine::load_model({{}, run.save(), {}, {}});
}

}  // namespace

TEST_CASE("two layers learn to copy the second time, one layer does not", "[measured]") {
  LiveRun two(copying(2), {}), one(copying(1), {});
  take(two, 400);
  take(one, 400);
  const LiveReport copies = two.report(), tries = one.report();
  CHECK(copies.repeated.accuracy_second > 0.9);
  CHECK(tries.repeated.accuracy_second < 0.5);
  CHECK(copies.loss < tries.loss);
}

TEST_CASE("what a report tells is what its saved model does, with the cuts and without") {
  LiveRun run(small(), {});
  take(run, 5);
  for (const std::vector<std::string>& names : {std::vector<std::string>{}, {"L0H1", "L1H0"}}) {
    std::vector<engine::HeadId> heads;
    for (const std::string& name : names)
      heads.push_back(engine::parse_head(name, run.trainer().config().model));
    run.set_cuts(heads);
    const LiveReport report = run.report();
    const engine::Model model = saved_model(run).model;
    const engine::Cuts cuts = engine::Cuts::parse(names, model.config);
    const engine::RepeatedScores scores = engine::repeated_scores(model, {}, cuts);
    CHECK(report.repeated.accuracy_second == scores.accuracy_second);
    CHECK(report.repeated.loss_second == scores.loss_second);
    REQUIRE(report.repeated.heads.size() == 4);
    for (std::size_t h = 0; h < 4; ++h)
      CHECK(report.repeated.heads[h].induction == scores.heads[h].induction);
    const engine::Run on_sequence = engine::cut_run(model, report.sequence, cuts, false);
    REQUIRE(report.sequence_losses.size() == report.sequence.size() - 1);
    for (int h = 0; h < 4; ++h)
      CHECK(report.patterns[std::size_t(h)] == on_sequence.head({h / 2, h % 2}).pattern);
    CHECK(report.cuts == heads);
  }
}

TEST_CASE("a cut head learns nothing while it is cut, but for what its weights decay") {
  TrainConfig config = small();
  config.weight_decay = 0;
  LiveRun run(config, {});
  run.set_cuts({{1, 1}, {1, 1}});
  CHECK(run.cuts().size() == 1);
  const engine::Model before = run.trainer().model();
  take(run, 3);
  const engine::Model after = run.trainer().model();
  CHECK(after.head({1, 1}).W_O == before.head({1, 1}).W_O);
  CHECK(after.head({1, 1}).W_Q == before.head({1, 1}).W_Q);
  CHECK(after.head({1, 0}).W_O != before.head({1, 0}).W_O);
  run.set_cuts({});
  take(run, 1);
  CHECK(run.trainer().model().head({1, 1}).W_O != before.head({1, 1}).W_O);
  CHECK_THROWS_WITH(run.set_cuts({{2, 0}}), Contains("L2H0"));
}

TEST_CASE("a report's loss is the mean of the batches since the last, NaN where there were none") {
  LiveRun run(small(), {});
  CHECK(std::isnan(run.report().loss));
  engine::Backward workspace(run.trainer().config().model);
  const train::Batch batch = run.trainer().batch();
  double sum = 0;
  for (const engine::Sequence& sequence : batch.sequences)
    sum += workspace.loss(run.trainer().parameters(), sequence);
  run.step();
  CHECK_THAT(run.report().loss, WithinAbs(sum / batch.counted, 1e-6));
  CHECK(std::isnan(run.report().loss));
}

TEST_CASE("a run that was saved and restored goes on bit for bit, cuts and all") {
  LiveRun first(small(), {}), second(small(), {});
  take(first, 4);
  first.set_cuts({{0, 1}});
  take(first, 2);
  second.restore(first.save({{"note", "kept"}}));
  CHECK(second.cuts() == std::vector<engine::HeadId>{{0, 1}});
  CHECK(second.save() == first.save());
  take(first, 3);
  take(second, 3);
  CHECK(second.trainer().steps_done() == 9);
  CHECK(second.save() == first.save());
}

TEST_CASE("a file of another config, or of no run, is refused by name") {
  LiveRun run(small(), {});
  TrainConfig other = small();
  other.seed = 2;
  CHECK_THROWS_WITH(run.restore(LiveRun(other, {}).save()), Contains("another train.json"));
  CHECK_THROWS_WITH(run.restore(engine::write_model(run.trainer().model())), Contains("no config"));
  TrainConfig short_context = small();
  short_context.model.n_ctx = 3;
  CHECK_THROWS_WITH(LiveRun(short_context, {}), Contains("n_ctx is 3"));
}
