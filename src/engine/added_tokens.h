// Added tokens: found in the text before anything else is done with it, the leftmost first and of
// those the longest, as text, not as bytes. Their flags do what they do in the Rust tokenizers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

struct AddedToken {
  int id = 0;
  std::string content;
  bool single_word = false;  // only between characters that are no word characters
  bool lstrip = false;       // takes the white space before it
  bool rstrip = false;       // takes the white space after it
};

// A part of a text: an added token, or what stands between.
struct Segment {
  std::string_view text;
  const AddedToken* token;  // null: between
};

class AddedTokens {
 public:
  AddedTokens() = default;
  // Contents are distinct and not empty.
  explicit AddedTokens(std::vector<AddedToken> tokens);

  // The parts of a text, in order; parts of white space may overlap where tokens take it. Never
  // empty ones.
  std::vector<Segment> segments(std::string_view text) const;

 private:
  // The longest token at the front of a text, or null.
  const AddedToken* longest(std::string_view text) const;

  std::vector<AddedToken> tokens_;
  // A trie over bytes; node 0 is the root.
  struct Node {
    std::map<char, std::size_t> next;
    int token = -1;  // its index, if one ends here
  };
  std::vector<Node> nodes_;
};

}  // namespace engine
