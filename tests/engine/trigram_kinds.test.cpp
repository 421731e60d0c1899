#include "engine/trigram_kinds.h"

#include <catch2/catch.hpp>
#include <string>

using engine::TrigramKind;

TEST_CASE("the same letters but for case and one leading space are another spelling") {
  for (const auto& [a, b] : {std::pair("two", " two"),
                             {" two", "two"},
                             {"Two", " two"},
                             {"TWO", "two"},
                             {"two", "two"},
                             {"É", " é"},
                             {"Я", "я"},
                             {"\xE4\xBD", "\xE4\xBD"}}) {
    INFO(a << ", " << b);
    CHECK(engine::is_same_spelling(a, b));
  }
  for (const auto& [a, b] : {std::pair("two", "twos"),
                             {"two", "  two"},
                             {"two", "\ttwo"},
                             {"two", "two "},
                             {" ", ""},
                             {"", ""},
                             {" ", "  "},
                             {"1", "2"},
                             {"\xE4", "\xE5"}}) {
    INFO(a << ", " << b);
    CHECK_FALSE(engine::is_same_spelling(a, b));
  }
}

TEST_CASE("a head copies where the output is the source, and else may spell it otherwise") {
  const auto tokenizer = engine::Tokenizer::from_symbols({"a", "A", "b", " "});
  const auto kind = [&](int source, int output) {
    return engine::kind_of(tokenizer, {source, 2, output, 1, 1, 1});
  };
  CHECK(kind(0, 0) == TrigramKind::copying);
  CHECK(kind(0, 1) == TrigramKind::spelling);
  CHECK(kind(1, 0) == TrigramKind::spelling);
  CHECK(kind(0, 2) == TrigramKind::other);
  CHECK(kind(3, 3) == TrigramKind::copying);
  CHECK(engine::name(TrigramKind::copying) == std::string("copying"));
  CHECK(engine::name(TrigramKind::spelling) == std::string("spelling"));
  CHECK(engine::name(TrigramKind::other) == std::string());
}
