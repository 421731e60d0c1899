#include "report/claims.h"

#include "engine/error.h"
#include "engine/sha256.h"

namespace report {

namespace {

using engine::Bound;
using engine::Claim;
using engine::LoadedModel;
using engine::Measured;

void add_measured(Json& json, const Measured& measured) {
  const bool bound = measured.bound != Bound::none;
  json["measurement"] = measured.what;
  json["measured"] = number(float(measured.value));
  json["comparison"] = bound ? Json(engine::name(measured.bound)) : Json(nullptr);
  json["threshold"] = bound ? number(float(measured.threshold)) : Json(nullptr);
}

Json claim_json(const Claim& claim) {
  Json json = Json::object();
  json["id"] = claim.text->id;
  json["section"] = claim.text->section;
  json["claim"] = claim.text->claim;
  for (const char* key : {"measurement", "measured", "comparison", "threshold"})
    json[key] = nullptr;
  if (!claim.measured.empty()) add_measured(json, claim.measured.front());
  json["holds"] = claim.holds ? Json(*claim.holds) : Json(nullptr);
  json["reason"] = claim.reason.empty() ? Json(nullptr) : Json(claim.reason);
  json["layers"] = claim.measured.empty() ? Json(nullptr) : Json(claim.n_layers);
  for (std::size_t i = 1; i < claim.measured.size(); ++i) {
    Json also = Json::object();
    add_measured(also, claim.measured[i]);
    json["also"].push_back(std::move(also));
  }
  return json;
}

// The place of a model in the set by its layers.
const engine::Model*& place(engine::ClaimSources& sources, int n_layers) {
  if (n_layers == 0) return sources.zero_layer;
  return n_layers == 1 ? sources.one_layer : sources.two_layer;
}

void add_set(const LoadedModel& loaded, const Request& request, engine::ClaimSources& sources) {
  for (const auto& other : request.set) {
    const int n_layers = other->model.config.n_layers;
    if (n_layers > 2) engine::fail("the set: a model of ", n_layers, " layers, expected 0 to 2");
    if (place(sources, n_layers))
      engine::fail("the set: two models of ", n_layers, " layers, expected one of each");
    if (other->tokenizer_sha256 != loaded.tokenizer_sha256)
      engine::fail("the set: the tokenizer of the model of ", n_layers,
                   " layers is another than the model's");
    place(sources, n_layers) = &other->model;
  }
}

}  // namespace

Json claims(const std::vector<Claim>& claims) {
  Json json = Json::object();
  json["claims"] = Json::array();
  for (const Claim& claim : claims) json["claims"].push_back(claim_json(claim));
  return json;
}

ClaimsMeasurement measure_claims(const LoadedModel& loaded, const Request& request) {
  engine::ClaimSources sources;
  add_set(loaded, request, sources);
  if (request.text || request.ids) sources.text = tokens_of(loaded, request);
  if (request.counts) {
    sources.counts = engine::BigramCounts::from_json(*request.counts);
    engine::require_fit(*sources.counts, loaded);
    const std::string& scored = sources.counts->own_sha256();
    if (request.text && !scored.empty() && engine::sha256(*request.text) == scored)
      sources.counted_loss = sources.counts->own_loss();
  }
  if (request.log) sources.log = engine::read_training_log(*request.log, loaded.model.config);
  return {request.set, std::make_unique<engine::ClaimsMeter>(loaded.model, std::move(sources))};
}

}  // namespace report
