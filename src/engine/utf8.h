// UTF-8 <-> code points, and what becomes of bytes that are no UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace engine {

// UTF-8 with every ill-formed part replaced by U+FFFD, as browsers do (WHATWG "utf-8 decode"): one
// for each longest run of bytes that could have begun a character. No byte order mark is taken off.
std::string well_formed(std::string_view bytes);
bool is_well_formed(std::string_view bytes);

// The code points of well-formed UTF-8.
std::u32string code_points(std::string_view text);

void append_utf8(std::string& text, char32_t code_point);
std::string to_utf8(std::u32string_view code_points);

// "U+0301", for messages.
std::string code_point_name(char32_t code_point);

}  // namespace engine
