// The `scores` figure without a screen.
#include <catch2/catch.hpp>
#include <set>

#include "view/explorers.h"
#include "view/figure_checks.h"
#include "view/told_score.h"

using Catch::Matchers::WithinAbs;
using explorer::Explorer;

TEST_CASE("the scores figure stands for every kind of model, with cuts and without") {
  Screen screen;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    Explorer explorer = explorers::of(shape, "1 2 3 1 2");
    if (shape.n_layers == 0) {
      CHECK(screen.draw("scores", explorer, 800) < 120);
      continue;
    }
    check_widths(screen, "scores", explorer);
    explorer.set_head({0, 0});
    check_widths(screen, "scores", explorer);
    if (shape.n_layers < 2) continue;
    explorer.set_head({1, 0});
    explorer.set_cuts({"L0H0>L1H0:K"});
    check_widths(screen, "scores", explorer);
    explorer.set_frozen(true);
    CHECK(screen.draw("scores", explorer, 800) < 200);
  }
}

TEST_CASE("the scores figure has sentences for an empty text and for too many terms") {
  Screen screen;
  Explorer empty = explorers::of({}, "");
  CHECK(screen.draw("scores", empty, 800) < 120);
  Explorer deep = explorers::of({4, 7, 3, 12, 12, 30}, "1 2 3");
  CHECK(screen.draw("scores", deep, 800) < 200);
  deep.set_head({1, 0});
  CHECK(screen.draw("scores", deep, 800) > 200);
}

TEST_CASE("the wires of a place are those of the heads that wrote its query and its key") {
  Explorer explorer = explorers::of({}, "1 2 3 1");
  explorer.set_head({1, 2});
  const view::ToldScore told = view::told_score_of(explorer);
  CHECK_THAT(double(told.expansion.sum), WithinAbs(double(told.expansion.score), 1e-3));
  CHECK(view::cuts_at(told, {0, 0}).empty());
  CHECK(view::cuts_at(told, {1, 0}) == std::vector<std::string>{"L0H0>L1H2:Q"});
  CHECK(view::cuts_at(told, {0, 3}) == std::vector<std::string>{"L0H2>L1H2:K"});
  CHECK(view::cuts_at(told, {-1, 2}) == std::vector<std::string>{"L0H1>L1H2:K"});
  CHECK(view::cuts_at(told, {2, 1}) == std::vector<std::string>{"L0H1>L1H2:Q", "L0H0>L1H2:K"});
  CHECK(view::sum_at(told, {-1, 2}) == told.grid.key_sums[2]);
  CHECK(view::sum_at(told, {2, -1}) == told.grid.query_sums[2]);
  CHECK(std::abs(view::sum_at(told, view::largest_cell(told))) == told.largest);
}

TEST_CASE("a click on a head or a token shows its score, a click with the cut tool cuts a wire") {
  Screen screen;
  Explorer explorer = explorers::of({}, "1 2 3 1");
  std::set<std::string> heads;
  for (float x = 10; x < 300; x += 12)
    for (const float y : {16.0f, 44.0f}) {
      click(screen, "scores", explorer, x, y);
      heads.insert(engine::name(explorer.head()));
    }
  CHECK(heads.size() == 6);
  explorer.set_head({1, 0});
  screen.draw("scores", explorer, 1280);
  click(screen, "scores", explorer, 20, 82);
  CHECK(explorer.chosen_source() == 0);
  CHECK(explorer.position() == 3);
  click(screen, "scores", explorer, 20, 82);  // again: let go
  CHECK_FALSE(explorer.chosen_source());
  explorer.set_cut_tool(true);
  std::set<std::string> cuts;
  for (float x = 30; x < 560; x += 11)
    for (float y = 260; y < 500; y += 11) {
      click(screen, "scores", explorer, x, y);
      for (const std::string& cut : explorer.cuts()) cuts.insert(cut);
      explorer.set_cuts({});
    }
  CHECK(cuts.count("L0H2>L1H0:K") == 1);
  CHECK(cuts.count("L0H1>L1H0:Q") == 1);
  for (const std::string& cut : cuts) CHECK(cut.find(">L1H0:") != cut.npos);
}

TEST_CASE("the arrow keys go through sources and heads") {
  Screen screen;
  screen.focused = true;
  Explorer explorer = explorers::of({}, "1 2 3 1");
  const auto type = [&](ImGuiKey key) {
    for (const bool down : {true, false}) {
      screen.key(key, down);
      screen.draw("scores", explorer, 1000);
    }
  };
  explorer.set_source(1);
  screen.draw("scores", explorer, 1000);
  type(ImGuiKey_RightArrow);
  CHECK(explorer.source() == 2);
  for (int i = 0; i < 5; ++i) type(ImGuiKey_LeftArrow);
  CHECK(explorer.source() == 0);
  type(ImGuiKey_UpArrow);
  CHECK(explorer.head() == engine::HeadId{0, 2});
  type(ImGuiKey_DownArrow);
  CHECK(explorer.head() == engine::HeadId{1, 0});
}
