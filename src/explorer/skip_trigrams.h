// The skip-trigrams of an explorer's shown head: searched for step by step, one head at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/crossed_trigrams.h"
#include "engine/skip_trigrams.h"
#include "explorer/explorer.h"

namespace explorer {

constexpr int most_skip_trigrams = 12;

// The search for the shown head's strongest ones, begun where it was not; that of another head is
// given up. The model has heads.
const engine::SkipTrigramSearch& search_skip_trigrams(Explorer& explorer);

// Those that were found; null until the search is done.
const engine::SkipTrigramSearch* found_skip_trigrams(const Explorer& explorer);

// The source that is told apart: the chosen one, or else that of the strongest; none until the
// search is done, and where it found none.
std::optional<int> shown_source_token(const Explorer& explorer);

// The shown head's crossed ones of a source, by the counts; none without counts.
std::optional<engine::CrossedTrigrams> crossed_of(const Explorer& explorer, int source);

}  // namespace explorer
