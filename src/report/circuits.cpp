#include "report/circuits.h"

#include "engine/circuits.h"
#include "engine/composition.h"
#include "engine/head_kinds.h"
#include "report/report.h"

namespace report {

namespace {

using engine::Model;

Json complex_numbers(const std::vector<engine::Complex>& values) {
  Json list = Json::array();
  for (const engine::Complex& value : values) {
    Json pair = Json::array();
    pair.push_back(number(float(value.real())));
    pair.push_back(number(float(value.imag())));
    list.push_back(std::move(pair));
  }
  return list;
}

Json baseline_of(double mean, double deviation) {
  return {{"mean", number(float(mean))}, {"deviation", number(float(deviation))}};
}

}  // namespace

Json composition(const Model& model) {
  Json json = Json::object();
  json["pairs"] = Json::array();
  for (const engine::HeadPair& pair : engine::composition(model))
    json["pairs"].push_back({{"earlier", engine::name(pair.earlier)},
                             {"later", engine::name(pair.later)},
                             {"q", number(float(pair.scores.q))},
                             {"k", number(float(pair.scores.k))},
                             {"v", number(float(pair.scores.v))}});
  const engine::CompositionBaseline baseline =
      engine::composition_baseline(model.config.d_model, model.config.d_head);
  json["baseline"] = {{"q", baseline_of(baseline.mean.q, baseline.deviation.q)},
                      {"k", baseline_of(baseline.mean.k, baseline.deviation.k)},
                      {"v", baseline_of(baseline.mean.v, baseline.deviation.v)}};
  mark_folded(model.config, json);
  return json;
}

Json heads(const Model& model) {
  Json json = Json::object();
  json["heads"] = Json::array();
  mark_folded(model.config, json);
  const std::vector<engine::HeadId> ids = engine::all_heads(model.config);
  if (ids.empty()) return json;
  const engine::CircuitEigenvalues circuits(model);
  std::vector<engine::HeadScores> scores;
  if (engine::can_repeat(model.config)) scores = engine::repeated_scores(model).heads;
  for (std::size_t h = 0; h < ids.size(); ++h) {
    const engine::Eigenvalues eigenvalues = circuits.of(ids[h]);
    Json head = Json::object();
    head["head"] = engine::name(ids[h]);
    head["copying"] = number(float(engine::copying_score(eigenvalues.ov)));
    const bool scored = !scores.empty();
    head["previous_token"] = scored ? number(float(scores[h].previous_token)) : Json();
    head["induction"] = scored ? number(float(scores[h].induction)) : Json();
    head["duplicate_token"] = scored ? number(float(scores[h].duplicate_token)) : Json();
    head["eigenvalues"] = {{"ov", complex_numbers(eigenvalues.ov)},
                           {"qk", complex_numbers(eigenvalues.qk)}};
    json["heads"].push_back(std::move(head));
  }
  return json;
}

}  // namespace report
