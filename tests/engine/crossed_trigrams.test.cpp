#include "engine/crossed_trigrams.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::BigramCounts;
using engine::CrossedTrigrams;
using engine::SourceColumn;
using engine::Vector;

namespace {

// Counts of some tokens with some listed followers, at random.
BigramCounts random_counts(engine::Random& random, int d_vocab) {
  std::string tokens, totals, next;
  for (int token = 0; token < d_vocab; ++token) {
    if (random.below(4) == 0) continue;
    std::string followers;
    for (int follower = 0; follower < d_vocab; ++follower)
      if (random.below(3) == 0)
        followers += (followers.empty() ? "" : ",") + std::to_string(follower) + ",5";
    const char* comma = tokens.empty() ? "" : ",";
    tokens += comma + std::to_string(token);
    totals += comma + std::string("99");
    next += comma + ("[" + followers + "]");
  }
  return BigramCounts::from_json("{\"tokens\":[" + tokens + "],\"totals\":[" + totals +
                                 "],\"next\":[" + next + "]}");
}

// Is the token positive and counted, with fewer than `most` such tokens above it?
bool is_candidate(const Vector& values, const BigramCounts& counts, int token, int most) {
  if (values[token] <= 0 || !counts.is_counted(token)) return false;
  int above = 0;
  for (int other = 0; other < int(values.size()); ++other)
    above += counts.is_counted(other) && values[other] > values[token];
  return above < most;
}

// The definition, over all fours of the vocabulary.
float by_brute_force(const SourceColumn& column, const BigramCounts& counts, int most) {
  const int n = int(column.qk.size());
  float best = 0;
  const auto listed = [&](int d, int o) { return counts.log_probability(d, o).has_value(); };
  for (int d1 = 0; d1 < n; ++d1)
    for (int d2 = 0; d2 < n; ++d2) {
      if (!is_candidate(column.qk, counts, d1, most) || !is_candidate(column.qk, counts, d2, most))
        continue;
      for (int o1 = 0; o1 < n; ++o1)
        for (int o2 = 0; o2 < n; ++o2)
          if (is_candidate(column.ov, counts, o1, most) &&
              is_candidate(column.ov, counts, o2, most) && listed(d1, o1) && listed(d2, o2) &&
              !listed(d1, o2) && !listed(d2, o1))
            best = std::max(
                best, std::min({column.qk[d1] * column.ov[o1], column.qk[d1] * column.ov[o2],
                                column.qk[d2] * column.ov[o1], column.qk[d2] * column.ov[o2]}));
    }
  return best;
}

}  // namespace

TEST_CASE("keep ... in -> mind and keep ... at -> bay bring the crossed ones with them") {
  // 0 in, 1 at, 2 mind, 3 bay, 4 never counted, 5 keep
  const BigramCounts counts = BigramCounts::from_json(
      R"({"tokens":[0,1,2,3,5],"totals":[20,20,9,9,9],"next":[[2,5],[3,4],[],[],[2,1,3,1]]})");
  SourceColumn column{Vector::Zero(6), Vector::Zero(6)};
  column.qk << 3, 2, -1, -1, 9, 0;
  column.ov << -1, -1, 4, 5, 9, 0;
  const auto found = engine::crossed_trigrams(column, counts, 5, 10);
  REQUIRE(found);
  CHECK(found->source == 5);
  CHECK(found->destinations == std::array<int, 2>{0, 1});
  CHECK(found->outputs == std::array<int, 2>{2, 3});
  CHECK(found->strength(0, 1) == 15);
  CHECK(found->strength(1, 0) == 8);
  CHECK(found->weakest() == 8);
  CHECK_FALSE(engine::crossed_trigrams(column, counts, 5, 1));
}

TEST_CASE("the crossed ones are the strongest of all fours that the counts tell apart") {
  engine::Random random(41);
  int found_some = 0;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers == 0) continue;
    INFO(describe(shape));
    const engine::Model model = engine::random_model<float>(340, shape);
    const BigramCounts counts = random_counts(random, shape.d_vocab);
    for (const int most : {3, 6}) {
      const SourceColumn column = engine::source_column(model, {shape.n_layers - 1, 0}, 7);
      const auto found = engine::crossed_trigrams(column, counts, 7, most);
      const float expected = by_brute_force(column, counts, most);
      CHECK(found.has_value() == (expected > 0));
      if (!found) continue;
      ++found_some;
      CHECK_THAT(found->weakest(), WithinAbs(double(expected), 1e-5));
      for (int i : {0, 1}) {
        const int other = found->outputs[std::size_t(1 - i)];
        const int destination = found->destinations[std::size_t(i)];
        CHECK(counts.log_probability(destination, found->outputs[std::size_t(i)]));
        CHECK_FALSE(counts.log_probability(destination, other));
        CHECK(found->qk[std::size_t(i)] == column.qk[destination]);
      }
    }
  }
  CHECK(found_some >= 5);
}
