// Byte-pair encoding: the symbols of a word are joined pair by pair, the pair of lowest rank first,
// from left to right among equals.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace engine {

class Bpe {
 public:
  using Vocabulary = std::unordered_map<std::string, int>;  // token, in the byte alphabet -> id

  Bpe() = default;
  // Merges in the order of their rank; of a pair that is given twice the later one counts. Throws
  // Error naming a merge whose tokens the vocabulary lacks. With ignore_merges a word that is a
  // token is that token, whether or not merges lead to it.
  Bpe(Vocabulary vocabulary, const std::vector<std::pair<std::string, std::string>>& merges,
      bool ignore_merges);

  // Appends the ids of a word in the byte alphabet. Characters that are no token add nothing.
  void encode(std::u32string_view word, std::vector<int>& ids) const;

 private:
  struct Merge {
    std::uint32_t rank;
    int id;
  };
  const Merge* find(int left, int right) const;

  Vocabulary vocabulary_;
  bool ignore_merges_ = false;
  std::vector<int> id_of_byte_;  // -1: no token
  std::unordered_map<std::uint64_t, Merge> merges_;
};

}  // namespace engine
