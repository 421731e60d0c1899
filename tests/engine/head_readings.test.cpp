#include "engine/head_readings.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random_model.h"

using engine::HeadReading;
using engine::HeadReadings;
using engine::Model;
using engine::Shape;

namespace {

std::vector<HeadReading> read(const Model& model) {
  HeadReadings readings(model);
  double progress = -1;
  while (!readings.done()) {
    CHECK(readings.progress() >= progress);
    CHECK(readings.progress() < 1);
    progress = readings.progress();
    readings.step();
  }
  CHECK(readings.progress() == 1);
  return readings.result();
}

}  // namespace

TEST_CASE("what is read of the heads step by step is what each analysis says") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    const Model model = engine::random_model<float>(87, shape);
    const std::vector<HeadReading> found = read(model);
    const auto heads = engine::all_heads(model.config);
    REQUIRE(found.size() == heads.size());
    const engine::CircuitEigenvalues circuits(model);
    const auto scores = engine::repeated_scores(model).heads;
    for (std::size_t h = 0; h < heads.size(); ++h) {
      const engine::Eigenvalues expected = circuits.of(heads[h]);
      CHECK(found[h].head == heads[h]);
      CHECK(found[h].eigenvalues.ov == expected.ov);
      CHECK(found[h].eigenvalues.qk == expected.qk);
      CHECK(found[h].copying == engine::copying_score(expected.ov));
      REQUIRE(found[h].scores);
      CHECK(found[h].scores->induction == scores[h].induction);
      CHECK(found[h].scores->previous_token == scores[h].previous_token);
    }
  }
}

TEST_CASE("a model without heads has nothing to read, a short one no scores") {
  Shape shape;
  shape.n_layers = 0;
  CHECK(read(engine::random_model<float>(88, shape)).empty());
  Shape narrow;
  narrow.n_ctx = 3;
  for (const HeadReading& reading : read(engine::random_model<float>(88, narrow))) {
    CHECK_FALSE(reading.scores);
    CHECK(std::isfinite(reading.copying));
  }
}
