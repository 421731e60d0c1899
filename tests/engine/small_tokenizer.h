// Small tokenizers for tests: 256 bytes and a few merges, as a tokenizer.json to be changed.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "engine/byte_alphabet.h"
#include "engine/json.h"
#include "engine/tokenizer.h"
#include "engine/utf8.h"

namespace small_tokenizer {

using engine::Json;

inline Json byte_level() {
  return {{"type", "ByteLevel"},
          {"add_prefix_space", false},
          {"trim_offsets", true},
          {"use_regex", true}};
}

// The id of a byte is the byte; merges make ids from 256 on, in their order.
inline Json file(std::initializer_list<std::pair<std::string, std::string>> merges = {}) {
  Json vocabulary = Json::object();
  for (int byte = 0; byte < 256; ++byte)
    vocabulary[engine::to_utf8(std::u32string{engine::byte_character(std::uint8_t(byte))})] = byte;
  Json list = Json::array();
  for (const auto& [left, right] : merges) {
    const auto next = vocabulary.size();
    vocabulary.emplace(left + right, next);
    list.push_back(left + " " + right);
  }
  return {{"version", "1.0"},
          {"truncation", nullptr},
          {"padding", nullptr},
          {"added_tokens", Json::array()},
          {"normalizer", nullptr},
          {"pre_tokenizer", byte_level()},
          {"post_processor", nullptr},
          {"decoder", nullptr},
          {"model", {{"type", "BPE"}, {"vocab", vocabulary}, {"merges", list}}}};
}

inline Json added(int id, const std::string& content) {
  return {{"id", id},        {"content", content},  {"single_word", false}, {"lstrip", false},
          {"rstrip", false}, {"normalized", false}, {"special", false}};
}

inline engine::Tokenizer of(const Json& file) {
  return engine::Tokenizer::from_json(file.dump());
}

}  // namespace small_tokenizer
