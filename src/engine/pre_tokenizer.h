// The first cut of a text into words, which byte pairs never cross: ByteLevel, Digits and Split of
// a tokenizer.json, one stage after the other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/pattern.h"

namespace engine {

// What becomes of the parts that a stage's pattern fits and of those between them.
enum class SplitBehavior { isolated, removed, contiguous, merged_with_previous, merged_with_next };

struct PreTokenizerStage {
  enum class Kind {
    digits,      // numbers apart from the rest
    split,       // by a pattern
    byte_level,  // GPT-2's pattern, then each byte as a character (byte_alphabet)
  };
  Kind kind;
  bool individual_digits = false;    // digits: each number a word
  std::optional<Pattern> pattern{};  // split, and byte_level unless use_regex is false
  SplitBehavior behavior = SplitBehavior::isolated;
  bool invert = false;            // split: the pattern is of what stands between
  bool add_prefix_space = false;  // byte_level: a space before a word that has none
};

// GPT-2's pattern: contractions, then words, numbers and signs with the space before them, blanks.
Pattern gpt2_pattern();

class PreTokenizer {
 public:
  PreTokenizer() = default;
  explicit PreTokenizer(std::vector<PreTokenizerStage> stages);

  // The words of well-formed UTF-8, in the byte alphabet if a stage is byte_level. Never empty
  // ones.
  std::vector<std::u32string> words(std::string_view text) const;

 private:
  std::vector<PreTokenizerStage> stages_;
};

}  // namespace engine
