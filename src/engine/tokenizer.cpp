#include "engine/tokenizer.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <limits>
#include <unordered_map>
#include <utility>

#include "engine/error.h"
#include "engine/json.h"
#include "engine/tokenizer_json.h"
#include "engine/unicode.h"

namespace engine {

namespace {

// The longest texts that are tokenized: positions in a word are ints.
constexpr std::size_t longest_text = std::size_t(1) << 30;

std::string id_text(int id) {
  return "#" + std::to_string(id);
}

// "é" (U+0065 U+0301), so that what can't be seen can be told apart.
std::string shown_grapheme(std::string_view grapheme) {
  constexpr std::size_t most = 8;  // code points
  const std::u32string characters = code_points(grapheme).substr(0, most);
  std::string names;
  for (const char32_t c : characters) names += (names.empty() ? "" : " ") + code_point_name(c);
  const bool is_control = characters[0] < 0x20 || characters[0] == 0x7F;
  return is_control ? names : "\"" + to_utf8(characters) + "\" (" + names + ")";
}

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// The id that a piece of text says, e.g. "17" or "#17"; `position` is its place among the ids.
int parse_id(std::string_view piece, std::size_t position, int d_vocab) {
  std::string_view digits = piece;
  if (!digits.empty() && digits[0] == '#') digits.remove_prefix(1);
  const bool is_number = !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) {
    return c >= '0' && c <= '9';
  });
  if (!is_number)
    fail("position ", position, ": expected a token id (a decimal number), found ",
         quote(well_formed(piece)));
  int id = 0;
  for (const char digit : digits) {
    id = id * 10 + (digit - '0');
    if (id >= d_vocab)
      fail("position ", position, ": expected a token id from 0 to ", d_vocab - 1, ", found ",
           quote(piece));
  }
  return id;
}

std::vector<int> parse_ids(std::string_view text, int d_vocab) {
  std::vector<int> ids;
  bool after_comma = false;
  const auto id_missing = [&] {
    fail("position ", ids.size(), ": expected a token id beside the comma, found none");
  };
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_blank(text[at])) {
      ++at;
    } else if (text[at] == ',') {
      if (after_comma || ids.empty()) id_missing();
      after_comma = true;
      ++at;
    } else {
      const std::size_t start = at;
      while (at < text.size() && !is_blank(text[at]) && text[at] != ',') ++at;
      ids.push_back(parse_id(text.substr(start, at - start), ids.size(), d_vocab));
      after_comma = false;
    }
  }
  if (after_comma) id_missing();
  return ids;
}

}  // namespace

struct Tokenizer::Impl {
  Kind kind = Kind::ids;
  int d_vocab = std::numeric_limits<int>::max() / 16;  // ids: below it
  TokenizerParts parts;  // bpe; of symbols and ids only tokens, bos, notices and not_done
  std::unordered_map<std::string, int> id_of;
  std::size_t longest_symbol = 0;  // symbols: in bytes

  void index_tokens() {
    // Added tokens win over others of the same bytes, then lower ids.
    for (const int id : parts.added_ids) id_of.emplace(*parts.tokens[std::size_t(id)], id);
    for (std::size_t id = 0; id < parts.tokens.size(); ++id)
      if (parts.tokens[id] && !parts.tokens[id]->empty()) id_of.emplace(*parts.tokens[id], int(id));
  }

  void encode_between(std::string_view text, std::vector<int>& ids) const {
    const std::string normal = parts.nfc ? nfc(text) : std::string(text);
    for (const Segment& segment : parts.added_normalized.segments(normal)) {
      if (segment.token)
        ids.push_back(segment.token->id);
      else
        for (const std::u32string& word : parts.pre_tokenizer.words(segment.text))
          parts.bpe.encode(word, ids);
    }
  }

  std::vector<int> encode_bpe(std::string_view text) const {
    std::vector<int> ids;
    for (const Segment& segment : parts.added.segments(text)) {
      if (segment.token)
        ids.push_back(segment.token->id);
      else
        encode_between(segment.text, ids);
    }
    return ids;
  }

  // The longest symbol at the front of a text, or none.
  std::optional<int> symbol_at_front(std::string_view text) const {
    for (std::size_t size = std::min(text.size(), longest_symbol); size > 0; --size) {
      const auto found = id_of.find(std::string(text.substr(0, size)));
      if (found != id_of.end()) return found->second;
    }
    return std::nullopt;
  }

