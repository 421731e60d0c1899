#include "report/expansions.h"

namespace report {

namespace {

using engine::LoadedModel;
using engine::Run;

Json side(const engine::ScoreSide& side) {
  if (side.kind == engine::ScoreSide::Kind::path) return path_names(side.path);
  return engine::name(side);
}

Json rows(const engine::Matrix& matrix) {
  Json list = Json::array();
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) list.push_back(numbers(matrix.row(i)));
  return list;
}

}  // namespace

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

Json scores(const engine::ScoreExpansion& expansion) {
  Json json = Json::object();
  json["score"] = number(expansion.score);
  json["sum"] = number(expansion.sum);
  json["terms"] = Json::array();
  for (const engine::ScoreTerm& each : expansion.terms) {
    Json term = Json::object();
    term["query_path"] = side(each.query);
    term["key_path"] = side(each.key);
    term["kind"] = engine::name(each.kind());
    term["score"] = number(each.score);
    if (each.cut) term["cut"] = true;
    json["terms"].push_back(std::move(term));
  }
  return json;
}

Json expansion(const LoadedModel& loaded, const Run& run,
               const std::vector<engine::TermTensor>& terms) {
  const engine::Config& config = loaded.model.config;
  Json json = tokens(loaded, run.tokens);
  json["distinct"] = token_list(loaded, engine::distinct_tokens(run.tokens));
  json["layers"] = config.n_layers;
  json["terms"] = Json::array();
  for (const engine::TermTensor& each : terms) {
    Json term = Json::object();
    term["path"] = path_names(each.path);
    term["pattern"] = rows(each.pattern);
    term["weights"] = rows(each.weights);
    if (each.positions.size()) term["positions"] = rows(each.positions);
    if (each.cut) term["cut"] = true;
    json["terms"].push_back(std::move(term));
  }
  mark_folded(config, json);
  return json;
}

}  // namespace report
