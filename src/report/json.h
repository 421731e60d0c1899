// JSON values whose numbers are float32, as the engine's are: they are written with the fewest
// digits that give the same float32 back, and NaN or infinity as null.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/tensor.h"

namespace report {

// Objects keep the order in which their keys were added.
using Json = nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool,
                                  std::int64_t, std::uint64_t, float>;

// On one line. Always valid JSON in valid UTF-8: what is not well-formed becomes U+FFFD.
std::string dump(const Json& json);

// A value, or null where it is not finite.
Json number(float value);

// A row of a matrix or a vector as a list of numbers.
template <class Row>
Json numbers(const Row& row) {
  Json list = Json::array();
  for (Eigen::Index i = 0; i < row.size(); ++i) list.push_back(number(row[i]));
  return list;
}

}  // namespace report
