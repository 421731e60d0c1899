#include "engine/bpe.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

#include "engine/byte_alphabet.h"
#include "engine/error.h"
#include "engine/utf8.h"

namespace engine {

namespace {

constexpr int none = -1;

// A symbol of the word, in a linked list: what is joined to its left neighbour drops out.
struct Symbol {
  int id;
  int previous, next;  // none at the ends
  bool joined = false;
};

// A pair that can be joined, seen when the left symbol stood at `position`.
struct Candidate {
  std::uint32_t rank;
  int position;
  int id;  // of the pair joined
  bool operator>(const Candidate& other) const {
    return std::tie(rank, position) > std::tie(other.rank, other.position);
  }
};

std::uint64_t pair_key(int left, int right) {
  return std::uint64_t(std::uint32_t(left)) << 32 | std::uint32_t(right);
}

}  // namespace

Bpe::Bpe(Vocabulary vocabulary, const std::vector<std::pair<std::string, std::string>>& merges,
         bool ignore_merges)
    : vocabulary_(std::move(vocabulary)), ignore_merges_(ignore_merges), id_of_byte_(256, none) {
  for (int byte = 0; byte < 256; ++byte) {
    const auto found =
        vocabulary_.find(to_utf8(std::u32string{byte_character(std::uint8_t(byte))}));
    if (found != vocabulary_.end()) id_of_byte_[byte] = found->second;
  }
  merges_.reserve(merges.size());
  for (std::size_t rank = 0; rank < merges.size(); ++rank) {
    const auto& [left, right] = merges[rank];
    const auto id = [&, left = left, right = right](const std::string& token) {
      const auto found = vocabulary_.find(token);
      if (found == vocabulary_.end())
        fail("tokenizer.json: merge ", rank, " joins \"", left, "\" and \"", right,
             "\"; expected a token \"", token, "\" in the vocabulary, found none");
      return found->second;
    };
    const int left_id = id(left);
    const int right_id = id(right);
    merges_[pair_key(left_id, right_id)] = {std::uint32_t(rank), id(left + right)};
  }
}

const Bpe::Merge* Bpe::find(int left, int right) const {
  const auto found = merges_.find(pair_key(left, right));
  return found == merges_.end() ? nullptr : &found->second;
}

void Bpe::encode(std::u32string_view word, std::vector<int>& ids) const {
  if (ignore_merges_) {
    const auto whole = vocabulary_.find(to_utf8(word));
    if (whole != vocabulary_.end()) {
      ids.push_back(whole->second);
      return;
    }
  }
  std::vector<Symbol> symbols;
  symbols.reserve(word.size());
  for (const char32_t character : word) {
    const auto byte = character_byte(character);
    if (!byte || id_of_byte_[*byte] == none) continue;
    const int position = int(symbols.size());
    if (position > 0) symbols.back().next = position;
    symbols.push_back({id_of_byte_[*byte], position - 1, none});
  }

  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<Candidate>> candidates;
  const auto consider = [&](int position) {
    if (position == none || symbols[position].next == none) return;
    const Symbol& left = symbols[position];
    if (const Merge* merge = find(left.id, symbols[left.next].id))
      candidates.push({merge->rank, position, merge->id});
  };
  for (int i = 0; i < int(symbols.size()); ++i) consider(i);

  while (!candidates.empty()) {
    const Candidate best = candidates.top();
    candidates.pop();
    Symbol& left = symbols[best.position];
    if (left.joined || left.next == none) continue;
    Symbol& right = symbols[left.next];
    // A pair that has changed since it was seen is out of date, unless it still makes the same
    // token: so do the Rust tokenizers.
    const Merge* merge = find(left.id, right.id);
    if (!merge || merge->id != best.id) continue;
    left.id = best.id;
    left.next = right.next;
    right.joined = true;
    if (left.next != none) symbols[left.next].previous = best.position;
    consider(left.previous);
    consider(best.position);
  }
  for (const Symbol& symbol : symbols)
    if (!symbol.joined) ids.push_back(symbol.id);
}

}  // namespace engine
