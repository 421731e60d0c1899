#include "report/json.h"

#include <cmath>

namespace report {

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json number(float value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

}  // namespace report
