#include "report/report.h"

#include "engine/circuits.h"

namespace report {

namespace {

using engine::Config;
using engine::HeadId;
using engine::LoadedModel;
using engine::Run;

std::string hexadecimal(const std::string& bytes) {
  const char* digits = "0123456789abcdef";
  std::string text;
  for (unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

Json config(const Config& config) {
  Json json = Json::object();
  json["n_layers"] = config.n_layers;
  json["d_model"] = config.d_model;
  json["n_heads"] = config.n_heads;
  json["d_head"] = config.d_head;
  json["n_ctx"] = config.n_ctx;
  json["d_vocab"] = config.d_vocab;
  const bool none = config.normalization == engine::Normalization::none;
  json["normalization_type"] = nullptr;
  if (!none)
    json["normalization_type"] = config.normalization == engine::Normalization::LN ? "LN" : "LNPre";
  json["positional_embedding_type"] =
      config.positions == engine::Positions::shortformer ? "shortformer" : "standard";
  json["eps"] = number(float(config.eps));
  json["attn_scale"] = number(float(config.attn_scale));
  json["default_prepend_bos"] = config.prepend_bos;
  if (!config.symbols.empty()) json["symbols"] = config.symbols;
  return json;
}

const char* name(engine::Tokenizer::Kind kind) {
  switch (kind) {
    case engine::Tokenizer::Kind::bpe:
      return "bpe";
    case engine::Tokenizer::Kind::symbols:
      return "symbols";
    case engine::Tokenizer::Kind::ids:
      return "ids";
  }
  return "";
}

Json prediction(const LoadedModel& loaded, const Prediction& next) {
  Json json = token(loaded, next.id);
  json["logit"] = number(next.logit);
  json["log_prob"] = number(next.log_probability);
  return json;
}

Json term(const engine::Term& term, bool sources) {
  Json json = Json::object();
  json["path"] = path_names(term.path);
  json["kind"] = engine::name(term.kind);
  json["logit"] = number(term.logit);
  if (term.cut) json["cut"] = true;
  if (!sources) return json;
  Json list = Json::array();
  for (Eigen::Index i = 0; i < term.sources.size(); ++i) {
    Json source = Json::object();  // there are thousands: no initializer list, which is copied
    source["position"] = int(i);
    source["logit"] = number(term.sources[i]);
    list.push_back(std::move(source));
  }
  json["sources"] = std::move(list);
  return json;
}

// Row by row (destinations); what lies after the destination is null in the scores, 0 in the
// pattern.
Json attention_of(const Run& run, HeadId id) {
  const engine::HeadRunOf<float>& head = run.head(id);
  Json pattern = Json::array(), scores = Json::array();
  for (int destination = 0; destination < run.n(); ++destination) {
    pattern.push_back(numbers(head.pattern.row(destination)));
    Json row = numbers(head.scores.row(destination));
    for (std::size_t source = std::size_t(destination) + 1; source < row.size(); ++source)
      row[source] = nullptr;
    scores.push_back(std::move(row));
  }
  Json json = Json::object();
  json["head"] = engine::name(id);
  json["pattern"] = std::move(pattern);
  json["scores"] = std::move(scores);
  return json;
}

}  // namespace

Json path_names(const engine::Path& path) {
  Json names = Json::array();
  for (HeadId head : path) names.push_back(engine::name(head));
  return names;
}

Json token(const LoadedModel& loaded, int id) {
  const std::string bytes = loaded.tokenizer.bytes(id);
  Json json = Json::object();
  json["id"] = id;
  if (engine::is_well_formed(bytes)) {
    json["text"] = bytes;
  } else {
    json["text"] = engine::well_formed(bytes);
    json["bytes"] = hexadecimal(bytes);
  }
  return json;
}

Json token_list(const LoadedModel& loaded, const std::vector<int>& ids) {
  Json list = Json::array();
  for (int id : ids) list.push_back(token(loaded, id));
  return list;
}

Json info(const LoadedModel& loaded) {
  Json heads = Json::array();
  for (HeadId head : engine::all_heads(loaded.model.config)) heads.push_back(engine::name(head));
  Json json = Json::object();
  json["config"] = config(loaded.model.config);
  json["parameters"] = loaded.parameters;
  json["tokenizer"] = name(loaded.tokenizer.kind());
  json["heads"] = std::move(heads);
  json["ignored"] = loaded.ignored;
  json["notices"] = loaded.notices;
  return json;
}

Json tokens(const LoadedModel& loaded, const std::vector<int>& ids) {
  Json json = Json::object();
  json["tokens"] = token_list(loaded, ids);
  return json;
}

Json loss(const engine::HeldOutLoss& held_out, int tokens) {
  Json by_position = Json::array();
  for (double loss : held_out.loss_by_position) by_position.push_back(number(float(loss)));
  return {{"tokens", tokens},
          {"predictions", std::int64_t(held_out.predictions)},
          {"loss", number(float(held_out.loss))},
          {"in_context", held_out.in_context ? number(float(*held_out.in_context)) : Json()},
          {"loss_by_position", std::move(by_position)}};
}

void mark_folded(const engine::Config& config, Json& json) {
  if (engine::has_norm(config)) json["folded"] = true;
}

std::vector<Prediction> top_predictions(const engine::Vector& logits,
                                        const engine::Vector& log_probabilities, int count) {
  std::vector<Prediction> top;
  for (int id : engine::top_tokens(logits, count))
    top.push_back({id, logits[id], log_probabilities[id]});
  return top;
}

Json logits(const LoadedModel& loaded, const Run& run, const LogitsOptions& options) {
  Json positions = Json::array(), all = Json::array();
  for (int position = 0; position < run.n(); ++position) {
    const engine::Vector column = run.logits.col(position);
    const engine::Vector log_probabilities = engine::log_probabilities(column);
    Json json = Json::object();
    json["position"] = position;
    json["loss"] = nullptr;
    if (position + 1 < run.n())
      json["loss"] = number(-log_probabilities[run.tokens[std::size_t(position) + 1]]);
    json["top"] = Json::array();
    for (const Prediction& next : top_predictions(column, log_probabilities, options.top))
      json["top"].push_back(prediction(loaded, next));
    positions.push_back(std::move(json));
    if (options.full) all.push_back(numbers(column));
  }
  Json json = tokens(loaded, run.tokens);
  json["positions"] = std::move(positions);
  if (options.full) json["logits"] = std::move(all);
  return json;
}

Json paths(const LoadedModel& loaded, const engine::Expansion& expansion,
           const PathsOptions& options) {
  const engine::Reading& reading = expansion.reading;
  Json json = Json::object();
  json["position"] = expansion.position;
  json["target"] = token(loaded, reading.target);
  if (reading.against == engine::Reading::Against::mean) json["against"] = "mean";
  if (reading.against == engine::Reading::Against::token)
    json["against"] = token(loaded, reading.against_token);
  json["logit"] = number(expansion.logit);
  json["sum"] = number(expansion.sum);
  json["max_abs_error"] = number(expansion.max_abs_error);
  json["terms"] = Json::array();
  int left_out = 0;
  double rest = 0;
  for (const engine::Term& each : expansion.terms) {
    if (options.top && int(json["terms"].size()) >= *options.top) {
      ++left_out;
      rest += double(each.logit);
    } else {
      json["terms"].push_back(term(each, options.sources));
    }
  }
  if (options.top) json["rest"] = {{"terms", left_out}, {"logit", number(float(rest))}};
  return json;
}

Json attention(const LoadedModel& loaded, const Run& run, std::optional<HeadId> head) {
  const std::vector<HeadId> heads =
      head ? std::vector<HeadId>{*head} : engine::all_heads(loaded.model.config);
  Json json = tokens(loaded, run.tokens);
  json["heads"] = Json::array();
  for (HeadId id : heads) json["heads"].push_back(attention_of(run, id));
  return json;
}

}  // namespace report
