#include "engine/json.h"

#include <set>
#include <vector>

#include "engine/error.h"
#include "engine/foreign_file.h"

namespace engine {

namespace {

std::string cut(std::string text) {
  const std::size_t longest = 120;
  if (text.size() <= longest) return text;
  return text.substr(0, longest) + "...";
}

}  // namespace

Json parse_json(std::string_view text, std::string_view file, int max_depth) {
  refuse_foreign(text, file);
  // The parser takes a NUL for the end of the text and would not see what follows.
  if (const std::size_t nul = text.find('\0'); nul != text.npos)
    fail(file, " is not JSON: it has a NUL byte at offset ", nul);
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto check = [&](int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if ((event == Event::object_start || event == Event::array_start) && depth >= max_depth)
      fail(file, " nests deeper than ", max_depth, " levels");
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end) keys.pop_back();
    if (event == Event::key && !keys.back().insert(parsed.get<std::string>()).second)
      fail(file, " has the key ", quote(parsed.get_ref<const std::string&>()), " twice");
    return true;
  };
  try {
    return Json::parse(text.begin(), text.end(), check);
  } catch (const Json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: ..."
    std::string reason = error.what();
    if (const std::size_t end = reason.find("] "); end != reason.npos) reason.erase(0, end + 2);
    for (char& c : reason)
      if (c == '\n' || c == '\r') c = ' ';
    fail(file, " is not JSON: ", reason.substr(0, 300));
  }
}

std::string quote(std::string_view text) {
  return shown(Json(text));
}

std::string shown(const Json& value) {
  return cut(value.dump(-1, ' ', true, Json::error_handler_t::replace));
}

}  // namespace engine
