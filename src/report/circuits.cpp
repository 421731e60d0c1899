#include "report/circuits.h"

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

Json composition(const engine::Config& config, const engine::CompositionReadings& readings) {
  Json json = Json::object();
  json["pairs"] = Json::array();
  for (const engine::HeadPair& pair : readings.pairs())
    json["pairs"].push_back({{"earlier", engine::name(pair.earlier)},
                             {"later", engine::name(pair.later)},
                             {"q", number(float(pair.scores.q))},
                             {"k", number(float(pair.scores.k))},
                             {"v", number(float(pair.scores.v))}});
  const engine::CompositionBaseline baseline = readings.baseline();
  json["baseline"] = {{"q", baseline_of(baseline.mean.q, baseline.deviation.q)},
                      {"k", baseline_of(baseline.mean.k, baseline.deviation.k)},
                      {"v", baseline_of(baseline.mean.v, baseline.deviation.v)}};
  mark_folded(config, json);
  return json;
}

Json composition(const Model& model) {
  engine::CompositionReadings readings(model);
  while (!readings.done()) readings.step();
  return composition(model.config, readings);
}

Json heads(const engine::Config& config, const std::vector<engine::HeadReading>& readings) {
  Json json = Json::object();
  json["heads"] = Json::array();
  mark_folded(config, json);
  for (const engine::HeadReading& reading : readings) {
    const auto score = [&](double engine::HeadScores::*which) {
      return reading.scores ? number(float((*reading.scores).*which)) : Json();
    };
    json["heads"].push_back({{"head", engine::name(reading.head)},
                             {"copying", number(float(reading.copying))},
                             {"previous_token", score(&engine::HeadScores::previous_token)},
                             {"induction", score(&engine::HeadScores::induction)},
                             {"duplicate_token", score(&engine::HeadScores::duplicate_token)},
                             {"eigenvalues",
                              {{"ov", complex_numbers(reading.eigenvalues.ov)},
                               {"qk", complex_numbers(reading.eigenvalues.qk)}}}});
  }
  return json;
}

Json heads(const Model& model) {
  engine::HeadReadings readings(model);
  while (!readings.done()) readings.step();
  return heads(model.config, readings.result());
}

}  // namespace report
