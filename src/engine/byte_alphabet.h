// The alphabet of byte-level BPE (GPT-2's): each byte has a character that can be printed. Bytes
// that are printable in Latin-1 stand for themselves; the other 68 are U+0100 .. U+0143 in rising
// order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace engine {

// The character of a byte, and back: none where a character stands for no byte.
char32_t byte_character(std::uint8_t byte);
std::optional<std::uint8_t> character_byte(char32_t character);

// The bytes that a token of the vocabulary stands for; none if a character is not of the alphabet.
std::optional<std::string> token_bytes(std::u32string_view token);

}  // namespace engine
