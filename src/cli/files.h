// Files of the command line: model folders, texts, what is written.
#pragma once

#include <string>
#include <string_view>

#include "engine/model_file.h"

namespace cli {

// A model folder, or one .safetensors that holds its config. Throws Error naming the file that is
// missing, cannot be read or is none.
engine::LoadedModel load_model(const std::string& path);

// A file's bytes, in memory. Throws Error naming it.
std::string read_file(const std::string& path);

// A text file's bytes ("-": standard input), untrimmed. UTF-16 with a byte order mark becomes
// UTF-8; what looks like UTF-16 or UTF-32 otherwise throws Error naming it.
std::string read_text(const std::string& path);

// The same for bytes already read; `name` stands in the messages.
std::string decode_text(std::string bytes, const std::string& name);

// Writes a file whole or not at all: under another name first, which is then renamed. A link stays
// a link, and what is no file, such as a pipe, is written into. Throws Error naming the path.
void write_file(const std::string& path, std::string_view bytes);

}  // namespace cli
