#include "engine/training_log.h"

#include <algorithm>

#include "engine/error.h"
#include "engine/json.h"

namespace engine {

namespace {

// One line, and its name for messages.
struct Line {
  Json json;
  std::string name;

  const Json& at(const char* key) const {
    if (!json.is_object() || !json.contains(key)) fail(name, " has no ", key);
    return json[key];
  }
  double number(const char* key, const Json& value, double most) const {
    if (!value.is_number() || !(value.get<double>() >= 0 && value.get<double>() <= most))
      fail(name, ": ", key, " is ", shown(value), ", expected a number from 0 to ", most);
    return value.get<double>();
  }
  double number(const char* key, double most) const { return number(key, at(key), most); }
  std::optional<float> loss(const char* key) const {
    if (at(key).is_null()) return std::nullopt;
    return float(number(key, 1e6));
  }
  // A difference of losses; logs of other programs may lack it.
  std::optional<float> difference(const char* key) const {
    if (!json.contains(key) || json[key].is_null()) return std::nullopt;
    if (!json[key].is_number())
      fail(name, ": ", key, " is ", shown(json[key]), ", expected a number or null");
    return json[key].get<float>();
  }
};

std::vector<TrainingReport::Head> read_heads(const Line& line, const Config& config) {
  const std::vector<HeadId> expected = all_heads(config);
  const Json& json = line.at("heads");
  if (!json.is_array() || json.size() != expected.size())
    fail(line.name, ": heads is ", shown(json), ", expected a list of ", expected.size(), " heads");
  std::vector<TrainingReport::Head> heads;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Line head{json[i], line.name + ", " + name(expected[i])};
    if (head.at("head") != name(expected[i]))
      fail(head.name, ": found ", shown(head.at("head")), " in its place");
    heads.push_back({expected[i], float(head.number("induction", 1.001)),
                     float(head.number("previous_token", 1.001))});
  }
  return heads;
}

TrainingReport read_report(const Line& line, const Config& config) {
  TrainingReport report;
  report.tokens = line.number("tokens", 1e15);
  report.valid_loss = line.loss("valid_loss");
  report.in_context = line.difference("in_context");
  report.loss_second = line.loss("loss_second");
  report.accuracy_second = float(line.number("accuracy_second", 1));
  report.heads = read_heads(line, config);
  return report;
}

}  // namespace

TrainingLog read_training_log(std::string_view text, const Config& config) {
  TrainingLog log;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const std::string name = "the training log, line " + std::to_string(number);
    log.push_back(read_report({parse_json(line, name), name}, config));
    if (log.size() > 1 && log.back().tokens < log[log.size() - 2].tokens)
      fail(name, ": tokens is ", log.back().tokens, ", expected no less than the line before");
  }
  return log;
}

}  // namespace engine
