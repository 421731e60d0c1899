#include "engine/model.h"

#include <charconv>

#include "engine/error.h"

namespace engine {

namespace {

// Reads a decimal number off the front of `text`; false where there is none or it does not fit.
bool take_number(std::string_view& text, int& number) {
  if (text.empty() || text[0] < '0' || text[0] > '9') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(std::size_t(end - text.data()));
  return true;
}

bool take(std::string_view& text, char letter) {
  if (text.empty() || text[0] != letter) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string name(HeadId head) {
  return "L" + std::to_string(head.layer) + "H" + std::to_string(head.head);
}

std::string name(const Path& path) {
  if (path.empty()) return "direct";
  std::string text = name(path.front());
  for (std::size_t i = 1; i < path.size(); ++i) text += "-" + name(path[i]);
  return text;
}

HeadId parse_head(std::string_view text, const Config& config) {
  HeadId head;
  std::string_view rest = text;
  if (!take(rest, 'L') || !take_number(rest, head.layer) || !take(rest, 'H') ||
      !take_number(rest, head.head) || !rest.empty())
    fail("head '", text, "', expected a layer and a head such as L1H4");
  if (head.layer >= config.n_layers || head.head >= config.n_heads)
    fail("head '", text, "', but this model has ", config.n_layers, " layers of ", config.n_heads,
         " heads, counted from 0");
  return head;
}

Path parse_path(std::string_view text, const Config& config) {
  Path path;
  if (text == "direct") return path;
  while (true) {
    const std::size_t dash = text.find('-');
    const HeadId head = parse_head(text.substr(0, dash), config);
    if (!path.empty() && path.back().layer >= head.layer)
      fail(name(head), " does not come after ", name(path.back()));
    path.push_back(head);
    if (dash == text.npos) return path;
    text.remove_prefix(dash + 1);
  }
}

std::vector<HeadId> all_heads(const Config& config) {
  std::vector<HeadId> heads;
  for (int layer = 0; layer < config.n_layers; ++layer)
    for (int head = 0; head < config.n_heads; ++head) heads.push_back({layer, head});
  return heads;
}

}  // namespace engine
