// Values that someone handed over as JSON, read or refused: "top: expected a whole number, found
// "many"".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model.h"
#include "report/json.h"

namespace report {

// Throws Error with what was expected of `key`, and what was found (its first 80 characters).
[[noreturn]] void refuse_value(std::string_view key, const char* expected, const Json& found);

// Each throws that Error for a value of another kind; read_int also beyond an int's range.
int read_int(std::string_view key, const Json& value);
bool read_bool(std::string_view key, const Json& value);
std::string read_string(std::string_view key, const Json& value);
std::vector<int> read_ids(std::string_view key, const Json& value);

// Throws Error unless `id` is a token of the vocabulary.
void check_token(std::string_view key, int id, const engine::Config& config);

}  // namespace report
