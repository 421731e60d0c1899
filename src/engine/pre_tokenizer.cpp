#include "engine/pre_tokenizer.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <utility>

#include "engine/byte_alphabet.h"
#include "engine/utf8.h"

namespace engine {

namespace {

// A part of a word: what the pattern fits, or what stands between.
struct Part {
  std::size_t start, end;
  bool matched;
};

using Words = std::vector<std::u32string>;

// The parts of a word, in order, together the whole of it; `match` gives the end of a match that
// starts at a place, or none.
template <class Match>
std::vector<Part> find_parts(std::size_t size, const Match& match) {
  std::vector<Part> parts;
  std::size_t between = 0;  // the end of the last match
  for (std::size_t at = 0; at < size;) {
    const std::optional<std::size_t> end = match(at);
    if (!end) {
      ++at;
      continue;
    }
    if (between < at) parts.push_back({between, at, false});
    parts.push_back({at, *end, true});
    at = between = *end;
  }
  if (between < size) parts.push_back({between, size, false});
  return parts;
}

// Parts of one kind in a row become one.
std::vector<Part> contiguous(const std::vector<Part>& parts) {
  std::vector<Part> result;
  for (const Part& part : parts) {
    if (!result.empty() && result.back().matched == part.matched)
      result.back().end = part.end;
    else
      result.push_back(part);
  }
  return result;
}

// A match goes to the part before it; the second of two matches in a row stays alone.
std::vector<Part> merged_with_previous(const std::vector<Part>& parts) {
  std::vector<Part> result;
  bool after_match = false;
  for (const Part& part : parts) {
    if (part.matched && !after_match && !result.empty())
      result.back().end = part.end;
    else
      result.push_back(part);
    after_match = part.matched;
  }
  return result;
}

// The same from the back.
std::vector<Part> merged_with_next(const std::vector<Part>& parts) {
  std::vector<Part> result;
  bool before_match = false;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    if (part->matched && !before_match && !result.empty())
      result.back().start = part->start;
    else
      result.push_back(*part);
    before_match = part->matched;
  }
  std::reverse(result.begin(), result.end());
  return result;
}

std::vector<Part> behave(std::vector<Part> parts, SplitBehavior behavior) {
  switch (behavior) {
    case SplitBehavior::isolated:
      break;
    case SplitBehavior::removed:
      parts.erase(
          std::remove_if(parts.begin(), parts.end(), [](const Part& part) { return part.matched; }),
          parts.end());
      break;
    case SplitBehavior::contiguous:
      return contiguous(parts);
    case SplitBehavior::merged_with_previous:
      return merged_with_previous(parts);
    case SplitBehavior::merged_with_next:
      return merged_with_next(parts);
  }
  return parts;
}

void append_parts(Words& words, const std::u32string& word, const std::vector<Part>& parts) {
  for (const Part& part : parts) words.push_back(word.substr(part.start, part.end - part.start));
}

std::vector<Part> parts_by_pattern(const std::u32string& word, const Pattern& pattern) {
  return find_parts(word.size(), [&](std::size_t at) { return pattern.match(word, at); });
}

void apply_digits(const PreTokenizerStage& stage, const std::u32string& word, Words& words) {
  const auto parts = find_parts(word.size(), [&](std::size_t at) -> std::optional<std::size_t> {
    if (!is_numeric(word[at])) return std::nullopt;
    return at + 1;
  });
  append_parts(words, word, stage.individual_digits ? parts : contiguous(parts));
}

void apply_split(const PreTokenizerStage& stage, const std::u32string& word, Words& words) {
  std::vector<Part> parts = parts_by_pattern(word, *stage.pattern);
  if (stage.invert)
    for (Part& part : parts) part.matched = !part.matched;
  append_parts(words, word, behave(std::move(parts), stage.behavior));
}

void apply_byte_level(const PreTokenizerStage& stage, std::u32string word, Words& words) {
  if (stage.add_prefix_space && word[0] != ' ') word.insert(word.begin(), ' ');
  std::vector<Part> parts{{0, word.size(), true}};
  if (stage.pattern) parts = parts_by_pattern(word, *stage.pattern);
  for (const Part& part : parts) {
    std::u32string& mapped = words.emplace_back();
    for (const char byte :
         to_utf8(std::u32string_view(word).substr(part.start, part.end - part.start)))
      mapped += byte_character(std::uint8_t(byte));
  }
}

}  // namespace

Pattern gpt2_pattern() {
  std::string not_done;
  const auto pattern = Pattern::parse(
      R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)", not_done);
  assert(pattern);
  return *pattern;
}

PreTokenizer::PreTokenizer(std::vector<PreTokenizerStage> stages) : stages_(std::move(stages)) {}

Words PreTokenizer::words(std::string_view text) const {
  Words words;
  if (!text.empty()) words.push_back(code_points(text));
  for (const PreTokenizerStage& stage : stages_) {
    Words next;
    for (std::u32string& word : words) {
      switch (stage.kind) {
        case PreTokenizerStage::Kind::digits:
          apply_digits(stage, word, next);
          break;
        case PreTokenizerStage::Kind::split:
          apply_split(stage, word, next);
          break;
        case PreTokenizerStage::Kind::byte_level:
          apply_byte_level(stage, std::move(word), next);
          break;
      }
    }
    words = std::move(next);
  }
  return words;
}

}  // namespace engine
