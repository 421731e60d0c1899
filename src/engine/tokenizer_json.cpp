#include "engine/tokenizer_json.h"

#include <set>
#include <utility>

#include "engine/byte_alphabet.h"
#include "engine/error.h"
#include "engine/json.h"
#include "engine/tokenizer_components.h"
#include "engine/unicode.h"
#include "engine/utf8.h"

namespace engine {

namespace {

using Merges = std::vector<std::pair<std::string, std::string>>;

// An entry of added_tokens.
struct AddedEntry {
  AddedToken token;
  bool normalized;
};

Bpe::Vocabulary read_vocabulary(const Json& model, TokenizerParts& parts) {
  const Json& json = field(model, "vocab", "model");
  if (!json.is_object())
    fail("tokenizer.json: model.vocab: expected an object, found ", shown(json));
  Bpe::Vocabulary vocabulary;
  vocabulary.reserve(json.size());
  for (const auto& [token, value] : json.items()) {
    const int id = id_value(value, "model.vocab " + quote(token));
    vocabulary.emplace(token, id);
    if (parts.tokens.size() <= std::size_t(id)) parts.tokens.resize(std::size_t(id) + 1);
    std::optional<std::string>& bytes = parts.tokens[std::size_t(id)];
    if (bytes)
      fail("tokenizer.json: model.vocab: expected each id once, found ", id, " for ", quote(token),
           " and for another token");
    bytes = token_bytes(code_points(token)).value_or(token);
  }
  return vocabulary;
}

Merges read_merges(const Json& model) {
  const Json& json = field(model, "merges", "model");
  if (!json.is_array()) fail("tokenizer.json: model.merges: expected a list, found ", shown(json));
  Merges merges;
  merges.reserve(json.size());
  for (const Json& merge : json) {
    if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string()) {
      merges.emplace_back(merge[0].get<std::string>(), merge[1].get<std::string>());
      continue;
    }
    const std::string line = merge.is_string() ? merge.get<std::string>() : "";
    if (line.rfind("#version", 0) == 0) continue;  // the first line of a merges.txt
    const std::size_t space = line.find(' ');
    if (space == line.npos || line.find(' ', space + 1) != line.npos)
      fail("tokenizer.json: model.merges: expected \"a b\" or [\"a\", \"b\"], found ",
           shown(merge));
    merges.emplace_back(line.substr(0, space), line.substr(space + 1));
  }
  return merges;
}

// Whether a model that is BPE has something that changes the ids and is not done here.
std::string model_not_done(const Json& model, const Bpe::Vocabulary& vocabulary) {
  const auto dropout = model.find("dropout");
  if (dropout != model.end() && !dropout->is_null()) {
    if (!dropout->is_number() || dropout->get<double>() < 0 || dropout->get<double>() > 1)
      fail("tokenizer.json: model.dropout: expected 0 to 1, found ", shown(*dropout));
    if (dropout->get<double>() > 0) return "dropout " + shown(*dropout) + " of the model";
  }
  for (const char* key : {"continuing_subword_prefix", "end_of_word_suffix"}) {
    const auto value = model.find(key);
    if (value == model.end() || value->is_null()) continue;
    if (!string_field(model, key, "model").empty())
      return std::string(key) + " " + shown(*value) + " of the model";
  }
  // With all 256 bytes in it nothing is ever unknown: unk_token, fuse_unk and byte_fallback are
  // idle.
  int missing = 0;
  for (int byte = 0; byte < 256; ++byte)
    missing += !vocabulary.count(to_utf8(std::u32string{byte_character(std::uint8_t(byte))}));
  if (missing)
    return "alphabet of the model, which lacks " + std::to_string(missing) + " of 256 bytes,";
  return "";
}

void read_model(const Json& tokenizer, TokenizerParts& parts, Bpe::Vocabulary& vocabulary) {
  const Json& model = field(tokenizer, "model", "the file");
  const bool is_bpe = model.is_object() && !model.contains("type") && model.contains("merges");
  const std::string type = is_bpe ? "BPE" : string_field(model, "type", "model");
  if (type != "BPE") {
    parts.not_done = "model " + type;
    return;
  }
  vocabulary = read_vocabulary(model, parts);
  const auto ignore = model.find("ignore_merges");
  const bool ignore_merges =
      ignore != model.end() && !ignore->is_null() && bool_field(model, "ignore_merges", "model");
  parts.bpe = Bpe(vocabulary, read_merges(model), ignore_merges);
  parts.not_done = model_not_done(model, vocabulary);
}

AddedEntry read_added_token(const Json& json) {
  AddedEntry entry;
  entry.token.content = string_field(json, "content", "added_tokens");
  const std::string where = "added_tokens " + quote(entry.token.content);
  entry.token.id = id_value(field(json, "id", where), where + ".id");
  entry.token.single_word = bool_field(json, "single_word", where);
  entry.token.lstrip = bool_field(json, "lstrip", where);
  entry.token.rstrip = bool_field(json, "rstrip", where);
  entry.normalized = bool_field(json, "normalized", where);
  return entry;
}

// Holds an added token's id against the vocabulary, and gives it the id that the Rust tokenizers
// give: the vocabulary's where it has the token, else the next one.
void settle_id(AddedToken& token, const Bpe::Vocabulary& vocabulary, int& next_id,
               TokenizerParts& parts) {
  const auto is_taken = [&](int id) {
    return std::size_t(id) < parts.tokens.size() && parts.tokens[std::size_t(id)];
  };
  const auto known = vocabulary.find(token.content);
  if (known != vocabulary.end()) {
    if (known->second != token.id)
      fail("tokenizer.json: added token ", quote(token.content), ": expected id ", known->second,
           " as in model.vocab, found ", token.id);
    return;
  }
  if (is_taken(token.id))
    fail("tokenizer.json: added token ", quote(token.content),
         ": expected an id of its own, found ", token.id, ", which is another token's");
  const int id = next_id++;
  if (token.id == id) return;
  const std::string difference =
      "added token " + quote(token.content) + ", with id " + std::to_string(token.id) +
      " in the file, which Hugging Face's tokenizers make " + std::to_string(id) + ",";
  if (is_taken(id)) {
    parts.not_done = difference;
  } else {
    parts.notices.push_back("The tokenizer's " + difference + " has the latter here too.");
    token.id = id;
  }
}

// Puts an added token among the tokens, and says where a text will not come back because of it.
void add_token(const AddedToken& token, TokenizerParts& parts) {
  const auto id = std::size_t(token.id);
  if (parts.tokens.size() <= id) parts.tokens.resize(id + 1);
  const std::string name = "The tokenizer's added token " + quote(token.content);
  if (parts.tokens[id] && parts.tokens[id] != token.content) {
    parts.changes_text = true;
    parts.notices.push_back(name + " shares its id with other bytes, which it is shown as.");
  } else {
    parts.tokens[id] = token.content;
    parts.added_ids.push_back(token.id);
  }
  if (token.lstrip || token.rstrip) {
    parts.changes_text = true;
    parts.notices.push_back(name + " swallows the blanks beside it.");
  }
}

void read_added_tokens(const Json& tokenizer, const Bpe::Vocabulary& vocabulary,
                       TokenizerParts& parts) {
  const auto json = tokenizer.find("added_tokens");
  if (json == tokenizer.end() || json->is_null()) return;
  if (!json->is_array())
    fail("tokenizer.json: added_tokens: expected a list, found ", shown(*json));
  std::vector<AddedToken> raw, normalized;
  std::set<std::string> contents, normalized_contents;
  int next_id = int(vocabulary.size());
  for (const Json& item : *json) {
    AddedEntry entry = read_added_token(item);
    AddedToken& token = entry.token;
    if (token.content.empty()) continue;
    if (!contents.insert(token.content).second)
      fail("tokenizer.json: added_tokens: expected each token once, found ", quote(token.content),
           " twice");
    settle_id(token, vocabulary, next_id, parts);
    if (entry.normalized && parts.nfc) token.content = nfc(token.content);
    if (entry.normalized && !normalized_contents.insert(token.content).second)
      fail("tokenizer.json: added_tokens: two of them are ", quote(token.content), " in NFC");
    add_token(token, parts);
    (entry.normalized ? normalized : raw).push_back(std::move(token));
  }
  parts.added = AddedTokens(std::move(raw));
  parts.added_normalized = AddedTokens(std::move(normalized));
}

// What is read from the file and changes the text, or is left out, said in sentences.
void add_notices(const Json& tokenizer, const std::vector<PreTokenizerStage>& stages,
                 TokenizerParts& parts) {
  if (parts.nfc)
    parts.notices.push_back(
        "The tokenizer normalises texts (NFC): they may not come back byte for byte.");
  bool adds_space = false, removes = false;
  for (const PreTokenizerStage& stage : stages) {
    adds_space |= stage.add_prefix_space;
    removes |=
        stage.kind == PreTokenizerStage::Kind::split && stage.behavior == SplitBehavior::removed;
  }
  if (adds_space) parts.notices.push_back("The tokenizer puts a space in front of a text.");
  if (removes)
    parts.notices.push_back("The tokenizer leaves out the parts that it splits a text by.");
  parts.changes_text |= parts.nfc || adds_space || removes;
  for (const char* key : {"truncation", "padding"}) {
    const auto value = tokenizer.find(key);
    if (value != tokenizer.end() && !value->is_null())
      parts.notices.push_back(std::string("The tokenizer's ") + key +
                              " is left out: texts are read whole.");
  }
}

}  // namespace

TokenizerParts read_tokenizer_json(std::string_view text) {
  const Json tokenizer = parse_json(text, "tokenizer.json");
  if (!tokenizer.is_object()) fail("tokenizer.json: expected an object, found ", shown(tokenizer));
  if (tokenizer.contains("version") && tokenizer["version"] != "1.0")
    fail("tokenizer.json: version: expected \"1.0\", found ", shown(tokenizer["version"]));

  TokenizerParts parts;
  Bpe::Vocabulary vocabulary;
  read_model(tokenizer, parts, vocabulary);
  parts.nfc = read_normalizer(tokenizer, parts.not_done);
  auto stages = read_pre_tokenizer(tokenizer, parts.not_done);
  if (parts.not_done.empty()) read_added_tokens(tokenizer, vocabulary, parts);
  parts.bos = read_bos(tokenizer);
  if (parts.not_done.empty())
    add_notices(tokenizer, stages, parts);
  else
    parts.notices = {"The tokenizer's " + parts.not_done +
                     " is not done here: texts are read as token ids."};
  parts.pre_tokenizer = PreTokenizer(std::move(stages));
  return parts;
}

}  // namespace engine
