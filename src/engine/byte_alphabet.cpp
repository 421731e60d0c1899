#include "engine/byte_alphabet.h"

#include <array>

namespace engine {

namespace {

constexpr bool is_printable(unsigned byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
}

struct Alphabet {
  std::array<char32_t, 256> character{};
  std::array<std::int16_t, 0x144> byte{};  // -1: not of the alphabet
};

constexpr Alphabet make_alphabet() {
  Alphabet alphabet;
  for (auto& byte : alphabet.byte) byte = -1;
  char32_t next = 0x100;
  for (unsigned byte = 0; byte < 256; ++byte) {
    alphabet.character[byte] = is_printable(byte) ? char32_t(byte) : next++;
    alphabet.byte[alphabet.character[byte]] = std::int16_t(byte);
  }
  return alphabet;
}

constexpr Alphabet alphabet = make_alphabet();

}  // namespace

char32_t byte_character(std::uint8_t byte) {
  return alphabet.character[byte];
}

std::optional<std::uint8_t> character_byte(char32_t character) {
  if (character >= alphabet.byte.size() || alphabet.byte[character] < 0) return std::nullopt;
  return std::uint8_t(alphabet.byte[character]);
}

std::optional<std::string> token_bytes(std::u32string_view token) {
  std::string bytes;
  for (const char32_t character : token) {
    const auto byte = character_byte(character);
    if (!byte) return std::nullopt;
    bytes += char(*byte);
  }
  return bytes;
}

}  // namespace engine
