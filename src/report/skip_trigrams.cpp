#include "report/skip_trigrams.h"

#include "engine/skip_trigrams.h"
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
  Json json = header(loaded, head);
  json["entries"] = Json::array();
  for (const engine::SkipTrigram& each : search.result())
    json["entries"].push_back({{"source", token(loaded, each.source)},
                               {"destination", token(loaded, each.destination)},
                               {"output", token(loaded, each.output)},
                               {"qk", number(each.qk)},
                               {"ov", number(each.ov)},
                               {"strength", number(each.strength)}});
  return json;
}

Json skip_trigrams_of(const LoadedModel& loaded, HeadId head, int source, int top) {
  const engine::TokenTables tables = engine::token_tables(loaded.model, head);
  const Vector outputs = tables.ov.column(source);
  Json json = header(loaded, head);
  json["source"] = token(loaded, source);
  json["destinations"] = highest(loaded, tables.qk.column(source), top, "qk");
  json["outputs"] = highest(loaded, outputs, top, "ov");
  json["lowest_outputs"] = highest(loaded, outputs, top, "ov", -1);
  return json;
}

}  // namespace report
