#include "view/drawable.h"

#include <catch2/catch.hpp>

TEST_CASE("what the fonts lack goes through the platform's mapping, plain Latin does not") {
  view::set_drawable([](std::string_view) { return std::string("mapped"); });
  CHECK(view::drawable("·Qu") == "·Qu");
  CHECK(view::drawable("猫") == "mapped");
  view::set_drawable(nullptr);
  CHECK(view::drawable("猫") == "猫");
}
