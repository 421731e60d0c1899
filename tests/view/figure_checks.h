// What every figure is asked in its tests.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "view/screen.h"

// Draws the figure until its long work is done.
inline void work_off(Screen& screen, const char* figure, explorer::Explorer& explorer) {
  screen.draw(figure, explorer, 800);
  for (std::string work; !(work = explorer.take_asked_work()).empty();) {
    explorer.step_work(work);
    screen.draw(figure, explorer, 800);
  }
}

// The same of a figure that shows nothing but its progress until then.
inline void work_out(Screen& screen, const char* figure, explorer::Explorer& explorer) {
  CHECK(screen.draw(figure, explorer, 800) < 120);
  work_off(screen, figure, explorer);
}

// A page that is being laid out may be of any width for a moment.
inline void check_narrow(Screen& screen, const char* figure, explorer::Explorer& explorer) {
  for (const float width : {1.0f, 2.0f, 5.0f, 12.0f, 25.0f, 50.0f, 80.0f, 120.0f, 160.0f, 240.0f}) {
    INFO(figure << ", " << width);
    const float height = screen.draw(figure, explorer, width);
    CHECK(height > 0);
    CHECK(height < 1e6f);
  }
}

// Stays inside its width and its wanted height, which is more than `least`; narrower it is drawn.
inline void check_widths(Screen& screen, const char* figure, explorer::Explorer& explorer,
                         float least = 200) {
  check_narrow(screen, figure, explorer);
  for (const float width : {320.0f, 360.0f, 640.0f, 1280.0f, 2560.0f}) {
    INFO(figure << ", " << width);
    const float height = screen.draw(figure, explorer, width);
    CHECK(height > least);
    CHECK(screen.leftmost >= -1);
    CHECK(screen.rightmost <= width + 1);
    CHECK(screen.lowest <= height + 1);
  }
}

// Presses the key and lets it go, while the figure has the keys.
inline void press(Screen& screen, const char* figure, explorer::Explorer& explorer, ImGuiKey key) {
  screen.focused = true;
  for (const bool down : {true, false}) {
    screen.key(key, down);
    screen.draw(figure, explorer, 640);
  }
  screen.focused = false;
}

// Presses and lets go, in a figure 1280 wide.
inline void click(Screen& screen, const char* figure, explorer::Explorer& explorer, float x,
                  float y) {
  for (const bool down : {true, false}) {
    screen.point(x, y);
    screen.press(down);
    screen.draw(figure, explorer, 1280);
  }
}
