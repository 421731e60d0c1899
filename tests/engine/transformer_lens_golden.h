// Goldens of random attention-only models: model folders with what TransformerLens says of each
// beside them, made by tests/oracle/transformer_lens_*.py; expected.json, and where there are heads
// circuits.json, heads.json and differences.json. TransformerLens computed them in float64 from the
// same float32 weights; what is left is the engine's own rounding, and 1e-4 absolute + 1e-4
// relative is what the project promises.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/model_file.h"
#include "files.h"

namespace engine {

struct Golden {
  std::string name;
  Model model;
  std::vector<int> tokens;
  nlohmann::json expected;
};

inline std::vector<std::string> golden_names() {
  return {"zero-layer-standard-LN",        "one-layer-shortformer",    "one-layer-shortformer-LN",
          "two-layer-shortformer",         "two-layer-shortformer-LN", "two-layer-standard-LN",
          "three-layer-shortformer-LNPre", "three-layer-standard"};
}

inline std::vector<std::string> golden_names_with_heads() {
  std::vector<std::string> names = golden_names();
  names.erase(names.begin());  // the one without layers
  return names;
}

inline std::string read_golden(const std::string& name, const std::string& file) {
  return read_file("tests/goldens/transformer_lens/" + name + "/" + file);
}

inline Golden load_golden(const std::string& name) {
  const std::string config = read_golden(name, "config.json");
  const std::string weights = read_golden(name, "model.safetensors");
  Golden golden;
  golden.name = name;
  golden.model = load_model({config, weights, {}, {}}).model;
  golden.expected = nlohmann::json::parse(read_golden(name, "expected.json"));
  golden.tokens = golden.expected["tokens"].get<std::vector<int>>();
  return golden;
}

// How far a value is from the expected one, in units of what is allowed: at most 1 is right.
inline double off_by(double found, double expected) {
  const double off = std::abs(found - expected) / (1e-4 + 1e-4 * std::abs(expected));
  return std::isfinite(off) ? off : INFINITY;
}

}  // namespace engine
