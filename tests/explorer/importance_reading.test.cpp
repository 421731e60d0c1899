#include "explorer/importance_reading.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "view/explorers.h"

using explorer::Explorer;

namespace {

void finish(Explorer& explorer) {
  while (const explorer::ImportanceRun* run = explorer::importance_run(explorer)) {
    if (run->done()) return;
    explorer.step_work(explorer.take_asked_work());
  }
}

// The same, by the engine's meter.
engine::TermImportance measured(const Explorer& explorer, const std::vector<int>& tokens) {
  engine::TermImportanceMeter meter(explorer.loaded().model, tokens,
                                    engine::Cuts::parse(explorer.cuts(), explorer.config()));
  while (!meter.done()) meter.step();
  return meter.result();
}

}  // namespace

TEST_CASE("importance is measured over the text and the cuts as they stood when it was asked for") {
  Explorer explorer = explorers::of({}, "1 2 3 4 5");
  CHECK_FALSE(explorer::importance_run(explorer));
  explorer.set_cuts({"L0H0"});
  explorer.ask_importance(false);
  const engine::TermImportance expected = measured(explorer, explorer.tokens());
  explorer.set_text("9 8 7");
  explorer.set_cuts({});
  finish(explorer);
  const auto result = explorer::find_importance_run(explorer)->result();
  REQUIRE(result);
  CHECK(result->loss == expected.loss);
  CHECK(result->loss_by_order == expected.loss_by_order);
  CHECK(explorer.importance_question()->tokens == std::vector<int>{1, 2, 3, 4, 5});
}

TEST_CASE("a stopped measure keeps what it has, and a new question begins anew") {
  Explorer explorer = explorers::of({}, "1 2 3");
  explorer.set_held_out(
      engine::read_text(explorer.loaded(), explorers::counted(100)));  // several windows
  explorer.ask_importance(true);
  while (!explorer::importance_run(explorer)->result())
    explorer.step_work(explorer.take_asked_work());
  explorer.stop_importance();
  const double progress = explorer::importance_run(explorer)->progress();
  CHECK_FALSE(explorer.step_work(explorer::importance_work));
  CHECK(explorer::importance_run(explorer)->progress() == progress);
  CHECK(progress < 1);
  CHECK(explorer::find_importance_run(explorer)->result());

  explorer.ask_importance(true);
  CHECK_FALSE(explorer::find_importance_run(explorer));
  finish(explorer);
  CHECK(explorer::find_importance_run(explorer)->result()->loss ==
        measured(explorer, explorer.held_out()).loss);
}

TEST_CASE("a text that is too short to measure over is refused") {
  Explorer explorer = explorers::of({}, "1");
  CHECK_THROWS_AS(explorer.ask_importance(false), engine::Error);
  CHECK_THROWS_AS(explorer.ask_importance(true), engine::Error);
  CHECK_FALSE(explorer.importance_question());
}
