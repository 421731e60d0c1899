#include "view/token_text.h"

#include <catch2/catch.hpp>

#include "engine/small_tokenizer.h"

using engine::Tokenizer;
using view::token_text;
using view::token_texts;

namespace {

// A token for each byte, its id the byte.
Tokenizer bytes() {
  return Tokenizer::from_json(small_tokenizer::file().dump());
}

}  // namespace

TEST_CASE("blanks and control characters are shown as signs") {
  CHECK(view::visible("a b\n\t\r") == "a·b⏎⇥␍");
  CHECK(view::visible("\x07") == "U+0007");
  CHECK(view::visible("\u200b\ufeff\u00a0") == "U+200BU+FEFF⍽");
  CHECK(view::visible("é猫👩‍🚀") == "é猫👩‍🚀");  // a joiner inside an emoji stays
  const std::string wales = "🏴\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F";
  CHECK(view::visible(wales) == wales);
  CHECK(view::visible("a\U000E0067") == "aU+E0067");
}

TEST_CASE("a token that is no whole character is shown as its bytes in hex") {
  const Tokenizer tokenizer = bytes();
  CHECK(token_text(tokenizer, 'a').label == "a");
  CHECK_FALSE(token_text(tokenizer, 'a').bytes);
  CHECK(token_text(tokenizer, 0xE5).label == "E5");
  CHECK(token_text(tokenizer, 0xE5).bytes);
}

TEST_CASE("bytes that make up a character are marked as one run, whatever stands around them") {
  const Tokenizer tokenizer = bytes();
  const std::vector<int> ids = tokenizer.encode("a猫é👍b");
  const auto texts = token_texts(tokenizer, ids);
  REQUIRE(texts.size() == 1 + 3 + 2 + 4 + 1);
  CHECK(texts[1].run == 3);
  CHECK(texts[1].character == "猫");
  CHECK(texts[4].run == 2);
  CHECK(texts[4].character == "é");
  CHECK(texts[6].run == 4);
  CHECK(texts[6].character == "👍");
  int in_runs = 0;
  for (const view::TokenText& text : texts) in_runs += text.run;
  CHECK(in_runs == 9);
}

TEST_CASE("bytes that make up nothing are in no run, and spoil none after them") {
  const Tokenizer tokenizer = bytes();
  const auto texts = token_texts(tokenizer, {0xE7, 'a', 0xC3, 0xA9});
  CHECK(texts[0].run == 0);
  CHECK(texts[2].run == 2);
  CHECK(texts[2].character == "é");
}

TEST_CASE("tokens that share a grapheme are one run: joined emoji, flags, marks") {
  const Tokenizer tokenizer = bytes();
  for (const std::string one :
       {"👩‍👩‍👧", "🇨🇭", "👍🏽", "e\u0301", "✈️", "각"}) {
    INFO(one);
    const auto texts = token_texts(tokenizer, tokenizer.encode("a" + one + "b"));
    REQUIRE(texts.size() == 2 + one.size());
    CHECK(texts[1].run == int(one.size()));
    CHECK(texts[1].character == one);
    for (std::size_t i = 2; i < texts.size(); ++i) CHECK(texts[i].run == 0);
  }
  // Two flags are two runs, though each is two letters that are alike.
  const auto flags = token_texts(tokenizer, tokenizer.encode("🇨🇭🇨🇭"));
  CHECK(flags[0].character == "🇨🇭");
  CHECK(flags[8].character == "🇨🇭");
  const auto line_end = token_texts(tokenizer, {'\r', '\n'});
  CHECK(line_end[0].run == 0);
}

TEST_CASE("bytes that are no character end a run without taking others along") {
  const Tokenizer tokenizer = bytes();
  const auto texts = token_texts(tokenizer, {'e', 0xCC, 0x81, 0xFF, 0xCC, 0x81, 'b', 0xE2, 0x80});
  CHECK(texts[0].run == 3);
  CHECK(texts[3].run == 0);
  CHECK(texts[4].run == 2);  // a mark with nothing to stand on
  CHECK(texts[7].run == 0);
  CHECK(texts[8].run == 0);
}
