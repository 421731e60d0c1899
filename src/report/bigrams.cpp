#include "report/bigrams.h"

#include <algorithm>

namespace report {

namespace {

using engine::BigramCounts;
using engine::LoadedModel;
using engine::Vector;

Json number_or_null(const std::optional<float>& value) {
  return value ? number(*value) : Json(nullptr);
}

Json pairs_of(const LoadedModel& loaded, int token_id, const BigramCounts& counts,
              const Vector& log_probabilities) {
  std::vector<BigramCounts::Next> pairs = counts.next(token_id);
  std::stable_sort(
      pairs.begin(), pairs.end(),
      [](const BigramCounts::Next& a, const BigramCounts::Next& b) { return a.count > b.count; });
  Json list = Json::array();
  for (const BigramCounts::Next& next : pairs) {
    Json json = token(loaded, next.token);
    json["log_prob"] = number(log_probabilities[next.token]);
    json["counted"] = number(counts.log_probability(token_id, next));
    list.push_back(std::move(json));
  }
  return list;
}

engine::Correlation correlation_of(const engine::Model& model, const BigramCounts& counts) {
  engine::BigramCorrelation correlation(model, counts);
  while (!correlation.done()) correlation.step();
  return correlation.result();
}

}  // namespace

Json bigrams(const LoadedModel& loaded, int token_id, const BigramCounts* counts,
             const BigramsOptions& options) {
  const engine::Model& model = loaded.model;
  const Vector logits = engine::direct_logits(model, {token_id}).col(0);
  const Vector log_probabilities = engine::log_probabilities(logits);
  Json json = Json::object();
  json["token"] = token(loaded, token_id);
  json["next"] = Json::array();
  for (const Prediction& next : top_predictions(logits, log_probabilities, options.top)) {
    Json each = token(loaded, next.id);
    each["logit"] = number(next.logit);
    each["log_prob"] = number(next.log_probability);
    each["counted"] =
        counts ? number_or_null(counts->log_probability(token_id, next.id)) : Json(nullptr);
    json["next"].push_back(std::move(each));
  }
  engine::Correlation all, own;
  if (counts) {
    all = options.correlation ? *options.correlation : correlation_of(model, *counts);
    own = engine::token_correlation(*counts, token_id, log_probabilities);
  }
  json["correlation"] = number(float(all.value()));
  json["token_correlation"] = number(float(own.value()));
  json["pairs_counted"] = all.pairs();
  json["token_pairs_counted"] = own.pairs();
  if (options.pairs)
    json["pairs"] =
        counts ? pairs_of(loaded, token_id, *counts, log_probabilities) : Json(Json::array());
  if (!counts) json["reason"] = "no counted bigrams of this model's tokenizer were given";
  mark_folded(model.config, json);
  return json;
}

}  // namespace report
