// config.json in TransformerLens's words -> Config.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model.h"

namespace engine {

struct ConfigFile {
  Config config;
  std::vector<std::string> ignored;  // keys that were not used, in alphabetical order
};

// Reads a config.json. A missing normalization_type is LN where `has_norm_weights`: then the
// tensors decide. Throws Error, naming the key, for a key that is missing, of the wrong type or out
// of range, and for one that asks for arithmetic which is not done here. `file` is its name in
// messages.
ConfigFile read_config(std::string_view json, bool has_norm_weights,
                       std::string_view file = "config.json");

}  // namespace engine
