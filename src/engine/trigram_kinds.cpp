#include "engine/trigram_kinds.h"

#include "engine/unicode.h"
#include "engine/utf8.h"

namespace engine {

namespace {

// Without the leading space, and in lower case.
std::string letters(std::string_view text) {
  if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (!is_well_formed(text)) return std::string(text);
  std::string lower;
  for (const char32_t c : code_points(text)) append_utf8(lower, lower_case(c));
  return lower;
}

}  // namespace

const char* name(TrigramKind kind) {
  switch (kind) {
    case TrigramKind::other:
      return "";
    case TrigramKind::copying:
      return "copying";
    case TrigramKind::spelling:
      return "spelling";
  }
  return "";
}

TrigramKind kind_of(const Tokenizer& tokenizer, const SkipTrigram& trigram) {
  if (trigram.output == trigram.source) return TrigramKind::copying;
  return is_same_spelling(tokenizer.bytes(trigram.source), tokenizer.bytes(trigram.output))
             ? TrigramKind::spelling
             : TrigramKind::other;
}

bool is_same_spelling(std::string_view a, std::string_view b) {
  const std::string letters_of_a = letters(a);
  return !letters_of_a.empty() && letters_of_a == letters(b);
}

}  // namespace engine
