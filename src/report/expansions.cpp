#include "report/expansions.h"

namespace report {

Json importance(const engine::TermImportance& importance, int tokens) {
  Json json = Json::object();
  json["tokens"] = tokens;
  json["loss_uniform"] = number(float(importance.loss_uniform));
  json["loss_by_order"] = Json::array();
  for (double loss : importance.loss_by_order) json["loss_by_order"].push_back(number(float(loss)));
  json["loss"] = number(float(importance.loss));
  json["heads"] = Json::array();
  for (const engine::TermNats& term : importance.heads)
    json["heads"].push_back(
        {{"head", engine::name(term.path.front())}, {"nats", number(float(term.nats))}});
  json["virtual"] = Json::array();
  for (const engine::TermNats& term : importance.virtual_heads)
    json["virtual"].push_back(
        {{"path", path_names(term.path)}, {"nats", number(float(term.nats))}});
  return json;
}

}  // namespace report
