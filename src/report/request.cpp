#include "report/request.h"

#include <algorithm>
#include <limits>

#include "engine/error.h"
#include "report/json_options.h"

namespace report {

namespace {

using engine::fail;

// Which command has which options, besides the text.
struct CommandOptions {
  std::string_view command;
  std::vector<std::string_view> options;
};

const std::vector<CommandOptions>& commands() {
  static const std::vector<CommandOptions> all = {
      {"info", {}},
      {"tokens", {"text", "ids"}},
      {"logits", {"text", "ids", "top", "full", "cut", "frozen"}},
      {"paths",
       {"text", "ids", "position", "target", "target_token", "against", "sources", "top", "cut",
        "frozen"}},
      {"attention", {"text", "ids", "head", "cut", "frozen"}},
      {"loss", {"text", "ids", "cut"}},
      {"composition", {}},
      {"heads", {}},
      {"importance", {"text", "ids", "cut", "frozen"}},
      {"scores", {"text", "ids", "head", "destination", "source", "cut", "frozen"}},
      {"expansion", {"text", "ids", "path", "cut", "frozen"}},
      {"bigrams", {"id", "token", "top", "counts", "pairs"}},
      {"skip-trigrams", {"head", "source", "source_token", "top"}},
      {"induction", {"text", "ids", "length", "sequences", "seed", "cut", "frozen"}},
      {"claims", {"text", "ids", "counts", "log"}},
  };
  return all;
}

const CommandOptions& find_command(std::string_view name) {
  for (const CommandOptions& command : commands())
    if (command.command == name) return command;
  std::string names;
  for (const CommandOptions& command : commands())
    names += (names.empty() ? "" : ", ") + std::string(command.command);
  fail("no command '", name, "', expected one of ", names);
}

std::vector<std::string> read_strings(const std::string& option, const Json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  if (!value.is_array()) refuse_value(option, "a string or a list of strings", value);
  std::vector<std::string> strings;
  for (const Json& each : value) strings.push_back(read_string(option, each));
  return strings;
}

void read_option(Request& request, const std::string& option, const Json& value) {
  if (option == "text") request.text = read_string(option, value);
  if (option == "ids") request.ids = read_ids(option, value);
  if (option == "position") request.position = read_int(option, value);
  if (option == "target") request.target = read_int(option, value);
  if (option == "target_token") request.target_token = read_string(option, value);
  if (option == "against")
    request.against =
        value.is_string() ? value.get<std::string>() : std::to_string(read_int(option, value));
  if (option == "head") request.head = read_string(option, value);
  if (option == "destination") request.destination = read_int(option, value);
  if (option == "source") request.source = read_int(option, value);
  if (option == "path") request.path = read_string(option, value);
  if (option == "top") request.top = read_int(option, value);
  if (option == "id") request.id = read_int(option, value);
  if (option == "token") request.token = read_string(option, value);
  if (option == "counts") request.counts = read_string(option, value);
  if (option == "log") request.log = read_string(option, value);
  if (option == "pairs") request.pairs = read_bool(option, value);
  if (option == "source_token") request.source_token = read_string(option, value);
  if (option == "length") request.length = read_int(option, value);
  if (option == "sequences") request.sequences = read_int(option, value);
  if (option == "seed") request.seed = read_int(option, value);
  if (option == "sources") request.sources = read_bool(option, value);
  if (option == "full") request.full = read_bool(option, value);
  if (option == "cut") request.cuts = read_strings(option, value);
  if (option == "frozen") request.frozen = read_bool(option, value);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

Request parse_request(std::string_view command, const Json& options) {
  const std::vector<std::string_view>& known = find_command(command).options;
  Request request;
  if (options.is_null()) return request;
  if (!options.is_object()) refuse_value("options", "an object of options", options);
  for (const auto& [key, value] : options.items()) {
    std::string option = key;
    std::replace(option.begin(), option.end(), '-', '_');
    if (std::find(known.begin(), known.end(), option) == known.end()) {
      std::string names;
      for (std::string_view name : known) names += (names.empty() ? "" : ", ") + std::string(name);
      fail(command, " has no option '", key, "'",
           names.empty() ? "" : ", expected one of " + names);
    }
    if (!value.is_null()) read_option(request, option, value);
  }
  return request;
}

std::optional<int> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 10) return {};
  std::int64_t value = 0;
  for (char digit : text) {
    if (digit < '0' || digit > '9') return {};
    value = value * 10 + (digit - '0');
  }
  if (value > std::numeric_limits<int>::max()) return {};
  return int(value);
}

std::vector<int> parse_ids(std::string_view text) {
  std::vector<int> ids;
  if (trimmed(text).empty()) return ids;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view part = trimmed(text.substr(0, comma));
    const std::optional<int> id = parse_number(part);
    if (!id) fail("ids: expected token ids such as 1,2,3, found '", part, "'");
    ids.push_back(*id);
    if (comma == text.npos) return ids;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace report
