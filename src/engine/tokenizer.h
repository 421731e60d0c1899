// Text <-> tokens: byte-level BPE read from a Hugging Face tokenizer.json, or a list of symbols, or
// plain ids where a model comes with neither. Hugging Face's Rust tokenizers are the reference.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/utf8.h"  // well_formed, is_well_formed

namespace engine {

class Tokenizer {
 public:
  // Reads a tokenizer.json. A file that is no tokenizer.json, or contradicts itself, throws Error;
  // a component that this tokenizer does not do gives a tokenizer of ids (any) with a notice naming
  // it.
  static Tokenizer from_json(std::string_view tokenizer_json);
  // One grapheme a token; text is read one symbol at a time, an unknown one throws Error. Throws
  // Error for symbols that are no single grapheme or not distinct.
  static Tokenizer from_symbols(std::vector<std::string> symbols);
  // Decimal ids below d_vocab, between blanks or commas; shown as #17, which is read too.
  static Tokenizer of_ids(int d_vocab);

  enum class Kind { bpe, symbols, ids };
  Kind kind() const;

  // Any bytes; ill-formed UTF-8 is read as U+FFFD. Throws Error for symbols and ids it does not
  // know.
  std::vector<int> encode(std::string_view text) const;
  // The bytes of the tokens, one after the other: for bpe exactly what was encoded (after NFC where
  // the tokenizer normalises); for ids "#17 #4". Tokens without a text are written "#17".
  std::string decode(const std::vector<int>& ids) const;
  // The token's own bytes, which may be part of a character; "#17" for ids that have no text.
  std::string bytes(int id) const;
  // The token with exactly these bytes; for ids, "#17" as bytes() writes it.
  std::optional<int> find(std::string_view bytes) const;

  int size() const;                // ids 0 .. size-1 have a text; 0 for a tokenizer of ids
  bool normalises() const;         // a text may not come back byte for byte (NFC and the like)
  std::optional<int> bos() const;  // of the post-processor
  // The part of a tokenizer.json that is not done here, which makes it one of ids; else empty.
  const std::string& not_done() const;
  // What to tell the user, a sentence each: components not done, and the like.
  const std::vector<std::string>& notices() const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace engine
