#include "view/scatter_plot.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "view/explorers.h"
#include "view/screen.h"

TEST_CASE("every dot of a scatter plot can be pointed at, the likely ones right and above") {
  const std::vector<view::ScatterDot> dots{
      {0, 0}, {std::log(0.1f), std::log(0.001f)}, {std::log(0.001f), std::log(0.2f)}, {-80, -80}};
  Screen screen;
  explorer::Explorer explorer = explorers::of({}, "1");
  std::vector<float> x(dots.size(), -1), y(dots.size(), -1);
  for (float at_x = 0; at_x < 300; at_x += 6)
    for (float at_y = 0; at_y < 300; at_y += 6) {
      screen.point(at_x, at_y);
      screen.draw_part(explorer, 300, [&](view::Sheet& sheet) {
        const view::ScatterPlot plot(sheet.scene(), {0, 0, 300, 300}, dots, nullptr);
        const int dot = plot.pointed();
        plot.draw("x", "y");
        if (dot < 0) return;
        plot.mark(dot);
        x[std::size_t(dot)] = at_x;
        y[std::size_t(dot)] = at_y;
      });
      CHECK(screen.leftmost >= -1);
      CHECK(screen.rightmost <= 301);
      CHECK(screen.lowest <= 301);
    }
  for (const float at : x) CHECK(at >= 0);
  CHECK(x[0] > x[1]);
  CHECK(x[1] > x[2]);
  CHECK(x[2] > x[3]);
  CHECK(y[0] < y[2]);
  CHECK(y[2] < y[1]);
  CHECK(y[1] < y[3]);
}

TEST_CASE("what lies behind a scatter plot stays in its square and stretches its axes") {
  const std::vector<view::ScatterDot> dots{{std::log(0.1f), std::log(0.1f)}};
  engine::PairDensity behind;
  for (const float probability : {1.0f, 0.5f, 0.01f, 1e-7f, 1e-12f})
    for (int pairs = 0; pairs < 20; ++pairs) behind.add(std::log(probability), std::log(0.003f));
  Screen screen;
  explorer::Explorer explorer = explorers::of({}, "1");
  const auto place_of_dot = [&](const engine::PairDensity* density) {
    float found = -1;
    for (float at = 0; at < 300; at += 2) {
      screen.point(at, 300 - at);
      screen.draw_part(explorer, 300, [&](view::Sheet& sheet) {
        const view::ScatterPlot plot(sheet.scene(), {0, 0, 300, 300}, dots, density);
        plot.draw("x", "y");
        if (plot.pointed() == 0 && found < 0) found = at;
      });
      CHECK(screen.leftmost >= -1);
      CHECK(screen.rightmost <= 301);
      CHECK(screen.lowest <= 301);
    }
    return found;
  };
  const float alone = place_of_dot(nullptr);
  CHECK(alone > 0);
  CHECK(place_of_dot(&behind) > alone + 20);  // nine decades to the left of it, not three
}
