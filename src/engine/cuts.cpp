#include "engine/cuts.h"

#include <tuple>

#include "engine/error.h"

namespace engine {

namespace {

[[noreturn]] void refuse(std::string_view expression, const std::string& why) {
  fail("cut '", expression, "': ", why,
       "; expected L0H3, L0H3>L1H5:K (or Q, V), L0H3>logits, path:L0H3-L1H5 or path:direct, "
       "with * for all heads, all of a layer (L0*) or all later ones (L0H3>*:K)");
}

// "L0*" -> 0
int layer_of(std::string_view text, std::string_view expression, const Config& config) {
  if (all_heads(config).empty()) refuse(expression, "this model has no heads");
  try {  // it is named as its first head is
    return parse_head(std::string(text.substr(0, text.size() - 1)) + "H0", config).layer;
  } catch (const Error&) {
    refuse(expression, "heads '" + std::string(text) + "', expected L0* to L" +
                           std::to_string(config.n_layers - 1) + "*");
  }
}

// "L0H3" -> that head; "L0*" -> all heads of the layer; "*" -> all heads from `first_layer` on.
std::vector<HeadId> heads_of(std::string_view text, int first_layer, std::string_view expression,
                             const Config& config) {
  std::vector<HeadId> heads;
  if (text == "*") {
    for (HeadId head : all_heads(config))
      if (head.layer >= first_layer) heads.push_back(head);
    return heads;
  }
  if (text.size() >= 3 && text.back() == '*') {
    const int layer = layer_of(text, expression, config);
    for (int h = 0; h < config.n_heads; ++h) heads.push_back({layer, h});
    return heads;
  }
  try {
    return {parse_head(text, config)};
  } catch (const Error& error) {
    refuse(expression, error.what());
  }
}

Path path_of(std::string_view text, std::string_view expression, const Config& config) {
  if (text.find('*') != text.npos) refuse(expression, "a path names its heads");
  try {
    return parse_path(text, config);
  } catch (const Error& error) {
    refuse(expression, error.what());
  }
}

Input parse_input(std::string_view text, std::string_view expression) {
  if (text == "Q") return Input::Q;
  if (text == "K") return Input::K;
  if (text == "V") return Input::V;
  refuse(expression, "an edge ends in :Q, :K or :V, found ':" + std::string(text) + "'");
}

}  // namespace

char letter(Input input) {
  return "QKV"[int(input)];
}

bool Cuts::Edge::operator<(const Edge& other) const {
  return std::tie(earlier, later, input) < std::tie(other.earlier, other.later, other.input);
}

Cuts Cuts::parse(const std::vector<std::string>& expressions, const Config& config) {
  Cuts cuts;
  for (const std::string& expression : expressions) cuts.add(expression, config);
  cuts.expressions_ = expressions;
  return cuts;
}

void Cuts::add(std::string_view expression, const Config& config) {
  const std::string_view path_prefix = "path:";
  if (expression.substr(0, path_prefix.size()) == path_prefix) {
    paths_.insert(path_of(expression.substr(path_prefix.size()), expression, config));
    return;
  }
  const std::size_t arrow = expression.find('>');
  const std::vector<HeadId> earlier = heads_of(expression.substr(0, arrow), 0, expression, config);
  if (earlier.empty()) refuse(expression, "this model has no heads");
  if (arrow == expression.npos) {  // the whole write: every edge out of the head
    for (HeadId head : earlier) {
      logits_.insert(head);
      for (HeadId later : all_heads(config))
        if (later.layer > head.layer)
          for (Input input : all_inputs) edges_.insert({head, later, input});
    }
    return;
  }
  const std::string_view reader = expression.substr(arrow + 1);
  if (reader == "logits") {
    logits_.insert(earlier.begin(), earlier.end());
    return;
  }
  const std::size_t colon = reader.find(':');
  if (colon == reader.npos) refuse(expression, "an edge ends in :Q, :K or :V");
  const Input input = parse_input(reader.substr(colon + 1), expression);
  bool any = false;
  for (HeadId head : earlier)
    for (HeadId later : heads_of(reader.substr(0, colon), head.layer + 1, expression, config)) {
      if (later.layer <= head.layer) continue;
      edges_.insert({head, later, input});
      any = true;
    }
  if (!any) refuse(expression, "no head on the right is above one on the left");
}

bool Cuts::edge(HeadId earlier, HeadId later, Input input) const {
  return edges_.count({earlier, later, input}) > 0;
}

bool Cuts::logits(HeadId head) const {
  return logits_.count(head) > 0;
}

bool Cuts::path(const Path& path) const {
  return paths_.count(path) > 0;
}

bool Cuts::removes(const Path& path) const {
  if (this->path(path) || (!path.empty() && logits(path.back()))) return true;
  for (std::size_t i = 1; i < path.size(); ++i)
    if (edge(path[i - 1], path[i], Input::V)) return true;
  return false;
}

bool Cuts::touches(HeadId later, Input input) const {
  for (const Edge& edge : edges_)
    if (edge.later == later && edge.input == input) return true;
  return false;
}

}  // namespace engine
