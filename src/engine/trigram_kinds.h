// What a head does with a source that it reads, where the output shows it: it copies the source, or
// writes it in another spelling. Paper: "Copying / Primitive In-Context Learning".
#pragma once

#include <string_view>

#include "engine/skip_trigrams.h"
#include "engine/tokenizer.h"

namespace engine {

enum class TrigramKind { other, copying, spelling };

// "copying", "spelling"; empty for others.
const char* name(TrigramKind kind);

// copying: the output is the source. spelling: its text is the source's but for upper and lower
// case and one leading space.
TrigramKind kind_of(const Tokenizer& tokenizer, const SkipTrigram& trigram);

// Are the texts the same letters but for case and one leading space? UTF-8; bytes that are none are
// compared as they are.
bool is_same_spelling(std::string_view a, std::string_view b);

}  // namespace engine
