// The `bigrams` figure without a screen.
#include <catch2/catch.hpp>

#include "view/explorers.h"
#include "view/figure_checks.h"

using explorer::Explorer;

TEST_CASE("the bigrams figure stands with counts and without, for any model") {
  Screen screen;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    Explorer explorer = explorers::of(shape, "0 1 2 3");
    check_widths(screen, "bigrams", explorer);
    CHECK(explorer.take_asked_work().empty());
    explorer.set_bigram_counts(explorers::bigram_counts());
    for (const int position : {0, 3}) {  // counted, and not
      explorer.set_position(position);
      work_off(screen, "bigrams", explorer);
      check_widths(screen, "bigrams", explorer);
    }
    CHECK(explorer.find_work<engine::BigramCorrelation>(explorer::bigrams_work)->result().pairs() ==
          6);
  }
}

TEST_CASE(
    "where no pair of the token was counted, those of all tokens still lie behind the square") {
  Screen screen;
  Explorer explorer = explorers::of({}, "0 1 2 3");
  explorer.set_position(3);
  const float without = screen.draw("bigrams", explorer, 360);
  explorer.set_bigram_counts(explorers::bigram_counts());
  const float comparing = screen.draw("bigrams", explorer, 360);
  work_off(screen, "bigrams", explorer);
  CHECK(comparing < without + 100);
  CHECK(screen.draw("bigrams", explorer, 360) > comparing + 250);  // the square
}

TEST_CASE("the bigrams figure has a sentence for an empty text, and asks for no run") {
  Screen screen;
  Explorer explorer = explorers::of({}, "");
  CHECK(screen.draw("bigrams", explorer, 800) < 120);
}

TEST_CASE("a click on a token of the text shows what comes after it, as the arrow keys do") {
  Screen screen;
  Explorer explorer = explorers::of({}, "0 1 2 3");
  click(screen, "bigrams", explorer, 20, 20);
  CHECK(explorer.position() == 0);
  screen.focused = true;
  for (const bool down : {true, false}) {
    screen.key(ImGuiKey_RightArrow, down);
    screen.draw("bigrams", explorer, 1280);
  }
  CHECK(explorer.position() == 1);
}
