#include "engine/utf8.h"

#include <cassert>
#include <cstdint>

namespace engine {

namespace {

constexpr char32_t replacement = 0xFFFD;

// What stands at the front of some bytes: a character, or the part to be replaced.
struct Decoded {
  char32_t code_point;
  std::size_t size;  // bytes
  bool well_formed;
};

Decoded decode_front(std::string_view bytes) {
  assert(!bytes.empty());
  const auto byte = [&](std::size_t i) { return std::uint8_t(bytes[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xC2 || lead > 0xF4) return {replacement, 1, false};

  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte's range leaves out overlong forms, surrogates and what is beyond U+10FFFF.
  std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  char32_t code_point = lead & (0x7F >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (i == bytes.size() || byte(i) < low || byte(i) > high) return {replacement, i, false};
    code_point = code_point << 6 | (byte(i) & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return {code_point, size, true};
}

}  // namespace

std::string well_formed(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const Decoded front = decode_front(bytes);
    append_utf8(text, front.code_point);
    bytes.remove_prefix(front.size);
  }
  return text;
}

bool is_well_formed(std::string_view bytes) {
  while (!bytes.empty()) {
    const Decoded front = decode_front(bytes);
    if (!front.well_formed) return false;
    bytes.remove_prefix(front.size);
  }
  return true;
}

std::u32string code_points(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Decoded front = decode_front(text);
    assert(front.well_formed);
    result.push_back(front.code_point);
    text.remove_prefix(front.size);
  }
  return result;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto follow = [&](int shift) { text += char(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    text += char(code_point);
  } else if (code_point < 0x800) {
    text += char(0xC0 | code_point >> 6);
    follow(0);
  } else if (code_point < 0x10000) {
    text += char(0xE0 | code_point >> 12);
    follow(6);
    follow(0);
  } else {
    text += char(0xF0 | code_point >> 18);
    follow(12);
    follow(6);
    follow(0);
  }
}

std::string to_utf8(std::u32string_view code_points) {
  std::string text;
  text.reserve(code_points.size());
  for (const char32_t code_point : code_points) append_utf8(text, code_point);
  return text;
}

std::string code_point_name(char32_t code_point) {
  std::string digits;
  for (; code_point || digits.size() < 4; code_point >>= 4)
    digits.insert(digits.begin(), "0123456789ABCDEF"[code_point & 0xF]);
  return "U+" + digits;
}

}  // namespace engine
