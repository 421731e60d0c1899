#include "view/tokens.h"

#include <catch2/catch.hpp>
#include <set>

#include "view/explorers.h"
#include "view/screen.h"
#include "view/term_marks.h"
#include "view/words.h"

namespace {

// The tokens that can be pointed at in a row of this width.
std::set<int> shown(explorer::Explorer& explorer, float width, const std::vector<int>& sources) {
  Screen screen;
  std::set<int> tokens;
  float height = 400;
  for (float y = 2; y < height; y += 10)
    for (float x = 2; x < width; x += 10) {
      screen.point(x, y);
      screen.draw_part(explorer, width, [&](view::Sheet& sheet) {
        view::TokenRow row(sheet.scene(), width, explorer.position(), sources);
        height = row.height();
        if (row.pointed({0, 0}) >= 0) tokens.insert(row.pointed({0, 0}));
        row.draw({0, 0}, {});
      });
    }
  return tokens;
}

explorer::Explorer long_text() {
  engine::Shape shape;
  shape.n_ctx = 120;
  return explorers::of(shape, explorers::counted(120));
}

}  // namespace

TEST_CASE("a long row shows the position's line and those of the strongest sources") {
  explorer::Explorer explorer = long_text();
  const std::set<int> last = shown(explorer, 330, {});
  CHECK(last.count(119) == 1);
  CHECK(last.count(60) == 0);
  CHECK(last.size() < 80);
  const std::set<int> with_sources = shown(explorer, 330, {60, 2, 61});
  for (const int token : {119, 60, 2, 61}) CHECK(with_sources.count(token) == 1);
  CHECK(with_sources.size() < 80);
}

TEST_CASE("a row that is short enough shows all of its tokens") {
  explorer::Explorer explorer = explorers::of({}, explorers::counted(11));
  CHECK(shown(explorer, 330, {}).size() == 11);
}

TEST_CASE("the token under the pointer is told with what all terms have through it") {
  explorer::Explorer explorer = explorers::of({}, explorers::counted(9));
  Screen screen;
  screen.draw_part(explorer, 900, [&](view::Sheet& sheet) {
    view::Scene& scene = sheet.scene();
    float all = 0;
    for (const engine::Term& term : explorer.expansion().terms)
      if (term.sources.size()) all += term.sources[3];
    scene.pointed_token = 3;
    const view::TokenMarks marks = view::term_marks(scene);
    CHECK(marks.sentence.find(view::signed_number(all)) != std::string::npos);
    REQUIRE(marks.arcs.size() == 1);
    CHECK(marks.arcs[0].from == 3);
  });
}
