// SHA-256 (FIPS 180-4): by it a file says which other file it was made from, as counted bigrams
// name their tokenizer.
#pragma once

#include <string>
#include <string_view>

namespace engine {

// 64 hexadecimal digits, in lower case.
std::string sha256(std::string_view bytes);

}  // namespace engine
