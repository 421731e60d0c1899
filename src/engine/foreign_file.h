// Files that are not what their name says: a Git LFS pointer, a web page, a pickle, a GGUF, a `._`
// file of macOS where a model's file should be. They are told by their first bytes.
#pragma once

#include <string_view>

namespace engine {

// Throws Error saying what the file is and what to do about it, where its first bytes are those of
// another kind of file than safetensors or JSON. `file` is its name in the message.
void refuse_foreign(std::string_view bytes, std::string_view file);

}  // namespace engine
