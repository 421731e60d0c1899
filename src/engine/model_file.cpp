#include "engine/model_file.h"

#include "engine/error.h"
#include "engine/foreign_file.h"
#include "engine/json.h"
#include "engine/sha256.h"

namespace engine {

namespace {

// A JSON text of the model's: a file, or a string in the __metadata__ of the weights.
struct Source {
  std::string_view text;  // empty: there is none
  std::string name;       // in messages
};

Source source_of(std::string_view file, const char* file_name, const Safetensors& weights,
                 const char* metadata_key) {
  if (!file.empty()) return {file, file_name};
  const auto found = weights.metadata.find(metadata_key);
  if (found == weights.metadata.end()) return {{}, file_name};
  return {found->second,
          "the " + std::string(metadata_key) + " in the __metadata__ of " + weights.name};
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// The tokenizer.json, or else the config's symbols, or else ids.
void read_tokenizer(const Source& source, LoadedModel& loaded) {
  Config& config = loaded.model.config;
  if (source.text.empty()) {
    loaded.tokenizer = config.symbols.empty() ? Tokenizer::of_ids(config.d_vocab)
                                              : Tokenizer::from_symbols(config.symbols);
    if (config.symbols.empty()) loaded.why_ids = "the model has no tokenizer.json";
    return;
  }
  refuse_foreign(source.text, source.name);
  loaded.tokenizer_sha256 = sha256(source.text);
  const Tokenizer tokenizer = Tokenizer::from_json(source.text);
  append(loaded.notices, tokenizer.notices());
  const bool usable = tokenizer.kind() != Tokenizer::Kind::ids;
  loaded.tokenizer = usable ? tokenizer : Tokenizer::of_ids(config.d_vocab);
  if (!usable) loaded.why_ids = "the tokenizer's " + tokenizer.not_done() + " is not done here";
  if (tokenizer.size() > config.d_vocab)
    loaded.notices.push_back(
        "The tokenizer has " + std::to_string(tokenizer.size()) +
        " tokens, but the model has d_vocab = " + std::to_string(config.d_vocab) +
        ": a text that needs one of the others is refused.");
  if (!config.symbols.empty()) loaded.ignored.push_back("symbols");
  config.symbols.clear();
}

// The bos_token of a tokenizer_config.json: a string, or an added token's object; "" for none.
std::string bos_text(std::string_view tokenizer_config) {
  if (tokenizer_config.empty()) return "";
  const Json json = parse_json(tokenizer_config, "tokenizer_config.json");
  if (!json.is_object() || !json.contains("bos_token")) return "";
  Json token = json["bos_token"];
  if (token.is_object()) token = token.value("content", Json());
  return token.is_string() ? token.get<std::string>() : "";
}

// The token in front of a text, or -1.
int bos_of(const LoadedModel& loaded, std::string_view tokenizer_config) {
  const Config& config = loaded.model.config;
  if (!config.prepend_bos || loaded.tokenizer.kind() == Tokenizer::Kind::ids) return -1;
  std::optional<int> bos = loaded.tokenizer.bos();
  const std::string text = bos ? "" : bos_text(tokenizer_config);
  if (!text.empty()) bos = loaded.tokenizer.find(text);
  if (!bos)
    fail("default_prepend_bos is true in the config, but ",
         text.empty() ? "neither the tokenizer's post-processor nor a tokenizer_config.json names "
                        "the token; expected bos_token in tokenizer_config.json"
                      : "the tokenizer has no token " + quote(text) +
                            ", which tokenizer_config.json names as bos_token",
         ", or default_prepend_bos false");
  if (*bos >= config.d_vocab)
    fail("the token in front of a text has id ", *bos,
         ", expected less than d_vocab = ", config.d_vocab);
  return *bos;
}

// The text's tokens; where it should have been ids and is not, the Error says why it should.
std::vector<int> encode(const LoadedModel& loaded, std::string_view text) {
  if (loaded.why_ids.empty()) return loaded.tokenizer.encode(text);
  try {
    return loaded.tokenizer.encode(text);
  } catch (const Error& error) {
    fail(error.what(), "; the text is read as ids because ", loaded.why_ids);
  }
}

}  // namespace

ModelReading::ModelReading(const ModelFiles& files)
    : files_(files),
      file_(read_safetensors(files.weights, files.weights_name)),
      prefix_(name_prefix(file_)) {
  const Source source = source_of(files.config, "config.json", file_, "config");
  config_ = read_config(source.text, has_norm_weights(file_, prefix_), source.name);
  weights_.emplace(file_, prefix_, config_.config);
}

LoadedModel ModelReading::take() {
  WeightsFile weights = weights_->take();
  LoadedModel loaded;
  loaded.model = {std::move(config_.config), std::move(weights.weights)};
  loaded.parameters = weights.parameters;
  append(loaded.ignored, config_.ignored);
  append(loaded.ignored, weights.ignored);
  if (!prefix_.empty())
    loaded.notices.push_back("The tensors' names start with " + quote(prefix_) +
                             "; they were read without it.");
  read_tokenizer(source_of(files_.tokenizer, "tokenizer.json", file_, "tokenizer"), loaded);
  loaded.bos = bos_of(loaded, files_.tokenizer_config);
  return loaded;
}

LoadedModel load_model(const ModelFiles& files) {
  ModelReading reading(files);
  while (!reading.done()) reading.step();
  return reading.take();
}

std::vector<int> read_text(const LoadedModel& loaded, std::string_view text) {
  std::vector<int> tokens = encode(loaded, text);
  const int d_vocab = loaded.model.config.d_vocab;
  for (int token : tokens)
    if (token < 0 || token >= d_vocab)
      fail("the text has the token ", quote(loaded.tokenizer.bytes(token)), " with id ", token,
           ", expected ids less than d_vocab = ", d_vocab);
  if (loaded.bos >= 0 && !tokens.empty()) tokens.insert(tokens.begin(), loaded.bos);
  return tokens;
}

}  // namespace engine
