#include "engine/config.h"

#include <cmath>
#include <limits>
#include <set>

#include "engine/error.h"
#include "engine/json.h"

namespace engine {

namespace {

const char* const both_types =
    "normalization_type (null, \"LN\" or \"LNPre\"; TransformerLens's default is \"LN\") and "
    "positional_embedding_type (\"standard\" or \"shortformer\"; TransformerLens's default is "
    "\"standard\") in every config, since weights alone do not tell them";

// The keys of a config, which remembers those that were asked for.
class Keys {
 public:
  Keys(const Json& json, std::string_view file) : json_(json), file_(file) {}

  // Null when the key is not there.
  const Json* find(const char* key) {
    asked_.insert(key);
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }

  int integer(const char* key, int least) {
    const Json* value = find(key);
    const std::string expected = "a whole number from " + std::to_string(least) + " to " +
                                 std::to_string(std::numeric_limits<int>::max());
    if (!value) missing(key, expected);
    if (!value->is_number_integer() || value->get<double>() < least ||
        value->get<double>() > std::numeric_limits<int>::max())
      wrong(key, *value, expected);
    return value->get<int>();
  }

  // `missing` where the key is absent or null.
  double number(const char* key, double missing) {
    const Json* value = find(key);
    if (!value || value->is_null()) return missing;
    if (!value->is_number()) wrong(key, *value, "a number");
    return value->get<double>();
  }

  bool flag(const char* key, bool missing) {
    const Json* value = find(key);
    if (!value || value->is_null()) return missing;
    if (!value->is_boolean()) wrong(key, *value, "true or false");
    return value->get<bool>();
  }

  // TransformerLens turns a key off with null, false, or a number that is not positive (-1).
  bool is_on(const char* key) {
    const Json* value = find(key);
    if (!value || value->is_null()) return false;
    if (value->is_boolean()) return value->get<bool>();
    if (value->is_number()) return value->get<double>() > 0;
    return true;
  }

  void refuse_if_on(const char* key, const char* why) {
    if (is_on(key)) fail(file_, ": ", key, " is ", shown(*find(key)), ": ", why);
  }

  [[noreturn]] void missing(const char* key, const std::string& expected) const {
    if (json_.contains("model_type") || json_.contains("architectures"))
      fail(file_, " has no ", key, ": it is a Hugging Face config (model_type ",
           shown(json_.value("model_type", Json())),
           "), expected TransformerLens's words: n_layers, "
           "d_model, n_heads, d_head, n_ctx, d_vocab");
    fail(file_, " has no ", key, ", expected ", expected);
  }

  [[noreturn]] void wrong(const char* key, const Json& found, const std::string& expected) const {
    fail(file_, ": ", key, " is ", shown(found), ", expected ", expected);
  }

  std::vector<std::string> not_asked() const {
    std::vector<std::string> keys;
    for (const auto& [key, value] : json_.items())
      if (!asked_.count(key)) keys.push_back(key);
    return keys;
  }