  // A grapheme is one symbol, or else several, the longest first (e.g. CR LF).
  std::vector<int> encode_symbols(std::string_view text) const {
    std::vector<int> ids;
    for (std::string_view rest : graphemes(text)) {
      const std::string_view whole = rest;
      while (!rest.empty()) {
        const std::optional<int> id = symbol_at_front(rest);
        if (!id)
          fail("position ", ids.size(), ": expected one of the model's ", parts.tokens.size(),
               " symbols, found ", shown_grapheme(whole));
        ids.push_back(*id);
        rest.remove_prefix(parts.tokens[std::size_t(*id)]->size());
      }
    }
    return ids;
  }
};

Tokenizer Tokenizer::from_json(std::string_view tokenizer_json) {
  auto impl = std::make_shared<Impl>();
  TokenizerParts parts = read_tokenizer_json(tokenizer_json);
  if (parts.not_done.empty()) {
    impl->kind = Kind::bpe;
    impl->parts = std::move(parts);
  } else {
    impl->parts.bos = parts.bos;
    impl->parts.not_done = std::move(parts.not_done);
    impl->parts.notices = std::move(parts.notices);
  }
  impl->index_tokens();
  Tokenizer tokenizer;
  tokenizer.impl_ = std::move(impl);
  return tokenizer;
}

Tokenizer Tokenizer::from_symbols(std::vector<std::string> symbols) {
  auto impl = std::make_shared<Impl>();
  impl->kind = Kind::symbols;
  for (std::string& symbol : symbols) {
    if (!is_well_formed(symbol) || graphemes(symbol).size() != 1)
      fail("symbols: expected single characters, found ", quote(symbol), " at ",
           impl->parts.tokens.size());
    impl->longest_symbol = std::max(impl->longest_symbol, symbol.size());
    if (!impl->id_of.emplace(symbol, int(impl->parts.tokens.size())).second)
      fail("symbols: expected each once, found ", quote(symbol), " again at ",
           impl->parts.tokens.size());
    impl->parts.tokens.emplace_back(std::move(symbol));
  }
  Tokenizer tokenizer;
  tokenizer.impl_ = std::move(impl);
  return tokenizer;
}

Tokenizer Tokenizer::of_ids(int d_vocab) {
  assert(d_vocab > 0);
  auto impl = std::make_shared<Impl>();
  impl->d_vocab = std::min(d_vocab, impl->d_vocab);
  Tokenizer tokenizer;
  tokenizer.impl_ = std::move(impl);
  return tokenizer;
}

Tokenizer::Kind Tokenizer::kind() const {
  return impl_->kind;
}

std::vector<int> Tokenizer::encode(std::string_view text) const {
  if (text.size() > longest_text)
    fail("the text: expected at most ", longest_text, " bytes, found ", text.size());
  const Kind kind = impl_->kind;
  if (kind == Kind::ids) return parse_ids(text, impl_->d_vocab);
  const std::string whole = well_formed(text);
  return kind == Kind::bpe ? impl_->encode_bpe(whole) : impl_->encode_symbols(whole);
}

std::string Tokenizer::decode(const std::vector<int>& ids) const {
  std::string text;
  for (const int id : ids) {
    if (impl_->kind == Kind::ids && !text.empty()) text += ' ';
    text += bytes(id);
  }
  return text;
}

std::string Tokenizer::bytes(int id) const {
  const bool known = id >= 0 && id < size() && impl_->parts.tokens[std::size_t(id)];
  return known ? *impl_->parts.tokens[std::size_t(id)] : id_text(id);
}

std::optional<int> Tokenizer::find(std::string_view bytes) const {
  const auto found = impl_->id_of.find(std::string(bytes));
  if (found != impl_->id_of.end()) return found->second;
  if (impl_->kind != Kind::ids) return std::nullopt;
  int id = -1;
  if (!bytes.empty()) std::from_chars(bytes.data() + 1, bytes.data() + bytes.size(), id);
  if (id >= 0 && id < impl_->d_vocab && this->bytes(id) == bytes) return id;
  return std::nullopt;
}

int Tokenizer::size() const {
  return int(impl_->parts.tokens.size());
}
bool Tokenizer::normalises() const {
  return impl_->parts.changes_text;
}
std::optional<int> Tokenizer::bos() const {
  return impl_->parts.bos;
}
const std::string& Tokenizer::not_done() const {
  return impl_->parts.not_done;
}
const std::vector<std::string>& Tokenizer::notices() const {
  return impl_->parts.notices;
}

}  // namespace engine
