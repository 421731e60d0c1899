#include "engine/added_tokens.h"

#include <algorithm>
#include <cassert>

#include "engine/unicode.h"
#include "engine/utf8.h"

namespace engine {

namespace {

bool is_lead(char byte) {
  return (byte & 0xC0) != 0x80;
}

// The last, and the first, character of a text that is not empty.
std::string_view last_character(std::string_view text) {
  std::size_t start = text.size() - 1;
  while (!is_lead(text[start])) --start;
  return text.substr(start);
}

std::string_view first_character(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && !is_lead(text[end])) ++end;
  return text.substr(0, end);
}

bool is_word_character(std::string_view character) {
  return is_word(code_points(character)[0]);
}
bool is_space_character(std::string_view character) {
  return is_space(code_points(character)[0]);
}

bool stands_alone(std::string_view before, std::string_view after) {
  return (before.empty() || !is_word_character(last_character(before))) &&
         (after.empty() || !is_word_character(first_character(after)));
}

// How many bytes of white space end, and start, a text.
std::size_t space_at_end(std::string_view text) {
  const std::size_t size = text.size();
  while (!text.empty() && is_space_character(last_character(text)))
    text.remove_suffix(last_character(text).size());
  return size - text.size();
}

std::size_t space_at_start(std::string_view text) {
  const std::size_t size = text.size();
  while (!text.empty() && is_space_character(first_character(text)))
    text.remove_prefix(first_character(text).size());
  return size - text.size();
}

}  // namespace

AddedTokens::AddedTokens(std::vector<AddedToken> tokens) : tokens_(std::move(tokens)), nodes_(1) {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    assert(!tokens_[i].content.empty());
    std::size_t node = 0;
    for (const char byte : tokens_[i].content) {
      const auto [edge, is_new] = nodes_[node].next.emplace(byte, nodes_.size());
      node = edge->second;
      if (is_new) nodes_.emplace_back();
    }
    assert(nodes_[node].token < 0);
    nodes_[node].token = int(i);
  }
}

const AddedToken* AddedTokens::longest(std::string_view text) const {
  const AddedToken* found = nullptr;
  std::size_t node = 0;
  for (const char byte : text) {
    const auto edge = nodes_[node].next.find(byte);
    if (edge == nodes_[node].next.end()) break;
    node = edge->second;
    if (nodes_[node].token >= 0) found = &tokens_[std::size_t(nodes_[node].token)];
  }
  return found;
}

std::vector<Segment> AddedTokens::segments(std::string_view text) const {
  std::vector<Segment> result;
  const auto add = [&](std::size_t start, std::size_t end, const AddedToken* token) {
    result.push_back({text.substr(start, end - start), token});
  };
  std::size_t done = 0;  // where the last segment ended
  for (std::size_t at = 0; !tokens_.empty() && at < text.size();) {
    const AddedToken* token = longest(text.substr(at));
    if (!token) {
      ++at;
      continue;
    }
    std::size_t start = at;
    std::size_t end = at + token->content.size();
    at = end;  // white space that is taken may still hold further tokens
    if (token->single_word && !stands_alone(text.substr(0, start), text.substr(end))) continue;
    if (token->lstrip) start = std::max(start - space_at_end(text.substr(0, start)), done);
    if (token->rstrip) end += space_at_start(text.substr(end));
    if (done < start) add(done, start, nullptr);
    add(std::min(start, end), end, token);
    done = end;
  }
  if (done < text.size()) add(done, text.size(), nullptr);
  return result;
}

}  // namespace engine