 private:
  const Json& json_;
  std::string_view file_;
  std::set<std::string> asked_;
};

Normalization normalization_of(Keys& keys, bool has_norm_weights, std::string_view file) {
  const Json* value = keys.find("normalization_type");
  if (!value) {
    if (has_norm_weights) return Normalization::LN;
    fail(file, " has no normalization_type, expected ", both_types);
  }
  if (value->is_null()) return Normalization::none;
  if (*value == "LN") return Normalization::LN;
  if (*value == "LNPre") return Normalization::LNPre;
  keys.wrong("normalization_type", *value, "null, \"LN\" or \"LNPre\"");
}

Positions positions_of(Keys& keys, std::string_view file) {
  const Json* value = keys.find("positional_embedding_type");
  if (!value) fail(file, " has no positional_embedding_type, expected ", both_types);
  if (*value == "shortformer") return Positions::shortformer;
  if (*value == "standard") return Positions::standard;
  keys.wrong("positional_embedding_type", *value, "\"shortformer\" or \"standard\"");
}

// What scores are divided by: 1 without use_attn_scale; sqrt(d_head) for a missing one or -1.
double attn_scale_of(Keys& keys, const Config& config) {
  const bool used = keys.flag("use_attn_scale", true);
  const double scale = keys.number("attn_scale", -1);
  if (!used) return 1;
  if (scale == -1) return std::sqrt(double(config.d_head));
  if (!(float(scale) > 0) || !std::isfinite(float(scale)))
    keys.wrong("attn_scale", *keys.find("attn_scale"), "a positive number, or -1 for sqrt(d_head)");
  return scale;
}

std::vector<std::string> symbols_of(Keys& keys, int d_vocab) {
  const Json* value = keys.find("symbols");
  if (!value || value->is_null()) return {};
  if (!value->is_array()) keys.wrong("symbols", *value, "a list of strings");
  if (value->size() != std::size_t(d_vocab))
    keys.wrong(
        "symbols", *value,
        "d_vocab of them, " + std::to_string(d_vocab) + ", found " + std::to_string(value->size()));
  std::vector<std::string> symbols;
  std::set<std::string> distinct;
  for (const Json& symbol : *value) {
    if (!symbol.is_string() || symbol.get_ref<const std::string&>().empty())
      keys.wrong("symbols", symbol, "strings of one character each");
    symbols.push_back(symbol.get<std::string>());
    if (!distinct.insert(symbols.back()).second)
      keys.wrong("symbols", symbol, "each symbol once, found this one twice");
  }
  return symbols;
}

// Keys that would change the arithmetic into one that is not done here.
void refuse_other_arithmetic(Keys& keys, const Config& config) {
  const Json* direction = keys.find("attention_dir");
  if (direction && !direction->is_null() && *direction != "causal")
    keys.wrong("attention_dir", *direction, "\"causal\"");
  const Json* attn_only = keys.find("attn_only");
  if (attn_only && !attn_only->is_null() && *attn_only != true)
    keys.wrong("attn_only", *attn_only, "true: models with MLPs are not read");
  keys.refuse_if_on("use_local_attn", "local attention is not done");
  keys.refuse_if_on("scale_attn_by_inverse_layer_idx", "scores divided by the layer are not done");
  keys.refuse_if_on("attn_scores_soft_cap", "capped attention scores are not done");
  keys.refuse_if_on("output_logits_soft_cap", "capped logits are not done");
  keys.refuse_if_on("use_qk_norm", "normalized queries and keys are not done");
  keys.refuse_if_on("post_embedding_ln", "a LayerNorm after the embedding is not done");
  keys.refuse_if_on("use_normalization_before_and_after", "a second LayerNorm a layer is not done");
  keys.refuse_if_on("parallel_attn_mlp", "models with MLPs are not read");
  keys.refuse_if_on("use_alibi", "expected positional_embedding_type shortformer or standard");
  if (config.normalization != Normalization::none)
    keys.refuse_if_on("final_rms", "an RMS norm before the logits is not done");
  const struct {
    const char* key;
    int same;
    const char* expected;
  } counts[] = {{"n_key_value_heads", config.n_heads, "n_heads, "},
                {"d_vocab_out", config.d_vocab, "d_vocab, "}};
  for (const auto& count : counts)
    if (keys.is_on(count.key) && *keys.find(count.key) != count.same)
      keys.wrong(count.key, *keys.find(count.key), count.expected + std::to_string(count.same));
}

}  // namespace

ConfigFile read_config(std::string_view json, bool has_norm_weights, std::string_view file) {
  if (json.empty()) fail(file, " is missing or empty");
  const Json object = parse_json(json, file);
  if (!object.is_object()) fail(file, " is ", shown(object), ", expected a JSON object");
  Keys keys(object, file);
  ConfigFile result;
  Config& config = result.config;
  config.n_layers = keys.integer("n_layers", 0);
  config.d_model = keys.integer("d_model", 1);
  const int least = config.n_layers == 0 ? 0 : 1;  // a model without layers may say 0 heads
  config.n_heads = keys.integer("n_heads", least);
  config.d_head = keys.integer("d_head", least);
  config.n_ctx = keys.integer("n_ctx", 1);
  config.d_vocab = keys.integer("d_vocab", 1);
  config.normalization = normalization_of(keys, has_norm_weights, file);
  config.positions = positions_of(keys, file);
  config.eps = keys.number("eps", config.eps);
  if (!(config.eps >= 0) || !std::isfinite(float(config.eps)))
    keys.wrong("eps", *keys.find("eps"), "a number from 0");
  config.attn_scale = attn_scale_of(keys, config);
  config.prepend_bos = keys.flag("default_prepend_bos", false);
  config.symbols = symbols_of(keys, config.d_vocab);
  refuse_other_arithmetic(keys, config);
  result.ignored = keys.not_asked();
  return result;
}

}  // namespace engine
