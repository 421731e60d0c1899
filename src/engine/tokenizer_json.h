// The parts of a byte-level BPE tokenizer, read from a Hugging Face tokenizer.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/added_tokens.h"
#include "engine/bpe.h"
#include "engine/pre_tokenizer.h"

namespace engine {

struct TokenizerParts {
  std::vector<std::optional<std::string>>
      tokens;                    // the bytes of each id; none: an id without token
  std::vector<int> added_ids;    // which of them are added tokens
  AddedTokens added;             // found in the text as it is
  bool nfc = false;              // then the text between is normalised
  AddedTokens added_normalized;  // and these are found in it
  PreTokenizer pre_tokenizer;
  Bpe bpe;

  bool changes_text = false;         // what is encoded may not come back byte for byte
  std::optional<int> bos;            // the token that the post-processor puts in front
  std::vector<std::string> notices;  // a sentence each
  std::string
      not_done;  // what changes the ids and is not done here; if any, only bos and notices hold
};

// Throws Error for a file that is no tokenizer.json or contradicts itself: which, expected, found.
TokenizerParts read_tokenizer_json(std::string_view json);

}  // namespace engine
