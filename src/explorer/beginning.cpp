#include "explorer/beginning.h"

namespace explorer {

namespace {

constexpr std::size_t read_whole = 32768;  // bytes: no longer text is read in parts
// How a text goes on changes its last tokens alone: so many more than n_ctx are read.
constexpr std::size_t margin = 64;

// The part of the text up to `size` bytes, without a piece of a code point at its end.
std::string_view first_bytes(std::string_view text, std::size_t size) {
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

}  // namespace

Beginning read_beginning(const engine::LoadedModel& loaded, std::string_view text) {
  const std::size_t wanted = std::size_t(loaded.model.config.n_ctx) + margin;
  // Other tokenizers tell an unknown symbol wherever it is.
  const bool in_parts = loaded.tokenizer.kind() == engine::Tokenizer::Kind::bpe;
  for (std::size_t size = read_whole; in_parts && size < text.size(); size *= 2) {
    std::vector<int> tokens = engine::read_text(loaded, first_bytes(text, size));
    if (tokens.size() >= wanted) return {std::move(tokens), false};
  }
  return {engine::read_text(loaded, text), true};
}

}  // namespace explorer
