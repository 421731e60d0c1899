#include "api/term_name.h"

#include "engine/error.h"

namespace api {

using engine::fail;
using explorer::TermKey;

std::string name(const TermKey& term) {
  if (!term.bias) return engine::name(term.path);
  return term.path.empty() ? "bias" : "bias:" + engine::name(term.path);
}

TermKey parse_term(std::string_view name, const engine::Config& config) {
  const std::string_view bias = "bias:";
  if (name == "bias") return {{}, true};
  const bool is_bias = name.substr(0, bias.size()) == bias;
  const std::string_view path = is_bias ? name.substr(bias.size()) : name;
  if (is_bias && path == "direct") fail("term ", name, ": expected bias");
  try {
    return {engine::parse_path(path, config), is_bias};
  } catch (const engine::Error& error) {
    fail("term ", name, ": ", error.what());
  }
}

}  // namespace api
