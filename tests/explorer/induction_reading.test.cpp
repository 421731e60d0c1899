#include "explorer/induction_reading.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "view/explorers.h"

using engine::HeadId;
using explorer::Explorer;

namespace {

Explorer induction_explorer(const std::string& ids) {
  Explorer explorer(explorers::induction_model());
  explorer.set_text(ids);
  return explorer;
}

void finish(Explorer& explorer) {
  for (std::string work; !(work = explorer.take_asked_work()).empty();)
    while (explorer.step_work(work)) {
    }
}

// Asks, works, and asks again.
template <class Ask>
auto finished(Explorer& explorer, const Ask& ask) {
  ask();
  finish(explorer);
  return ask();
}

}  // namespace

TEST_CASE("the induction heads and the previous-token head are known once the heads are read") {
  Explorer explorer = induction_explorer("1 2 3 1");
  CHECK_FALSE(explorer::induction_heads(explorer));
  finish(explorer);
  const auto heads = explorer::induction_heads(explorer);
  REQUIRE(heads);
  CHECK(heads->heads == engine::induction_heads(engine::repeated_scores(explorer.loaded().model)));
  CHECK(heads->heads == std::vector<HeadId>{{1, 0}});
  CHECK(heads->strongest == HeadId{1, 0});
  CHECK(heads->previous_token == HeadId{0, 0});
  CHECK(explorer::shown_head(explorer, *heads) == HeadId{1, 0});
  CHECK(explorer::told_head(explorer, *heads) == HeadId{1, 0});
  explorer.set_head({0, 0});
  CHECK(explorer::shown_head(explorer, *heads) == HeadId{0, 0});
  CHECK(explorer::told_head(explorer, *heads) == HeadId{1, 0});
}

TEST_CASE("a model without layers has no induction heads, and needs no reading for it") {
  engine::Shape shape;
  shape.n_layers = 0;
  Explorer explorer = explorers::of(shape, "1 2 1");
  const auto heads = explorer::induction_heads(explorer);
  REQUIRE(heads);
  CHECK(heads->heads.empty());
  const explorer::InductionOnText& reading = explorer::induction_on_text(explorer, *heads);
  REQUIRE(reading.done());
  REQUIRE(reading.positions()[2].occurrences.size() == 1);
  const engine::EarlierOccurrence& before = reading.positions()[2].occurrences[0];
  CHECK(before.probability == before.probability_without);
}

TEST_CASE("on a text, without means the induction heads cut too, under the cuts there are") {
  Explorer explorer = induction_explorer("5 1 2 3 1");
  const auto heads = finished(explorer, [&] { return explorer::induction_heads(explorer); });
  const auto probabilities = [&] {
    return explorer::induction_on_text(explorer, *heads).positions()[4].occurrences[0];
  };
  CHECK(probabilities().probability > 0.99f);
  CHECK(probabilities().probability_without < 0.1f);
  CHECK(probabilities().attention[0] > 0.99f);
  explorer.set_cuts({"L0H0>*:K"});
  CHECK(probabilities().probability < 0.5f);
  CHECK(probabilities().attention[0] < 0.5f);
}

TEST_CASE(
    "random tokens are run under the present cuts, and anew when these or the choice change") {
  Explorer explorer = induction_explorer("");
  const auto scores = [&] {
    return finished(explorer, [&] { return &explorer::repeated_runs(explorer); })->result();
  };
  const auto expected = [&] {
    return engine::repeated_scores(explorer.loaded().model, explorer.repeats(),
                                   engine::Cuts::parse(explorer.cuts(), explorer.config()));
  };
  CHECK(explorer.repeats().length == 12);  // half of n_ctx
  CHECK(scores().loss_by_position == expected().loss_by_position);
  CHECK(scores().accuracy_second > 0.9);
  REQUIRE(explorer::find_repeated_runs(explorer));
  explorer.set_cuts({"L0H0>*:K"});
  CHECK_FALSE(explorer::find_repeated_runs(explorer));
  CHECK(scores().loss_by_position == expected().loss_by_position);
  CHECK(scores().accuracy_second < 0.5);
  explorer.set_repeats({5, 3, 7});
  CHECK(scores().loss_by_position.size() == 9);
  CHECK(scores().loss_by_position == expected().loss_by_position);
  CHECK_THROWS_AS(explorer.set_repeats({13, 3, 7}), engine::Error);
  CHECK(explorer.repeats().length == 5);
}

TEST_CASE("the companion runs on the same tokens, without this model's cuts") {
  Explorer explorer = induction_explorer("");
  CHECK_FALSE(explorer::find_companion_runs(explorer));
  explorer.set_companion(explorers::induction_model());
  explorer.set_cuts({"L0H0>*:K"});
  const auto* runs = finished(explorer, [&] { return &explorer::companion_runs(explorer); });
  CHECK(runs->result().accuracy_second > 0.9);
  explorer.set_companion(nullptr);
  CHECK_FALSE(explorer::find_companion_runs(explorer));
}

TEST_CASE("the first of the blocks is the one that the runs begin with") {
  Explorer explorer = induction_explorer("");
  explorer.set_repeats({6, 1, 3});
  const engine::Run& run = explorer::first_repeat(explorer);
  REQUIRE(run.n() == 12);
  const auto* runs = finished(explorer, [&] { return &explorer::repeated_runs(explorer); });
  CHECK(run.logits.size() == 0);
  const engine::Vector logits = engine::logits_at(explorer.loaded().model, run, 0);
  const float p = engine::log_probabilities(logits)[run.tokens[1]];
  CHECK(std::abs(double(-p) - runs->result().loss_by_position[0]) < 1e-5);
  explorer.set_text("1 2 3");
  CHECK(&explorer::first_repeat(explorer) == &run);  // a text that is typed changes nothing of it
}

TEST_CASE("work that another figure has finished is stepped no further") {
  Explorer explorer = induction_explorer("");
  explorer::head_readings(explorer);
  finish(explorer);
  const unsigned revision = explorer.revision();
  CHECK_FALSE(explorer.step_work(explorer::heads_work));
  CHECK_FALSE(explorer.step_work("no such work"));
  CHECK(explorer.revision() == revision);
}
