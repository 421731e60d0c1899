// What kind of character a code point is, NFC, and graphemes, as Hugging Face's Rust tokenizers see
// them (Unicode 16). utf8proc has the tables; the few that differ are in unicode_tables.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

// A set of general categories and properties: one bit each.
using Classes = std::uint32_t;

constexpr Classes white_space = Classes(1)
                                << 30;  // the property White_Space: U+0085 too, not U+FEFF

// The category and properties of one code point.
Classes classes_of(char32_t code_point);
// "L", "Lu", "Nd" ... -> the categories; none if there is no category of that name.
std::optional<Classes> category(std::string_view name);

bool is_space(char32_t code_point);    // Rust's \s
bool is_word(char32_t code_point);     // Rust's \w
bool is_numeric(char32_t code_point);  // Rust's char::is_numeric

char32_t lower_case(char32_t code_point);  // of one that has one, as one code point; else itself

// Normalization form C of well-formed UTF-8.
std::string nfc(std::string_view text);

// The user-perceived characters (extended grapheme clusters) of well-formed UTF-8.
std::vector<std::string_view> graphemes(std::string_view text);

}  // namespace engine
