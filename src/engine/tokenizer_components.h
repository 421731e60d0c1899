// The components of a tokenizer.json around its model: normalizer, pre-tokenizer, post-processor.
// Throw Error where the file is malformed; what is not done here is named in `not_done`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/json.h"
#include "engine/pre_tokenizer.h"

namespace engine {

// Each component is handed the whole of tokenizer.json, in which it may be null or missing.

// Whether texts are brought into NFC.
bool read_normalizer(const Json& tokenizer, std::string& not_done);

std::vector<PreTokenizerStage> read_pre_tokenizer(const Json& tokenizer, std::string& not_done);

// The token that the post-processor puts in front of a text, if any.
std::optional<int> read_bos(const Json& tokenizer);

// Fields, with a message where they are not what they must be. `where` names the object.
const Json& field(const Json& object, const char* key, const std::string& where);
bool bool_field(const Json& object, const char* key, const std::string& where);
std::string string_field(const Json& object, const char* key, const std::string& where);
// An id: 0 .. largest_id.
int id_value(const Json& value, const std::string& where);

// Beyond any vocabulary; a table of so many tokens still fits in memory.
constexpr int largest_id = (1 << 24) - 1;

}  // namespace engine
