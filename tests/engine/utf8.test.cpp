// Ill-formed sequences and what browsers make of them: the WHATWG encoding standard's "utf-8
// decode", as in the Unicode standard's table 3-8 ("U+FFFD substitution of maximal subparts").
#include "engine/utf8.h"

#include <catch2/catch.hpp>

#include "engine/random.h"

using engine::code_points;
using engine::is_well_formed;
using engine::well_formed;

namespace {

const std::string replaced = "\xEF\xBF\xBD";

std::string random_bytes(engine::Random& random, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += char(random.below(256));
  return bytes;
}

}  // namespace

TEST_CASE("every code point survives the way into UTF-8 and back") {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    engine::append_utf8(text, c);
    REQUIRE(is_well_formed(text));
    REQUIRE(code_points(text) == std::u32string{c});
  }
}

TEST_CASE("what is made well-formed is well-formed, and well-formed text stays as it is") {
  engine::Random random(1);
  for (int i = 0; i < 2000; ++i) {
    const std::string bytes = random_bytes(random, random.below(40));
    const std::string text = well_formed(bytes);
    REQUIRE(is_well_formed(text));
    REQUIRE(well_formed(text) == text);
    REQUIRE(is_well_formed(bytes) == (text == bytes));
    REQUIRE(engine::to_utf8(code_points(text)) == text);
  }
}

TEST_CASE("each part that could have begun a character is replaced once") {
  const auto r = [](int n) {
    std::string text;
    for (int i = 0; i < n; ++i) text += replaced;
    return text;
  };
  CHECK(well_formed("a\x80z") == "a" + r(1) + "z");  // a lone continuation
  CHECK(well_formed("\xC0\xAF") == r(2));            // overlong: no lead byte
  CHECK(well_formed("\xE0\x80\xAF") == r(3));        // overlong in three
  CHECK(well_formed("\xED\xA0\x80") == r(3));        // a surrogate
  CHECK(well_formed("\xF4\x90\x80\x80") == r(4));    // beyond U+10FFFF
  CHECK(well_formed("\xF5\x80") == r(2));            // never a lead byte
  CHECK(well_formed("\xE4\xB8") == r(1));            // broken off at the end
  CHECK(well_formed("\xF0\x9F\xA4") == r(1));        // three of four bytes
  CHECK(well_formed("\xF0\x9F\x41") == r(1) + "A");  // broken off by a letter
  CHECK(well_formed("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41") == r(4) + "A");  // table 3-11
  CHECK(well_formed("\xEF\xBB\xBFx") == "\xEF\xBB\xBFx");                // a byte order mark stays
  CHECK(well_formed(std::string("a\0b", 3)) == std::string("a\0b", 3));  // and NUL
}

TEST_CASE("code points are named as Unicode names them") {
  CHECK(engine::code_point_name(0) == "U+0000");
  CHECK(engine::code_point_name(0x301) == "U+0301");
  CHECK(engine::code_point_name(0x1F917) == "U+1F917");
}
