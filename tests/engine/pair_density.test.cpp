// Where many pairs of probabilities lie.
#include "engine/pair_density.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "engine/random.h"

using engine::PairDensity;

TEST_CASE("every pair is in one cell, that of its two probabilities") {
  PairDensity density;
  CHECK(density.lowest() == -1);
  CHECK(density.most() == 0);
  engine::Random random(11);
  const int pairs = 3000;
  std::vector<std::pair<float, float>> all;
  for (int i = 0; i < pairs; ++i) {
    all.push_back(
        {-1.5f * std::abs(float(random.normal())), -9 * std::abs(float(random.normal()))});
    density.add(all.back().first, all.back().second);
  }
  std::int64_t sum = 0, most = 0;
  int lowest = -1;
  for (int x = 0; x < PairDensity::cells; ++x)
    for (int y = 0; y < PairDensity::cells; ++y) {
      // The cell's bounds, as probabilities: from its own definition.
      const auto inside = [](int cell, float log_probability) {
        const double p = std::exp(double(log_probability)), per = PairDensity::cells_a_decade;
        const bool last = cell == PairDensity::cells - 1;
        return p <= std::pow(10, -cell / per) && (last || p > std::pow(10, -(cell + 1) / per));
      };
      std::int64_t expected = 0;
      for (const auto& [a, b] : all) expected += inside(x, a) && inside(y, b);
      CHECK(density.at(x, y) == expected);
      sum += density.at(x, y);
      most = std::max(most, density.at(x, y));
      if (density.at(x, y) > 0) lowest = std::max({lowest, x, y});
    }
  CHECK(sum == pairs);
  CHECK(density.most() == most);
  CHECK(density.lowest() == lowest);
}

TEST_CASE("certainty lies in the first cell, what is all but impossible in the last") {
  PairDensity density;
  density.add(0, -1000);
  CHECK(density.at(0, PairDensity::cells - 1) == 1);
  CHECK(density.lowest() == PairDensity::cells - 1);
}

TEST_CASE("a pair that is no number lies nowhere, and one of probability 0 in the last cell") {
  const float none = std::numeric_limits<float>::quiet_NaN();
  const float never = -std::numeric_limits<float>::infinity();
  PairDensity density;
  density.add(-1, none);
  density.add(none, -1);
  CHECK(density.most() == 0);
  CHECK(density.lowest() == -1);
  density.add(0, never);
  CHECK(density.at(0, PairDensity::cells - 1) == 1);
}
