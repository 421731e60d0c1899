// A term of the sum, by name.
#pragma once

#include <string>
#include <string_view>

#include "explorer/explorer.h"

namespace api {

// A term as commands and page name it: "direct", "L0H4", "L0H4-L1H7", "bias", "bias:L1H7".
std::string name(const explorer::TermKey& term);
// Throws Error where it names no term of this config.
explorer::TermKey parse_term(std::string_view name, const engine::Config& config);

}  // namespace api
