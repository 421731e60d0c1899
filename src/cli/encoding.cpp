#include "cli/encoding.h"

#include <algorithm>
#include <string_view>

#include "engine/error.h"
#include "engine/utf8.h"

namespace cli {

namespace {

using engine::fail;

// The code units of UTF-16 in one byte order; half a unit at the end is left out.
class Units {
 public:
  Units(std::string_view bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}
  std::size_t size() const { return bytes_.size() / 2; }
  char32_t operator[](std::size_t i) const {
    const unsigned first = static_cast<unsigned char>(bytes_[2 * i]);
    const unsigned second = static_cast<unsigned char>(bytes_[2 * i + 1]);
    return big_endian_ ? first << 8 | second : second << 8 | first;
  }
  // Units i and i + 1: the two halves of one character.
  bool pair_at(std::size_t i) const {
    return is_high((*this)[i]) && i + 1 < size() && is_low((*this)[i + 1]);
  }
  static bool is_high(char32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
  static bool is_low(char32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

 private:
  std::string_view bytes_;
  bool big_endian_;
};

// What is no pair of surrogates, and half a unit at the end, becomes U+FFFD, as browsers do.
std::string from_utf16(std::string_view bytes, bool big_endian) {
  const Units units(bytes, big_endian);
  std::string text;
  for (std::size_t i = 0; i < units.size(); ++i) {
    char32_t code = units[i];
    if (units.pair_at(i))
      code = 0x10000 + ((code - 0xd800) << 10) + (units[++i] - 0xdc00);
    else if (Units::is_high(code) || Units::is_low(code))
      code = 0xfffd;
    engine::append_utf8(text, code);
  }
  if (bytes.size() % 2) engine::append_utf8(text, 0xfffd);
  return text;
}

// How many units of a text speak for its being UTF-16, and how many against it.
struct Signs {
  std::size_t units = 0;
  std::size_t alphabets = 0;  // U+0001 to U+08FF: a byte that would be a control character of UTF-8
  std::size_t chinese = 0;    // Chinese, Japanese, their marks, in bytes that are not ASCII both
  std::size_t others = 0;     // not ASCII either, and seldom in any text
  std::size_t nuls = 0;       // U+0000
  bool well_formed = true;    // no half of a character
};

bool is_shown_ascii(char32_t byte) {
  return byte >= 0x20 && byte < 0x7f;
}

Signs signs_of(const Units& units) {
  Signs signs;
  signs.units = units.size();
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char32_t unit = units[i];
    if (units.pair_at(i))
      ++i;
    else if (Units::is_high(unit) || Units::is_low(unit))
      signs.well_formed = false;
    else if (unit == 0)
      ++signs.nuls;
    else if (unit < 0x900)
      ++signs.alphabets;
    else if (is_shown_ascii(unit >> 8) && is_shown_ascii(unit & 0xff))
      continue;  // says nothing: two letters of an 8-bit text, or one Chinese character
    else if ((unit >= 0x2000 && unit < 0xa000) || unit >= 0xff00)
      ++signs.chinese;
    else
      ++signs.others;
  }
  return signs;
}

// Without a mark only the bytes' places tell. Text in UTF-8 has no control character in every other
// place; text in an 8-bit encoding has no NULs, and its pairs of bytes are not nearly all Chinese.
bool looks_like_utf16(std::string_view bytes, bool big_endian, bool is_utf8) {
  const Signs signs = signs_of(Units(bytes, big_endian));
  if (signs.units < 2 || !signs.well_formed || signs.nuls) return false;
  if (is_utf8) return 2 * signs.alphabets >= signs.units;
  if (signs.alphabets && bytes.find('\0') != bytes.npos) return true;  // a Latin letter's NUL
  const std::size_t pro = signs.alphabets + signs.chinese;
  return pro >= 2 && 3 * pro >= signs.units && 10 * signs.others <= signs.units;
}

// A NUL between characters is one too; two of them, or one among bytes that are no UTF-8, are what
// programs and pictures have.
void refuse_binary(std::string_view bytes, bool is_utf8, const std::string& name) {
  const std::size_t nul = is_utf8 ? bytes.find(std::string_view("\0\0", 2)) : bytes.find('\0');
  if (nul != bytes.npos)
    fail(name, " has a NUL ", is_utf8 ? "twice in a row" : "among bytes that are no UTF-8",
         ", at byte ", nul, ": expected a text file in UTF-8");
}

bool starts_with(std::string_view bytes, std::string_view mark) {
  return bytes.substr(0, mark.size()) == mark;
}

}  // namespace

std::string decode_text(std::string bytes, const std::string& name) {
  using namespace std::string_view_literals;
  if (starts_with(bytes, "\xff\xfe\0\0"sv) || starts_with(bytes, "\0\0\xfe\xff"sv))
    fail(name, " is UTF-32; save it as UTF-8");
  if (starts_with(bytes, "\xff\xfe"sv)) return from_utf16(std::string_view(bytes).substr(2), false);
  if (starts_with(bytes, "\xfe\xff"sv)) return from_utf16(std::string_view(bytes).substr(2), true);
  const bool is_utf8 = engine::is_well_formed(bytes);
  for (bool big_endian : {false, true})
    if (looks_like_utf16(bytes, big_endian, is_utf8))
      fail(name, " looks like UTF-16 without a byte order mark; save it as UTF-8");
  refuse_binary(bytes, is_utf8, name);
  return bytes;
}

}  // namespace cli
