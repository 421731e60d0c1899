// tests/goldens/tokenizer/characters.json says how the Rust tokenizers see every code point
// (tests/oracle/tokenizer_goldens.py has its version).
#include "engine/unicode.h"

#include <catch2/catch.hpp>
#include <functional>
#include <vector>

#include "engine/json.h"
#include "engine/random.h"
#include "engine/utf8.h"
#include "files.h"

using engine::graphemes;
using engine::Json;
using engine::nfc;

namespace {

const Json& golden() {
  static const Json json =
      engine::parse_json(read_file("tests/goldens/tokenizer/characters.json"), "characters.json");
  return json;
}

// The code points that `is_member` and the golden's ranges disagree about; a few, for the message.
std::vector<std::string> disagreements(const std::string& name,
                                       const std::function<bool(char32_t)>& is_member) {
  std::vector<bool> expected(0x110000);
  const Json& ranges = golden().at(name);
  for (std::size_t i = 0; i < ranges.size(); i += 2)
    for (auto c = ranges[i].get<std::size_t>(); c <= ranges[i + 1].get<std::size_t>(); ++c)
      expected[c] = true;
  std::vector<std::string> result;
  for (char32_t c = 0; c < 0x110000 && result.size() < 10; ++c)
    if ((c < 0xD800 || c > 0xDFFF) && is_member(c) != expected[c])
      result.push_back(engine::code_point_name(c));
  return result;
}

const std::vector<std::string> no_disagreement;

}  // namespace

TEST_CASE("every code point has the categories that the Rust tokenizers' patterns give it") {
  for (const char* name : {"L", "N", "M", "P", "S", "Lu", "Ll", "Lt", "Lm", "Lo", "Nd"}) {
    CAPTURE(name);
    const auto category = engine::category(name);
    REQUIRE(category);
    CHECK(disagreements(name, [&](char32_t c) { return engine::classes_of(c) & *category; }) ==
          no_disagreement);
  }
  CHECK(disagreements("White_Space", [](char32_t c) {
          return engine::classes_of(c) & engine::white_space;
        }) == no_disagreement);
}

TEST_CASE("every code point is a blank, a word character or a number where Rust says so") {
  CHECK(disagreements("is_space", engine::is_space) == no_disagreement);
  CHECK(disagreements("is_word", engine::is_word) == no_disagreement);
  CHECK(disagreements("is_numeric", engine::is_numeric) == no_disagreement);
}

TEST_CASE("categories have the names of Unicode, and no others") {
  for (const char* name : {"", "l", "LU", "Lx", "X", "Letter", "L&"}) {
    CAPTURE(name);
    CHECK_FALSE(engine::category(name));
  }
}

TEST_CASE("NFC composes, puts marks in order, and is settled after once") {
  CHECK(nfc("e\u0301") == "\u00e9");
  CHECK(nfc("\u212b") == "\u00c5");               // angstrom sign
  CHECK(nfc("\u1100\u1161\u11a8") == "\uac01");   // Hangul
  CHECK(nfc("a\u0301\u0316") == "\u00e1\u0316");  // order of classes 230 and 220
  CHECK(nfc("\u0958") == "\u0915\u093c");         // excluded from composition
  CHECK(nfc("") == "");
  CHECK(nfc("plain") == "plain");
  CHECK(nfc(std::string("a\0e\u0301", 5)) == std::string("a\0\u00e9", 4));
  engine::Random random(2);
  for (int i = 0; i < 500; ++i) {
    std::u32string characters;
    for (int k = 0; k < 12; ++k) characters += char32_t(0x300 + random.below(0x70));
    characters.insert(characters.begin() + random.below(12), U'o');
    const std::string once = nfc(engine::to_utf8(characters));
    REQUIRE(nfc(once) == once);
  }
}

TEST_CASE("marks that the Rust tokenizers' NFC does not know stay where they are") {
  // U+0C3C is of Unicode 14, with combining class 7: Unicode itself would put it first.
  CHECK(nfc("a\u0316\u0c3c") == "a\u0316\u0c3c");
  CHECK(nfc("a\u0c3c\u0301") == "a\u0c3c\u0301");  // and it keeps the accent from the letter
  CHECK(nfc("e\u0301\u0c3ce\u0301") == "\u00e9\u0c3c\u00e9");
}

TEST_CASE("a long run of marks is normalised in no more than linear time, or nearly") {
  std::string text = "a";
  for (int i = 0; i < 200000; ++i) text += "\u0301\u0316";
  const std::string normal = nfc(text);  // quadratic: minutes
  CHECK(normal.substr(0, 4) == "\u00e1\u0316");
  CHECK(normal.size() == text.size() - 1);
}

TEST_CASE("graphemes are what a reader takes for one character, and together are the text") {
  const auto parts = [](const std::string& text) {
    std::vector<std::string> result;
    for (const auto part : graphemes(text)) result.emplace_back(part);
    return result;
  };
  using Parts = std::vector<std::string>;
  CHECK(parts("") == Parts{});
  CHECK(parts("abc") == Parts{"a", "b", "c"});
  CHECK(parts("e\u0301x") == Parts{"e\u0301", "x"});
  CHECK(parts("\r\n\n") == Parts{"\r\n", "\n"});
  CHECK(parts("\U0001F469\u200D\U0001F467!") == Parts{"\U0001F469\u200D\U0001F467", "!"});
  CHECK(parts("\U0001F1EC\U0001F1E7\U0001F1E8\U0001F1F3") ==
        Parts{"\U0001F1EC\U0001F1E7", "\U0001F1E8\U0001F1F3"});
  engine::Random random(3);
  for (int i = 0; i < 300; ++i) {
    std::u32string characters;
    for (int k = 0; k < 20; ++k) characters += char32_t(random.below(0xD800));
    const std::string text = engine::to_utf8(characters);
    std::string joined;
    for (const std::string& part : parts(text)) {
      REQUIRE_FALSE(part.empty());
      joined += part;
    }
    REQUIRE(joined == text);
  }
}
