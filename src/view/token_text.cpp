#include "view/token_text.h"

#include <algorithm>
#include <cstdio>

#include "engine/unicode.h"

namespace view {

namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  // bytes
};

// The first code point of well-formed, non-empty UTF-8; of other bytes, something.
CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = std::min<std::size_t>(lead < 0xE0   ? 2
                                                 : lead < 0xF0 ? 3
                                                               : 4,
                                                 text.size());
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

// How many bytes at the front are well-formed UTF-8.
std::size_t well_formed_size(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t size = first_code_point(bytes.substr(at)).size;
    if (!engine::is_well_formed(bytes.substr(at, size))) break;
    at += size;
  }
  return at;
}

// Of every byte, and of the end: does a character (a grapheme) begin there? A byte that is part of
// none stands alone. A line's end is two characters where it is two tokens.
std::vector<bool> character_beginnings(std::string_view bytes) {
  std::vector<bool> begins(bytes.size() + 1, true);
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t size = well_formed_size(bytes.substr(at));
    for (const std::string_view grapheme : engine::graphemes(bytes.substr(at, size))) {
      if (grapheme != "\r\n")
        for (std::size_t i = 1; i < grapheme.size(); ++i) begins[at + i] = false;
      at += grapheme.size();
    }
    if (at < bytes.size()) ++at;  // what is well-formed ended here
  }
  return begins;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string shown;
  bool in_flag = false;  // a black flag and tags are one emoji: England's, Scotland's, Wales's
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    in_flag = c.value == 0x1F3F4 || (in_flag && c.value >= 0xE0020 && c.value <= 0xE007F);
    const std::string instead = in_flag ? "" : sign(c.value);
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
  std::string bytes;
  std::vector<std::size_t> starts;  // of each token in the bytes
  for (const int id : ids) {
    texts.push_back(token_text(tokenizer, id));
    starts.push_back(bytes.size());
    bytes += tokenizer.bytes(id);
  }
  starts.push_back(bytes.size());
  const std::vector<bool> begins = character_beginnings(bytes);
  for (std::size_t first = 0, last = 0; first < texts.size(); first = last) {
    last = first + 1;
    while (last < texts.size() && !begins[starts[last]]) ++last;
    if (last == first + 1) continue;
    texts[first].run = int(last - first);
    const std::string run = bytes.substr(starts[first], starts[last] - starts[first]);
    texts[first].character = visible(engine::well_formed(run));
  }
  return texts;
}

}  // namespace view
