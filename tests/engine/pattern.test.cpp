// Regular expressions as Oniguruma reads them (the Rust tokenizers use it); whole tokenizers that
// split by them are held to goldens in tokenizer_goldens.test.cpp.
#include "engine/pattern.h"

#include <catch2/catch.hpp>
#include <string>

#include "engine/random.h"
#include "engine/utf8.h"

using engine::Pattern;

namespace {

Pattern pattern_of(const std::string& expression) {
  std::string not_done;
  const auto pattern = Pattern::parse(expression, not_done);
  INFO(expression << ": " << not_done);
  REQUIRE(pattern);
  return *pattern;
}

// The part of the text that the expression fits at its start, or "none".
std::string front(const std::string& expression, const std::string& text) {
  const std::u32string characters = engine::code_points(text);
  const auto end = pattern_of(expression).match(characters, 0);
  return end ? engine::to_utf8(characters.substr(0, *end)) : "none";
}

std::string reason(const std::string& expression) {
  std::string not_done;
  return Pattern::parse(expression, not_done) ? "done" : not_done;
}

}  // namespace

TEST_CASE("a literal fits itself and nothing else") {
  const Pattern pattern = Pattern::literal(U"a.*");
  CHECK(pattern.match(U"xa.*a", 1) == 4u);
  CHECK_FALSE(pattern.match(U"xa.*a", 0));
  CHECK_FALSE(pattern.match(U"abb", 0));
  CHECK_FALSE(pattern.match(U"a.", 0));
}

TEST_CASE("the first alternative that fits wins, not the longest") {
  CHECK(front("a|ab", "ab") == "a");
  CHECK(front("ab|a", "ab") == "ab");
  CHECK(front("(?:a|ab)c", "abc") == "abc");  // unless what follows asks for another
  CHECK(front("x|y|z", "z") == "z");
  CHECK(front("x|y|z", "w") == "none");
  CHECK(front("(a|b)(c|d)", "bd") == "bd");
}

TEST_CASE("repetition takes what it can and gives back what it must") {
  CHECK(front("a+", "aaab") == "aaa");
  CHECK(front("a*b", "aaab") == "aaab");
  CHECK(front("a*b", "b") == "b");
  CHECK(front("a+ab", "aaab") == "aaab");
  CHECK(front("a?ab", "ab") == "ab");
  CHECK(front("a{2}", "aaa") == "aa");
  CHECK(front("a{1,2}", "aaa") == "aa");
  CHECK(front("a{2,}", "aaaa") == "aaaa");
  CHECK(front("a{2,}", "a") == "none");
  CHECK(front("(?:ab)?c", "abc") == "abc");
  CHECK(front("(?:ab)?c", "c") == "c");
}

TEST_CASE("possessive repetition gives nothing back") {
  CHECK(front("a++", "aaa") == "aaa");
  CHECK(front("a++a", "aaa") == "none");
  CHECK(front("a?+a", "a") == "none");
  CHECK(front("a*+b", "aab") == "aab");
}

TEST_CASE("look-ahead looks and takes nothing") {
  CHECK(front(R"(\s+(?!\S))", "   x") == "  ");
  CHECK(front(R"(\s+(?!\S))", "   ") == "   ");
  CHECK(front(R"(\s+(?!\S))", " x") == "none");
  CHECK(front("a(?=b)", "ab") == "a");
  CHECK(front("a(?=b)", "ac") == "none");
  CHECK(front("(?!ab|ac)a.", "ad") == "ad");
  CHECK(front("(?!ab|ac)a.", "ac") == "none");
}

TEST_CASE("sets hold categories, ranges, escapes and what they leave out") {
  CHECK(front("[a-cx]+", "abcxd") == "abcx");
  CHECK(front(R"([^\s\p{L}]+)", "12.a") == "12.");
  CHECK(front(R"([\r\n\-\]]+)", "\r\n-]x") == "\r\n-]");
  CHECK(front("[a-]+", "a-b") == "a-");
  CHECK(front("[-a]+", "a-b") == "a-");
  CHECK(front(R"([\S]+)", "ab c") == "ab");
  CHECK(front(R"([\P{L}x]+)", "1x2y") == "1x2");
  CHECK(front(R"(\p{^L}+)", "12a") == "12");
  CHECK(front(R"(\p{Lu}\p{Ll}+)", "Éteint") == "Éteint");
  CHECK(front(R"(\d+\D)", "٣4x") == "٣4x");
  CHECK(front(".+", "ab\nc") == "ab");
}

TEST_CASE("letters in (?i:) fit in either case, and as Unicode folds them") {
  CHECK(front("(?i:'ll|'s)x", "'LLx") == "'LLx");
  CHECK(front("(?i:'s)", "'ſ") == "'ſ");
  CHECK(front("(?i:k)", "\u212a") == "\u212a");
  CHECK(front("(?i:a)b", "AB") == "none");  // only within
}

TEST_CASE("what is not done is named") {
  CHECK(reason("(?<=a)b") == "a group (?<");
  CHECK(reason("(?i)a") == "a group (?i");
  CHECK(reason("^a") == "^");
  CHECK(reason("a$") == "$");
  CHECK(reason(R"(\bx)") == R"(\b)");
  CHECK(reason(R"(\p{Han}+)") == R"(\p{Han})");
  CHECK(reason("(ab)+") == "a group that repeats");
  CHECK(reason("a+?") == "lazy repetition");
  CHECK(reason("a{1,3}+") == "repeated repetition");
  CHECK(reason("[a[b]]") == "'[' or '&&' within brackets");
  CHECK(reason("[a&&b]") == "'[' or '&&' within brackets");
  CHECK(reason("(?i:ss)") == "a pair of letters in (?i:) that has a ligature");
  CHECK(reason("a*") == "a pattern that fits the empty text");
  CHECK(reason("a|") == "a pattern that fits the empty text");
  CHECK(reason("(a") == "'(' without ')'");
  CHECK(reason("a)") == "')' without '('");
  CHECK(reason("[a") == "an expression that breaks off");
  CHECK(reason("\\") == "an expression that breaks off");
  CHECK(reason("*a") == "a repetition of nothing");
  CHECK(reason("|{2}a") == "a repetition of nothing");
  CHECK(reason("a{3,1}") == "a repetition of that form");
  CHECK(reason(std::string(40, '(') + "a" + std::string(40, ')')) ==
        "groups within groups, too deep");
}

TEST_CASE("any expression is either done or named, and what is done can be matched") {
  engine::Random random(5);
  const std::string pieces[] = {
      "a", "b",   "\\s",  "\\S",  "\\p{L}", "[ab]", "[^a]", "(?:", "(?!", "(", ")",  "|", "?", "*",
      "+", "{2}", "{1,}", "(?i:", "^",      "\\d",  ".",    "[",   "]",   "-", "\\", "{", "é"};
  int done = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string expression, not_done;
    for (int k = random.below(9); k >= 0; --k) expression += pieces[random.below(27)];
    const auto pattern = Pattern::parse(expression, not_done);
    CAPTURE(expression, not_done);
    REQUIRE(pattern.has_value() == not_done.empty());
    if (!pattern) continue;
    ++done;
    const std::u32string text = U"ab aabé 1b a";
    for (std::size_t start = 0; start < text.size(); ++start)
      if (const auto end = pattern->match(text, start))
        REQUIRE((*end > start && *end <= text.size()));
  }
  CHECK(done > 1000);
}
