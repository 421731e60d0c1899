#include "report/induction.h"

namespace report {

namespace {

using engine::HeadId;
using engine::LoadedModel;
using engine::Run;

// The keys of one earlier place; `place` may be null.
void add_place(const LoadedModel& loaded, const Run& run, const std::vector<HeadId>& heads,
               const engine::EarlierOccurrence* place, Json& json) {
  json["earlier"] = place ? Json(place->earlier) : Json(nullptr);
  json["next"] = place ? token(loaded, run.tokens[std::size_t(place->earlier + 1)]) : Json(nullptr);
  json["attention"] = Json::array();
  if (place)
    for (std::size_t h = 0; h < heads.size(); ++h)
      json["attention"].push_back(
          {{"head", engine::name(heads[h])}, {"weight", number(place->attention[h])}});
  json["probability"] = place ? number(place->probability) : Json(nullptr);
  json["probability_without"] =
      place && !heads.empty() ? number(place->probability_without) : Json(nullptr);
}

}  // namespace

Json induction_on_repeats(const engine::RepeatedScores& scores,
                          const engine::RepeatedOptions& options) {
  Json json = Json::object();
  json["length"] = scores.length;
  json["sequences"] = options.sequences;
  json["seed"] = options.seed;
  json["loss_first"] = number(float(scores.loss_first));
  json["loss_second"] = number(float(scores.loss_second));
  json["accuracy_second"] = number(float(scores.accuracy_second));
  json["loss_by_position"] = Json::array();
  for (double loss : scores.loss_by_position)
    json["loss_by_position"].push_back(number(float(loss)));
  json["heads"] = Json::array();
  for (const engine::HeadScores& head : scores.heads)
    json["heads"].push_back({{"head", engine::name(head.head)},
                             {"induction", number(float(head.induction))},
                             {"previous_token", number(float(head.previous_token))},
                             {"duplicate_token", number(float(head.duplicate_token))}});
  return json;
}

Json induction_on_text(const LoadedModel& loaded, const Run& run,
                       const std::vector<engine::InductionPosition>& positions,
                       const std::vector<HeadId>& heads) {
  Json json = tokens(loaded, run.tokens);
  json["induction_heads"] = Json::array();
  for (HeadId head : heads) json["induction_heads"].push_back(engine::name(head));
  json["positions"] = Json::array();
  for (const engine::InductionPosition& each : positions) {
    Json position = Json::object();
    position["position"] = each.position;
    const auto& places = each.occurrences;
    add_place(loaded, run, heads, places.empty() ? nullptr : &places.front(), position);
    for (std::size_t i = 1; i < places.size(); ++i) {
      Json other = Json::object();
      add_place(loaded, run, heads, &places[i], other);
      position["others"].push_back(std::move(other));
    }
    json["positions"].push_back(std::move(position));
  }
  return json;
}

}  // namespace report
