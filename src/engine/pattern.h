// The regular expressions that tokenizers split by: characters, sets, categories (\p{L}), \s \S \d,
// groups, alternatives, look-ahead, and repetition of one character. Matched as Oniguruma does (the
// first alternative that fits, backtracking), without its exponential cases: groups don't repeat.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/unicode.h"

namespace engine {

// A set of characters: categories, ranges, and sets within sets.
struct CharacterSet {
  Classes classes = 0;
  std::vector<std::pair<char32_t, char32_t>> ranges;  // first, last
  std::vector<CharacterSet> sets;                     // of which any
  bool negated = false;

  bool contains(char32_t c) const;
};

class Pattern {
 public:
  // The regular expression; if a part of it is not done, none, and `not_done` says which.
  static std::optional<Pattern> parse(std::string_view expression, std::string& not_done);
  // Exactly these characters; at least one.
  static Pattern literal(std::u32string_view characters);

  // Where a match that starts at `start` ends; none if there is no match. Never empty.
  std::optional<std::size_t> match(std::u32string_view text, std::size_t start) const;

 private:
  friend class PatternParser;

  // The expression as a program: steps in a row, with jumps.
  struct Step {
    enum class Kind {
      repeat,   // minimum .. maximum characters of the set, the more the better
      either,   // goes on with the next step, or else at target
      jump,     // goes on at target
      look,     // the steps up to target match here (or not: negated); goes on at target
      matched,  // the end of the program or of a look-ahead
    };
    Kind kind;
    std::size_t set = 0;
    std::size_t minimum = 1, maximum = 1;
    bool possessive = false;  // what was repeated is not given back
    bool negated = false;
    std::size_t target = 0;
  };

  std::optional<std::size_t> run(std::u32string_view text, std::size_t step,
                                 std::size_t position) const;

  std::vector<Step> steps_;
  std::vector<CharacterSet> sets_;
};

}  // namespace engine
