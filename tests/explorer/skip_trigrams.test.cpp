#include "explorer/skip_trigrams.h"

#include <catch2/catch.hpp>

#include "view/explorers.h"

using explorer::Explorer;

namespace {

void search_through(Explorer& explorer) {
  while (!explorer::search_skip_trigrams(explorer).done())
    explorer.step_work(explorer.take_asked_work());
}

}  // namespace

TEST_CASE("a search is of the shown head, and is begun anew for another") {
  Explorer explorer = explorers::of({}, "");
  explorer.set_head({0, 1});
  CHECK(explorer::found_skip_trigrams(explorer) == nullptr);
  CHECK_FALSE(explorer::shown_source_token(explorer));
  explorer::search_skip_trigrams(explorer);
  explorer.set_head({1, 0});
  search_through(explorer);
  engine::SkipTrigramSearch expected(explorer.loaded().model, {1, 0}, explorer::most_skip_trigrams);
  while (!expected.done()) expected.step();
  const auto found = explorer::found_skip_trigrams(explorer)->result();
  REQUIRE(found.size() == expected.result().size());
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK(found[i].source == expected.result()[i].source);
  CHECK(explorer::shown_source_token(explorer) == found.front().source);
  explorer.set_source_token(4);
  CHECK(explorer::shown_source_token(explorer) == 4);

  explorer.set_head({0, 1});
  CHECK(explorer::found_skip_trigrams(explorer) == nullptr);  // it was given up
  explorer::search_skip_trigrams(explorer);
  explorer.set_head({1, 0});
  CHECK(explorer::search_skip_trigrams(explorer).done());  // what was found stays
}

TEST_CASE("crossed ones need counts") {
  Explorer explorer = explorers::of({}, "");
  CHECK_FALSE(explorer::crossed_of(explorer, 3));
  const engine::BigramCounts counts = explorers::bigram_counts();
  explorer.set_bigram_counts(counts);
  for (int source = 0; source < explorer.config().d_vocab; ++source) {
    const auto expected = engine::crossed_trigrams(
        engine::source_column(explorer.loaded().model, explorer.head(), source), counts, source,
        24);
    const auto found = explorer::crossed_of(explorer, source);
    REQUIRE(found.has_value() == expected.has_value());
    if (found) CHECK(found->weakest() == expected->weakest());
  }
}
