#include "engine/random.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

using Catch::Matchers::WithinAbs;

TEST_CASE("a seed gives the same numbers everywhere") {
  // First outputs of xoshiro256** with the state that splitmix64 makes of 0 and of 1, computed with
  // a few lines of Python from the two published recurrences.
  CHECK(engine::Random(0).next() == 11091344671253066420u);
  CHECK(engine::Random(1).next() == 12966619160104079557u);
}

TEST_CASE("uniform numbers lie in [0, 1) and have the mean and deviation of a uniform law") {
  engine::Random random(3);
  double sum = 0, squares = 0;
  const int n = 20000;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform();
    REQUIRE((u >= 0 && u < 1));
    sum += u;
    squares += u * u;
  }
  // Five standard errors: 0.2887 / sqrt(n) for the mean.
  CHECK_THAT(sum / n, WithinAbs(0.5, 0.0103));
  CHECK_THAT(std::sqrt(squares / n - (sum / n) * (sum / n)), WithinAbs(0.28868, 0.006));
}

TEST_CASE("normal numbers have mean 0, deviation 1 and the tails of a normal law") {
  engine::Random random(4);
  double sum = 0, squares = 0;
  int beyond_two = 0;
  const int n = 20000;
  for (int i = 0; i < n; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    beyond_two += std::abs(x) > 2;
  }
  CHECK_THAT(sum / n, WithinAbs(0, 0.036));
  CHECK_THAT(squares / n, WithinAbs(1, 0.05));
  CHECK_THAT(beyond_two / double(n), WithinAbs(0.0455, 0.0075));
}

TEST_CASE("below(n) reaches every number under n, evenly") {
  engine::Random random(5);
  std::vector<int> counts(7);
  for (int i = 0; i < 7000; ++i) ++counts[std::size_t(random.below(7))];
  for (int count : counts) CHECK((count > 850 && count < 1150));
  CHECK(random.below(1) == 0);
}

TEST_CASE("a shuffle keeps every value and moves most of them") {
  engine::Random random(6);
  std::vector<int> values(100);
  std::iota(values.begin(), values.end(), 0);
  std::vector<int> shuffled = values;
  random.shuffle(shuffled);
  int moved = 0;
  for (std::size_t i = 0; i < values.size(); ++i) moved += shuffled[i] != values[i];
  CHECK(moved > 80);
  std::sort(shuffled.begin(), shuffled.end());
  CHECK(shuffled == values);
}
