#include "engine/tokenizer_components.h"

#include <utility>

#include "engine/error.h"
#include "engine/utf8.h"

namespace engine {

namespace {

const std::string file = "tokenizer.json: ";

// A component of the file, or null.
const Json* component(const Json& tokenizer, const char* key) {
  const auto found = tokenizer.find(key);
  return found == tokenizer.end() || found->is_null() ? nullptr : &*found;
}

const Json& array_field(const Json& object, const char* key, const std::string& where) {
  const Json& value = field(object, key, where);
  if (!value.is_array()) fail(file, where, ".", key, ": expected a list, found ", shown(value));
  return value;
}

void not_done_component(std::string& not_done, const std::string& what) {
  if (not_done.empty()) not_done = what;
}

struct NamedBehavior {
  const char* name;
  SplitBehavior behavior;
};

constexpr NamedBehavior behaviors[] = {{"Isolated", SplitBehavior::isolated},
                                       {"Removed", SplitBehavior::removed},
                                       {"Contiguous", SplitBehavior::contiguous},
                                       {"MergedWithPrevious", SplitBehavior::merged_with_previous},
                                       {"MergedWithNext", SplitBehavior::merged_with_next}};

std::optional<Pattern> read_split_pattern(const Json& split, const std::string& where,
                                          std::string& not_done) {
  const Json& pattern = field(split, "pattern", where);
  const bool is_string = pattern.is_object() && pattern.size() == 1 && pattern.contains("String");
  const bool is_regex = pattern.is_object() && pattern.size() == 1 && pattern.contains("Regex");
  if (!is_string && !is_regex)
    fail(file, where, ".pattern: expected {\"String\": ...} or {\"Regex\": ...}, found ",
         shown(pattern));
  const std::string text =
      string_field(pattern, is_string ? "String" : "Regex", where + ".pattern");
  if (is_string && !text.empty()) return Pattern::literal(code_points(text));
  std::string reason = "an empty pattern";
  std::optional<Pattern> parsed;
  if (is_regex) parsed = Pattern::parse(text, reason);
  if (!parsed)
    not_done_component(not_done,
                       "pre_tokenizer Split with the pattern " + quote(text) + " (" + reason + ")");
  return parsed;
}

PreTokenizerStage read_split(const Json& split, const std::string& where, std::string& not_done) {
  PreTokenizerStage stage{PreTokenizerStage::Kind::split};
  stage.pattern = read_split_pattern(split, where, not_done);
  stage.invert = bool_field(split, "invert", where);
  const std::string name = string_field(split, "behavior", where);
  for (const NamedBehavior& behavior : behaviors) {
    if (behavior.name != name) continue;
    stage.behavior = behavior.behavior;
    return stage;
  }
  fail(file, where,
       ".behavior: expected Isolated, Removed, Contiguous, MergedWithPrevious or "
       "MergedWithNext, found ",
       quote(name));
}

PreTokenizerStage read_byte_level(const Json& byte_level, const std::string& where) {
  PreTokenizerStage stage{PreTokenizerStage::Kind::byte_level};
  stage.add_prefix_space = bool_field(byte_level, "add_prefix_space", where);
  const bool use_regex =
      !byte_level.contains("use_regex") || bool_field(byte_level, "use_regex", where);
  if (use_regex) stage.pattern = gpt2_pattern();
  return stage;
}

// Appends the stages of one pre-tokenizer.
void append_stages(const Json& pre_tokenizer, const std::string& where,
                   std::vector<PreTokenizerStage>& stages, std::string& not_done) {
  const std::string type = string_field(pre_tokenizer, "type", where);
  if (type == "Sequence") {
    for (const Json& part : array_field(pre_tokenizer, "pretokenizers", where))
      append_stages(part, where, stages, not_done);
  } else if (type == "ByteLevel") {
    stages.push_back(read_byte_level(pre_tokenizer, where));
  } else if (type == "Digits") {
    PreTokenizerStage stage{PreTokenizerStage::Kind::digits};
    stage.individual_digits = bool_field(pre_tokenizer, "individual_digits", where);
    stages.push_back(std::move(stage));
  } else if (type == "Split") {
    stages.push_back(read_split(pre_tokenizer, where, not_done));
  } else {
    not_done_component(not_done, "pre_tokenizer " + type);
  }
}

// Whether one normalizer is NFC, or a sequence of nothing but NFC.
bool is_nfc(const Json& normalizer, std::string& not_done) {
  const std::string type = string_field(normalizer, "type", "normalizer");
  if (type == "NFC") return true;
  if (type != "Sequence") {
    not_done_component(not_done, "normalizer " + type);
    return false;
  }
  bool nfc = false;
  for (const Json& part : array_field(normalizer, "normalizers", "normalizer"))
    nfc = is_nfc(part, not_done) || nfc;
  return nfc;
}

// The first piece of a template for a single text, if it is a token: {"SpecialToken": {"id":
// "<s>"}}.
std::optional<int> bos_of_template(const Json& processor, const std::string& where) {
  const Json& pieces = array_field(processor, "single", where);
  if (pieces.empty()) return std::nullopt;
  const Json& first = pieces[0];
  if (!first.is_object() || !first.contains("SpecialToken")) return std::nullopt;
  const std::string name = string_field(first["SpecialToken"], "id", where + ".single");
  const Json& tokens = field(processor, "special_tokens", where);
  const Json& token = field(tokens, name.c_str(), where + ".special_tokens");
  const Json& ids = array_field(token, "ids", where + ".special_tokens");
  if (ids.empty()) return std::nullopt;
  return id_value(ids[0], where + ".special_tokens " + quote(name));
}

std::optional<int> bos_of(const Json& processor, const std::string& where) {
  const std::string type = string_field(processor, "type", where);
  if (type == "TemplateProcessing") return bos_of_template(processor, where);
  if (type == "RobertaProcessing" || type == "BertProcessing") {
    const Json& cls = array_field(processor, "cls", where);
    if (cls.size() != 2) fail(file, where, ".cls: expected a token and its id, found ", shown(cls));
    return id_value(cls[1], where + ".cls");
  }
  std::optional<int> bos;
  if (type == "Sequence")
    for (const Json& part : array_field(processor, "processors", where))
      if (const auto id = bos_of(part, where)) bos = id;  // a later one goes in front
  return bos;
}

}  // namespace

const Json& field(const Json& object, const char* key, const std::string& where) {
  if (!object.is_object()) fail(file, where, ": expected an object, found ", shown(object));
  const auto found = object.find(key);
  if (found == object.end()) fail(file, where, ": expected the key ", quote(key), ", found none");
  return *found;
}

bool bool_field(const Json& object, const char* key, const std::string& where) {
  const Json& value = field(object, key, where);
  if (!value.is_boolean())
    fail(file, where, ".", key, ": expected true or false, found ", shown(value));
  return value.get<bool>();
}

std::string string_field(const Json& object, const char* key, const std::string& where) {
  const Json& value = field(object, key, where);
  if (!value.is_string()) fail(file, where, ".", key, ": expected a string, found ", shown(value));
  return value.get<std::string>();
}

int id_value(const Json& value, const std::string& where) {
  const bool is_id = value.is_number_unsigned() && value.get<std::uint64_t>() <= largest_id;
  if (!is_id)
    fail(file, where, ": expected an id from 0 to ", largest_id, ", found ", shown(value));
  return value.get<int>();
}

bool read_normalizer(const Json& tokenizer, std::string& not_done) {
  const Json* normalizer = component(tokenizer, "normalizer");
  return normalizer && is_nfc(*normalizer, not_done);
}

std::vector<PreTokenizerStage> read_pre_tokenizer(const Json& tokenizer, std::string& not_done) {
  std::vector<PreTokenizerStage> stages;
  const Json* pre_tokenizer = component(tokenizer, "pre_tokenizer");
  if (pre_tokenizer) append_stages(*pre_tokenizer, "pre_tokenizer", stages, not_done);
  int byte_levels = 0;
  for (const PreTokenizerStage& stage : stages)
    byte_levels += stage.kind == PreTokenizerStage::Kind::byte_level;
  if (byte_levels == 0) not_done_component(not_done, "pre_tokenizer without ByteLevel");
  if (byte_levels > 1) not_done_component(not_done, "pre_tokenizer with ByteLevel more than once");
  return stages;
}

std::optional<int> read_bos(const Json& tokenizer) {
  const Json* processor = component(tokenizer, "post_processor");
  if (!processor) return std::nullopt;
  return bos_of(*processor, "post_processor");
}

}  // namespace engine
