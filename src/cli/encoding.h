// The bytes of a text file -> UTF-8.
#pragma once

#include <string>

namespace cli {

// UTF-16 with a byte order mark becomes UTF-8; every other text stays as it is, byte for byte.
// Throws Error naming the file where its bytes look like UTF-16 without a mark, where they are
// UTF-32, and where they are no text.
std::string decode_text(std::string bytes, const std::string& name);

}  // namespace cli
