// The `skip-trigrams` figure without a screen.
#include "explorer/skip_trigrams.h"

#include <catch2/catch.hpp>
#include <set>

#include "view/explorers.h"
#include "view/figure_checks.h"

using explorer::Explorer;

TEST_CASE("the skip-trigrams figure stands for every kind of model, with a text and without") {
  Screen screen;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    for (const char* text : {"", "1 2 3 1"}) {
      Explorer explorer = explorers::of(shape, text);
      if (shape.n_layers == 0) {
        CHECK(screen.draw("skip-trigrams", explorer, 800) < 120);
        continue;
      }
      work_off(screen, "skip-trigrams", explorer);
      check_widths(screen, "skip-trigrams", explorer);
      explorer.set_bigram_counts(explorers::bigram_counts());
      explorer.set_source_token(5);
      check_widths(screen, "skip-trigrams", explorer);
      CHECK(explorer.take_asked_work().empty());
    }
  }
}

TEST_CASE("a click on an entry or a token of the text shows that source") {
  Screen screen;
  Explorer explorer = explorers::of({}, "7 8 9");
  explorer.set_head({0, 1});
  work_off(screen, "skip-trigrams", explorer);
  click(screen, "skip-trigrams", explorer, 20, 84);
  CHECK(explorer.source_token() == 7);
  CHECK(explorer.position() == 2);
  std::set<int> shown, entries;
  for (float y = 190; y < 800; y += 14) {
    click(screen, "skip-trigrams", explorer, 60, y);
    shown.insert(*explorer.source_token());
  }
  for (const auto& entry : explorer::found_skip_trigrams(explorer)->result())
    entries.insert(entry.source);
  REQUIRE(entries.size() > 3);
  for (const int source : entries) CHECK(shown.count(source) == 1);
}

TEST_CASE("the arrow keys go through entries and heads, and another head is searched") {
  Screen screen;
  screen.focused = true;
  Explorer explorer = explorers::of({}, "");
  explorer.set_head({0, 1});
  work_off(screen, "skip-trigrams", explorer);
  const auto entries = explorer::found_skip_trigrams(explorer)->result();
  const auto type = [&](ImGuiKey key) {
    for (const bool down : {true, false}) {
      screen.key(key, down);
      screen.draw("skip-trigrams", explorer, 1000);
    }
  };
  type(ImGuiKey_RightArrow);
  CHECK(explorer.source_token() == entries[1].source);
  type(ImGuiKey_LeftArrow);
  CHECK(explorer.source_token() == entries[0].source);
  type(ImGuiKey_DownArrow);
  CHECK(explorer.head() == engine::HeadId{0, 2});
  CHECK(explorer.take_asked_work() == "skip-trigrams L0H2");
}
