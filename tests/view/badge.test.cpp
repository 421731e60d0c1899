#include "view/badge.h"

#include <catch2/catch.hpp>

#include "view/explorers.h"
#include "view/screen.h"
#include "view/words.h"

namespace {

std::string badge(explorer::Explorer& explorer, float width) {
  Screen screen;
  std::string text;
  screen.draw_part(explorer, 1000, [&](view::Sheet& sheet) {
    const view::Badge badge(sheet.scene(), width);
    for (const std::string& line : badge.lines()) text += line + "\n";
  });
  return text;
}

}  // namespace

TEST_CASE("a sum that closes is named once, with its error and the largest one") {
  explorer::Explorer explorer = explorers::of({}, explorers::counted(9));
  const engine::Expansion& expansion = explorer.expansion();
  REQUIRE(view::closes(expansion));
  const std::string n = std::to_string(expansion.terms.size());
  const std::string sum = view::unsigned_number(expansion.logit, 4);
  const std::string off = view::tiny(expansion.sum - expansion.logit);
  const std::string worst = view::tiny(expansion.max_abs_error);
  const std::string vocabulary = view::grouped(explorer.config().d_vocab);
  const std::string first = n + " terms sum to " + sum + ", off by " + off;
  const std::string second = "worst of " + vocabulary + " tokens " + worst;
  CHECK(badge(explorer, 900) == first + "; " + second + "\n");
  CHECK(badge(explorer, 330) == first + "\n" + second + "\n");
  const std::string narrow = badge(explorer, 200);
  CHECK(narrow.find(off) != narrow.npos);
  CHECK(narrow.find(worst) != narrow.npos);
}
