// What runs told: in order, as much as is drawn, and the cuts that the visitor wants.
#include "explorer/live_training.h"

#include <catch2/catch.hpp>

using explorer::LiveRun;
using explorer::LiveSequence;
using explorer::LiveStep;
using explorer::LiveTraining;

namespace {

LiveRun run_of(int n_layers) {
  LiveRun run;
  run.config.n_layers = n_layers;
  run.config.n_heads = 2;
  run.config.d_vocab = 28;
  return run;
}

LiveStep at(int step, std::size_t heads, float accuracy = 0.5f) {
  LiveStep told;
  told.step = step;
  told.loss = 3;
  told.accuracy_second = accuracy;
  told.induction.assign(heads, 0.25f);
  told.previous_token.assign(heads, 0.75f);
  return told;
}

}  // namespace

TEST_CASE("a step that is told again takes the place of what was told of it") {
  LiveTraining live;
  live.begin({run_of(2), run_of(1)});
  for (int step : {0, 5, 10}) live.add(0, at(step, 4), LiveSequence{});
  live.add(0, at(10, 4, 0.25f), LiveSequence{});
  REQUIRE(live.runs()[0].steps.size() == 3);
  CHECK(live.runs()[0].steps.back().accuracy_second == 0.25f);
  CHECK(live.runs()[1].steps.empty());
}

TEST_CASE("what comes without a sequence leaves the one that was told before") {
  LiveTraining live;
  live.begin({run_of(1)});
  live.add(0, at(5, 2), LiveSequence{{"A", "B"}, {1.5f}, {}});
  live.add(0, at(10, 2), std::nullopt);
  CHECK(live.runs()[0].sequence.tokens == std::vector<std::string>{"A", "B"});
  CHECK(live.runs()[0].steps.size() == 2);
}

TEST_CASE("of a long run the steps stay in order, 200 at least, first and last among them") {
  LiveTraining live;
  live.begin({run_of(1)});
  for (int step = 0; step <= 3000; ++step) {
    live.add(0, at(step, 2), std::nullopt);
    const std::vector<LiveStep>& steps = live.runs()[0].steps;
    if (step >= 200) CHECK(steps.size() >= 200);
    CHECK(steps.size() <= 400);
    CHECK(steps.front().step == 0);
    CHECK(steps.back().step == step);
    if (step > 0) CHECK(steps[steps.size() - 2].step < step);
  }
}

TEST_CASE("a cut is taken and taken back, in the order of the heads, and runs begin without") {
  LiveTraining live;
  live.begin({run_of(2)});
  live.toggle_cut(0, {1, 0});
  live.toggle_cut(0, {0, 1});
  CHECK(live.runs()[0].cuts == std::vector<engine::HeadId>{{0, 1}, {1, 0}});
  live.toggle_cut(0, {1, 0});
  CHECK(live.runs()[0].cuts == std::vector<engine::HeadId>{{0, 1}});
  live.begin({run_of(2)});
  CHECK(live.runs()[0].cuts.empty());
}
