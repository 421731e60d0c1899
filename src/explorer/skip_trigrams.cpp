#include "explorer/skip_trigrams.h"

namespace explorer {

namespace {

const char* const start = "skip-trigrams ";

constexpr int most_crossed = 24;  // destinations, and outputs

std::string work_name(const Explorer& explorer) {
  return start + engine::name(explorer.head());
}

}  // namespace

const engine::SkipTrigramSearch& search_skip_trigrams(Explorer& explorer) {
  explorer.give_up_works(start, work_name(explorer));
  return explorer.work<engine::SkipTrigramSearch>(work_name(explorer), [&] {
    return engine::SkipTrigramSearch(explorer.loaded().model, explorer.head(), most_skip_trigrams);
  });
}

const engine::SkipTrigramSearch* found_skip_trigrams(const Explorer& explorer) {
  const auto* search = explorer.find_work<engine::SkipTrigramSearch>(work_name(explorer));
  return search && search->done() ? search : nullptr;
}

std::optional<int> shown_source_token(const Explorer& explorer) {
  const engine::SkipTrigramSearch* search = found_skip_trigrams(explorer);
  if (!search) return std::nullopt;
  if (explorer.source_token()) return explorer.source_token();
  const std::vector<engine::SkipTrigram> found = search->result();
  return found.empty() ? std::nullopt : std::optional<int>(found.front().source);
}

std::optional<engine::CrossedTrigrams> crossed_of(const Explorer& explorer, int source) {
  const engine::BigramCounts* counts = explorer.bigram_counts();
  if (!counts) return std::nullopt;
  const engine::SourceColumn column =
      engine::source_column(explorer.loaded().model, explorer.head(), source);
  return engine::crossed_trigrams(column, *counts, source, most_crossed);
}

}  // namespace explorer
