// How tokens are shown: what cannot be seen gets a visible sign, and tokens that are not whole
// code points are shown as bytes in hex. Tokens that only together make up characters (graphemes:
// a joined emoji, a flag, a letter with its marks) are a run, which shows those too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/tokenizer.h"

namespace view {

struct TokenText {
  std::string label;      // well-formed UTF-8, in which blanks and control characters are signs
  bool bytes = false;     // the label is bytes in hex: "E4 BD"
  int run = 0;            // of tokens that share characters, at the first: their number
  std::string character;  // and those characters
};

// One token for itself.
TokenText token_text(const engine::Tokenizer& tokenizer, int id);

// The tokens of a text, with runs marked at their first token.
std::vector<TokenText> token_texts(const engine::Tokenizer& tokenizer, const std::vector<int>& ids);

// Well-formed UTF-8 with signs for what cannot be seen: "·" a space, "⏎" a line's end, "U+200B".
std::string visible(std::string_view text);

}  // namespace view
