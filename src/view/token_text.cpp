#include "view/token_text.h"

#include <cstdio>

namespace view {

namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  // bytes
};

// The first code point of well-formed, non-empty UTF-8.
CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t value = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (byte(i) & 0x3Fu);
  return {value, size};
}

// Control, format and blank characters that would leave a hole, but not the joiners and variation
// selectors that are part of an emoji or of a script's shaping.
bool is_unseen(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA1) || c == 0xAD || (c >= 0x2000 && c <= 0x200B) ||
         (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
         (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF ||
         (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFFF0 && c <= 0xFFFB) || c >= 0xE0000;
}

std::string hex(const char* format, unsigned value) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

std::string sign(char32_t c) {
  switch (c) {
    case U' ':
      return "·";
    case U'\n':
      return "⏎";
    case U'\r':
      return "␍";
    case U'\t':
      return "⇥";
    case U'\u00a0':
      return "⍽";
    case U'\u3000':
      return "□";
    default:
      return is_unseen(c) ? hex("U+%04X", unsigned(c)) : "";
  }
}

std::string hex_bytes(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes)
    text += (text.empty() ? "" : " ") + hex("%02X", static_cast<unsigned char>(byte));
  return text;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    const std::string instead = sign(c.value);
    shown += instead.empty() ? std::string(text.substr(0, c.size)) : instead;
    text.remove_prefix(c.size);
  }
  return shown;
}

TokenText token_text(const engine::Tokenizer& tokenizer, int id) {
  const std::string bytes = tokenizer.bytes(id);
  TokenText text;
  text.bytes = !engine::is_well_formed(bytes);
  text.label = text.bytes ? hex_bytes(bytes) : visible(bytes);
  return text;
}

std::vector<TokenText> token_texts(const engine::Tokenizer& tokenizer,
                                   const std::vector<int>& ids) {
  std::vector<TokenText> texts;
  std::size_t first = 0;  // of the run that is open
  std::string run;
  for (const int id : ids) {
    texts.push_back(token_text(tokenizer, id));
    if (!texts.back().bytes) {
      run.clear();
      continue;
    }
    if (run.empty()) first = texts.size() - 1;
    run += tokenizer.bytes(id);
    if (!engine::is_well_formed(run)) continue;
    texts[first].run = int(texts.size() - first);
    texts[first].character = visible(run);
    run.clear();
  }
  return texts;
}

}  // namespace view
