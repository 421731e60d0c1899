// Files of the command line: model folders, texts, what is written.
#pragma once

#include <string>
#include <string_view>

#include "engine/error.h"
#include "engine/model_file.h"

namespace cli {

// A model folder, or one .safetensors that holds its config. Throws Error naming the file that is
// missing, cannot be read or is none.
engine::LoadedModel load_model(const std::string& path);

// A file's bytes, in memory. Throws Error naming it.
std::string read_file(const std::string& path);

// A text file's bytes ("-": standard input), untrimmed. UTF-16 with a byte order mark becomes
// UTF-8; another encoding, and what is no text, throws Error naming it (cli/encoding.h).
std::string read_text(const std::string& path);

// What `read` gives; an Error of it then begins with the file's path.
template <class Read>
auto read_of(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const engine::Error& error) {
    engine::fail(path, ": ", error.what());
  }
}

// Writes a file whole or not at all: under another name first, which is then renamed. A link stays
// a link, and what is no file, such as a pipe, is written into. Throws Error naming the path.
void write_file(const std::string& path, std::string_view bytes);

}  // namespace cli
