#include "engine/bytes.h"

#include <cassert>
#include <cstring>
#include <utility>

namespace engine {

Bytes::Bytes(std::string_view view)
    : size_(view.size()), read_([view](std::uint64_t offset, std::size_t count, char* out) {
        std::memcpy(out, view.data() + offset, count);
      }) {}

Bytes::Bytes(std::uint64_t size, Read read) : size_(size), read_(std::move(read)) {}

void Bytes::read(std::uint64_t offset, std::size_t count, char* out) const {
  assert(offset <= size_ && count <= size_ - offset);
  if (count) read_(begin_ + offset, count, out);
}

Bytes Bytes::part(std::uint64_t offset, std::uint64_t count) const {
  assert(offset <= size_ && count <= size_ - offset);
  Bytes part = *this;
  part.begin_ += offset;
  part.size_ = count;
  return part;
}

std::string Bytes::text() const {
  std::string all(std::size_t(size_), '\0');
  read(0, all.size(), all.data());
  return all;
}

}  // namespace engine
