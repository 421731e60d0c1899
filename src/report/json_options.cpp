#include "report/json_options.h"

#include <limits>

#include "engine/error.h"

namespace report {

void refuse_value(std::string_view key, const char* expected, const Json& found) {
  engine::fail(key, ": expected ", expected, ", found ", dump(found).substr(0, 80));
}

int read_int(std::string_view key, const Json& value) {
  using Limits = std::numeric_limits<int>;
  // As int64_t, unsigned numbers above its range would come out negative.
  const bool large = value.is_number_unsigned() && value.get<std::uint64_t>() > Limits::max();
  if (!value.is_number_integer()) refuse_value(key, "a whole number", value);
  if (large || value.get<std::int64_t>() < Limits::min() ||
      value.get<std::int64_t>() > Limits::max())
    refuse_value(key, "a whole number from -2147483648 to 2147483647", value);
  return value.get<int>();
}

bool read_bool(std::string_view key, const Json& value) {
  if (!value.is_boolean()) refuse_value(key, "true or false", value);
  return value.get<bool>();
}

std::string read_string(std::string_view key, const Json& value) {
  if (!value.is_string()) refuse_value(key, "a string", value);
  return value.get<std::string>();
}

std::vector<int> read_ids(std::string_view key, const Json& value) {
  if (!value.is_array()) refuse_value(key, "a list of token ids", value);
  std::vector<int> ids;
  for (const Json& id : value) ids.push_back(read_int(key, id));
  return ids;
}

void check_token(std::string_view key, int id, const engine::Config& config) {
  if (id < 0 || id >= config.d_vocab)
    engine::fail(key, ": token id ", id, ", expected 0 to ", config.d_vocab - 1);
}

}  // namespace report
