#include "explorer/training_log.h"

#include <algorithm>

#include "engine/error.h"
#include "engine/json.h"

namespace explorer {

namespace {

using engine::Json;

// One line, and its name for messages.
struct Line {
  Json json;
  std::string name;

  const Json& at(const char* key) const {
    if (!json.is_object() || !json.contains(key)) engine::fail(name, " has no ", key);
    return json[key];
  }
  double number(const char* key, const Json& value, double most) const {
    if (!value.is_number() || !(value.get<double>() >= 0 && value.get<double>() <= most))
      engine::fail(name, ": ", key, " is ", engine::shown(value), ", expected a number from 0 to ",
                   most);
    return value.get<double>();
  }
  double number(const char* key, double most) const { return number(key, at(key), most); }
  std::optional<float> loss(const char* key) const {
    if (at(key).is_null()) return std::nullopt;
    return float(number(key, 1e6));
  }
};

std::vector<TrainingReport::Head> read_heads(const Line& line, const engine::Config& config) {
  const std::vector<engine::HeadId> expected = engine::all_heads(config);
  const Json& json = line.at("heads");
  if (!json.is_array() || json.size() != expected.size())
    engine::fail(line.name, ": heads is ", engine::shown(json), ", expected a list of ",
                 expected.size(), " heads");
  std::vector<TrainingReport::Head> heads;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Line head{json[i], line.name + ", " + engine::name(expected[i])};
    if (head.at("head") != engine::name(expected[i]))
      engine::fail(head.name, ": found ", engine::shown(head.at("head")), " in its place");
    heads.push_back({expected[i], float(head.number("induction", 1.001)),
                     float(head.number("previous_token", 1.001))});
  }
  return heads;
}

TrainingReport read_report(const Line& line, const engine::Config& config) {
  TrainingReport report;
  report.tokens = line.number("tokens", 1e15);
  report.valid_loss = line.loss("valid_loss");
  report.loss_second = line.loss("loss_second");
  report.accuracy_second = float(line.number("accuracy_second", 1));
  report.heads = read_heads(line, config);
  return report;
}

}  // namespace

TrainingLog read_training_log(std::string_view text, const engine::Config& config) {
  TrainingLog log;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const std::string name = "the training log, line " + std::to_string(number);
    log.push_back(read_report({engine::parse_json(line, name), name}, config));
    if (log.size() > 1 && log.back().tokens < log[log.size() - 2].tokens)
      engine::fail(name, ": tokens is ", log.back().tokens,
                   ", expected no less than the line before");
  }
  return log;
}

}  // namespace explorer
