#include "view/drawable.h"

#include <catch2/catch.hpp>

TEST_CASE("what the fonts lack goes through the platform's mappings, plain Latin does not") {
  view::set_drawable([](std::string_view) { return std::string("mapped"); },
                     [](std::string_view) { return std::string("as it was"); });
  CHECK(view::drawable("·Qu") == "·Qu");
  CHECK(view::drawable("猫") == "mapped");
  CHECK(view::written("·Qu") == "·Qu");
  CHECK(view::written("\ue000") == "as it was");
  view::set_drawable(nullptr, nullptr);
  CHECK(view::drawable("猫") == "猫");
  CHECK(view::written("猫") == "猫");
}
