#include "view/words.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <set>
#include <string>
#include <vector>

using engine::HeadId;

namespace {

// The members of Words, which are all strings, in their order.
std::vector<const char*> strings_of(const view::Words& words) {
  static_assert(sizeof(view::Words) % sizeof(const char*) == 0);
  std::vector<const char*> strings(sizeof(view::Words) / sizeof(const char*));
  std::memcpy(strings.data(), &words, sizeof words);
  return strings;
}

// What is filled in: "{0}", "{1}".
std::set<std::string> places_in(const std::string& sentence) {
  std::set<std::string> places;
  for (std::size_t at = sentence.find('{'); at != sentence.npos; at = sentence.find('{', at + 1))
    places.insert(sentence.substr(at, 3));
  return places;
}

// Speaks another language as long as it lives.
struct Speaking {
  explicit Speaking(const char* tag) { view::speak(tag); }
  ~Speaking() { view::speak("en"); }
};

}  // namespace

TEST_CASE("every language has every string, with the same places to fill in") {
  const auto english = strings_of(*view::all_words().front());
  for (const view::Words* words : view::all_words()) {
    REQUIRE(words->tag);
    const auto strings = strings_of(*words);
    for (std::size_t i = 0; i < strings.size(); ++i) {
      REQUIRE(english[i]);
      INFO(words->tag << ", in place of: " << english[i]);
      REQUIRE(strings[i]);
      CHECK(places_in(strings[i]) == places_in(english[i]));
    }
  }
}

TEST_CASE(
    "the language that is spoken says everything; one that there is no table for is English") {
  const Speaking chinese("zh-CN");
  CHECK(view::term_label({{}, false}) == "直接路径");
  CHECK(view::term_label({{HeadId{1, 5}}, true}) == "偏置 → L1H5");
  CHECK(view::cut_label("L0H3") == "头 L0H3");
  CHECK(view::cut_label("L0H3>*:K") == "键：L0H3 → 之后所有头");
  CHECK(view::layers_label(1) == "一层");
  view::speak("fr");
  CHECK(view::layers_label(1) == "one layer");
}

TEST_CASE("terms are named by their heads, in the order in which they are passed") {
  CHECK(view::term_label({{}, false}) == "direct");
  CHECK(view::term_label({{HeadId{0, 3}}, false}) == "L0H3");
  CHECK(view::term_label({{HeadId{0, 3}, HeadId{1, 5}}, false}) == "L0H3 → L1H5");
  CHECK(view::term_label({{}, true}) == "bias");
  CHECK(view::term_label({{HeadId{1, 5}}, true}) == "bias → L1H5");
}

TEST_CASE("cuts are named by what they cut") {
  CHECK(view::cut_label("L0H3") == "head L0H3");
  CHECK(view::cut_label("path:L0H3") == "path L0H3");
  CHECK(view::cut_label("path:L0H3-L1H5") == "path L0H3 → L1H5");
  CHECK(view::cut_label("path:direct") == "path direct");
  CHECK(view::cut_label("*") == "all heads");
  CHECK(view::cut_label("L0*") == "all heads of L0");
  CHECK(view::cut_label("L0H3>L1H5:Q") == "queries: L0H3 → L1H5");
  CHECK(view::cut_label("L0H3>*:K") == "keys: L0H3 → all later heads");
  CHECK(view::cut_label("L0*>L1H5:V") == "values: all heads of L0 → L1H5");
  CHECK(view::cut_label("L0H3>logits") == "L0H3 → logits");
}

TEST_CASE("numbers keep their sign and lose no more than their digits") {
  CHECK(view::signed_number(1.2f) == "+1.20");
  CHECK(view::signed_number(-0.9f) == "−0.90");
  CHECK(view::unsigned_number(1.2f, 4) == "1.2000");
  CHECK(view::unsigned_number(-1.2f) == "−1.20");
  CHECK(view::unsigned_number(-0.001f) == "0.00");
  CHECK(view::share(0.74f) == "74 %");
  CHECK(view::share(0.004f) == "0.4 %");
  CHECK(view::share(0.0004f) == "<0.1 %");
  CHECK(view::share(-0.0004f) == "<0.1 %");
  CHECK(view::share(-0.144f) == "−14 %");  // a part that takes more than it gives
  CHECK(view::tiny(2.1e-6f) == "2.1e-6");
  CHECK(view::tiny(0) == "0");
  CHECK(view::grouped(81) == "81");
  CHECK(view::grouped(4096) == "4,096");
  CHECK(view::grouped(1234567) == "1,234,567");
}

TEST_CASE("places in a sentence are filled by number, and braces elsewhere stay") {
  CHECK(view::fill("{1} of {0}, {x} {", {"a", "b"}) == "b of a, {x} {");
}
