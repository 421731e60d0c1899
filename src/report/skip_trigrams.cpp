#include "report/skip_trigrams.h"

#include "engine/trigram_kinds.h"
#include "report/report.h"

namespace report {

namespace {

using engine::HeadId;
using engine::LoadedModel;
using engine::Vector;

Json header(const LoadedModel& loaded, HeadId head) {
  Json json = Json::object();
  json["head"] = engine::name(head);
  if (head.layer > 0) json["direct_path"] = true;
  mark_folded(loaded.model.config, json);
  return json;
}

// The tokens with the highest values, or, with a sign of -1, the lowest.
Json highest(const LoadedModel& loaded, const Vector& values, int count, const char* key,
             float sign = 1) {
  Json list = Json::array();
  for (int id : engine::top_tokens(sign * values, count)) {
    Json json = token(loaded, id);
    json[key] = number(values[id]);
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

Json skip_trigrams(const LoadedModel& loaded, HeadId head, int top) {
  engine::SkipTrigramSearch search(loaded.model, head, top);
  while (!search.done()) search.step();
  return skip_trigrams(loaded, head, search.result());
}

Json skip_trigrams(const LoadedModel& loaded, HeadId head,
                   const std::vector<engine::SkipTrigram>& found) {
  Json json = header(loaded, head);
  json["entries"] = Json::array();
  for (const engine::SkipTrigram& each : found) {
    Json entry = {{"source", token(loaded, each.source)},
                  {"destination", token(loaded, each.destination)},
                  {"output", token(loaded, each.output)},
                  {"qk", number(each.qk)},
                  {"ov", number(each.ov)},
                  {"strength", number(each.strength)}};
    const engine::TrigramKind kind = engine::kind_of(loaded.tokenizer, each);
    if (kind != engine::TrigramKind::other) entry["kind"] = engine::name(kind);
    json["entries"].push_back(std::move(entry));
  }
  return json;
}

Json skip_trigrams_of(const LoadedModel& loaded, HeadId head, int source, int top) {
  const engine::SourceColumn column = engine::source_column(loaded.model, head, source);
  Json json = header(loaded, head);
  json["source"] = token(loaded, source);
  json["destinations"] = highest(loaded, column.qk, top, "qk");
  json["outputs"] = highest(loaded, column.ov, top, "ov");
  json["lowest_outputs"] = highest(loaded, column.ov, top, "ov", -1);
  return json;
}

Json crossed(const LoadedModel& loaded, const engine::CrossedTrigrams& crossed,
             const engine::BigramCounts& counts) {
  Json json = Json::object();
  json["source"] = token(loaded, crossed.source);
  json["weakest"] = number(crossed.weakest());
  json["entries"] = Json::array();
  for (const auto& [d, o] : {std::pair(0, 0), {1, 1}, {0, 1}, {1, 0}}) {
    const int destination = crossed.destinations[std::size_t(d)];
    const int output = crossed.outputs[std::size_t(o)];
    const std::optional<float> counted = counts.log_probability(destination, output);
    json["entries"].push_back({{"destination", token(loaded, destination)},
                               {"output", token(loaded, output)},
                               {"strength", number(crossed.strength(d, o))},
                               {"counted", counted ? number(*counted) : Json(nullptr)}});
  }
  return json;
}

}  // namespace report
