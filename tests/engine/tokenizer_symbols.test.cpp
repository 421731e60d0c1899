// Models without a tokenizer.json: a list of symbols, or plain ids.
#include "engine/tokenizer.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "engine/error.h"
#include "engine/random.h"

using Catch::Matchers::Contains;
using engine::Error;
using engine::Tokenizer;
using Ids = std::vector<int>;

TEST_CASE("a model of symbols reads a text one symbol at a time") {
  const std::vector<std::string> symbols = {
      "a", "b", "e\u0301", "\r", "\n", "\U0001F469", "\U0001F469\u200D\U0001F467", "\u4e2d"};
  const Tokenizer tokenizer = Tokenizer::from_symbols(symbols);
  CHECK(tokenizer.kind() == Tokenizer::Kind::symbols);
  CHECK(tokenizer.size() == 8);
  CHECK(tokenizer.encode("ab\u4e2de\u0301a") == Ids{0, 1, 7, 2, 0});
  CHECK(tokenizer.encode("\r\n") == Ids{3, 4});  // one grapheme of two symbols
  CHECK(tokenizer.encode("\U0001F469\u200D\U0001F467\U0001F469") == Ids{6, 5});
  CHECK(tokenizer.encode("").empty());
  CHECK(tokenizer.bytes(2) == "e\u0301");
  CHECK(tokenizer.find("\u4e2d") == 7);
  CHECK_FALSE(tokenizer.normalises());

  engine::Random random(3);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (int k = 0; k < 10; ++k) text += symbols[random.below(8)];
    const Ids ids = tokenizer.encode(text);
    REQUIRE(tokenizer.decode(ids) == text);
  }
}

TEST_CASE("an unknown symbol is named, with its place") {
  const Tokenizer tokenizer = Tokenizer::from_symbols({"a", "b", "e"});
  CHECK_THROWS_AS(tokenizer.encode("abc"), Error);
  CHECK_THROWS_WITH(tokenizer.encode("abc"),
                    "position 2: expected one of the model's 3 symbols, found \"c\" (U+0063)");
  CHECK_THROWS_WITH(tokenizer.encode("abe\u0301"), Contains("\"e\u0301\" (U+0065 U+0301)"));
  CHECK_THROWS_WITH(tokenizer.encode("a\n"), Contains("position 1") && Contains("found U+000A"));
  CHECK_THROWS_WITH(tokenizer.encode("a\xFF"), Contains("U+FFFD"));
  std::string marks = "x";
  for (int i = 0; i < 100000; ++i) marks += "\u0301";
  CHECK_THROWS_WITH(tokenizer.encode(marks), Contains("position 0"));
}

TEST_CASE("symbols are single characters, each once") {
  CHECK_THROWS_WITH(Tokenizer::from_symbols({"a", "bc"}), Contains("found \"bc\" at 1"));
  CHECK_THROWS_WITH(Tokenizer::from_symbols({"a", ""}), Contains("found \"\" at 1"));
  CHECK_THROWS_WITH(Tokenizer::from_symbols({"a", "b", "a"}), Contains("found \"a\" again at 2"));
  CHECK_THROWS_AS(Tokenizer::from_symbols({"\xFF"}), Error);
}

TEST_CASE("ids are decimal numbers between blanks or commas") {
  const Tokenizer tokenizer = Tokenizer::of_ids(100);
  CHECK(tokenizer.kind() == Tokenizer::Kind::ids);
  CHECK(tokenizer.size() == 0);
  CHECK(tokenizer.encode("").empty());
  CHECK(tokenizer.encode(" \n").empty());
  CHECK(tokenizer.encode("1,22, 3 ,\t4\n99 007") == Ids{1, 22, 3, 4, 99, 7});
  CHECK(tokenizer.decode({17, 4}) == "#17 #4");
  CHECK(tokenizer.bytes(17) == "#17");
  CHECK_FALSE(tokenizer.find("17"));
  Ids all(100);
  std::iota(all.begin(), all.end(), 0);
  CHECK(tokenizer.encode(tokenizer.decode(all)) == all);
}

TEST_CASE("what is no list of ids is refused, naming the place") {
  const Tokenizer tokenizer = Tokenizer::of_ids(100);
  const std::pair<const char*, const char*> cases[] = {
      {"1 x", "position 1: expected a token id (a decimal number), found \"x\""},
      {"1,,2", "position 1: expected a token id beside the comma, found none"},
      {",1", "position 0: expected a token id beside the comma"},
      {"1,", "position 1: expected a token id beside the comma"},
      {"1 , , 2", "position 1: expected a token id beside the comma"},
      {"-1", "position 0: expected a token id (a decimal number), found \"-1\""},
      {"+1", "found \"+1\""},
      {"1.5", "found \"1.5\""},
      {"0x1", "found \"0x1\""},
      {"12a", "found \"12a\""},
      {"#", "found \"#\""},
      {"##1", "found \"##1\""},
      {"\u0663", "expected a token id (a decimal number)"},
      {"\xFF", "expected a token id (a decimal number)"},
      {"1;2", "found \"1;2\""},
      {"100", "position 0: expected a token id from 0 to 99, found \"100\""},
      {"5 4294967297", "position 1: expected a token id from 0 to 99, found \"4294967297\""},
      {"99999999999999999999999", "expected a token id from 0 to 99"}};
  for (const auto& [text, words] : cases) {
    CAPTURE(text);
    CHECK_THROWS_AS(tokenizer.encode(text), Error);
    CHECK_THROWS_WITH(tokenizer.encode(text), Contains(words));
  }
}
