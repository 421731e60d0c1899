// Bytes that are read piece by piece, out of memory or from where they lie: a file of weights need
// not be in memory whole.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace engine {

class Bytes {
 public:
  // Puts `count` bytes, from `offset` on, at `out`; throws Error where they cannot be had.
  using Read = std::function<void(std::uint64_t offset, std::size_t count, char* out)>;

  Bytes() = default;
  // In memory, where they stay while this is in use.
  Bytes(std::string_view view);
  Bytes(const std::string& text) : Bytes(std::string_view(text)) {}
  Bytes(const char* text) : Bytes(std::string_view(text)) {}
  // Elsewhere.
  Bytes(std::uint64_t size, Read read);

  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // What it asks for lies within (asserted).
  void read(std::uint64_t offset, std::size_t count, char* out) const;
  Bytes part(std::uint64_t offset, std::uint64_t count) const;
  std::string text() const;  // all of them

 private:
  std::uint64_t begin_ = 0, size_ = 0;
  Read read_;
};

}  // namespace engine
