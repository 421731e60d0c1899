// JSON from files that nobody vouches for: strict, with each key once, and no deeper than asked.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace engine {

using Json = nlohmann::json;

// Parses a whole file. Throws Error, naming the file, for what is no JSON, for a key that stands
// twice in an object, for nesting deeper than `max_depth`, and for a file of another kind.
Json parse_json(std::string_view text, std::string_view file, int max_depth = 64);

// A name or value from a file as messages show it: in quotes, escaped, one line, cut when long.
std::string quote(std::string_view text);
// Any JSON value in the same way.
std::string shown(const Json& value);

}  // namespace engine
