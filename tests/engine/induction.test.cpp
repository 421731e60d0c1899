#include "engine/induction.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/forward.h"
#include "engine/hand_made.h"
#include "engine/naive.h"
#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Cuts;
using engine::HeadId;
using engine::Model;
using engine::Run;
using engine::Shape;

namespace {

// Two layers by hand: layer 0 looks one back, layer 1 looks for its token where that was written.
Model induction_model() {
  engine::HandMade made(8, 12, 2);
  return made.looks_back(0, 1).matches(1, 8).model;
}

}  // namespace

TEST_CASE("each earlier occurrence is found, the latest first, with what came next") {
  const Model model = engine::random_model<float>(90, Shape());
  const std::vector<int> tokens = {4, 7, 4, 4, 9, 7};
  const Run run = engine::forward(model, tokens);
  const auto positions = engine::induction(model, run, run, {});
  REQUIRE(positions.size() == tokens.size());
  const std::vector<std::vector<int>> earlier = {{}, {}, {0}, {2, 0}, {}, {1}};
  for (std::size_t i = 0; i < positions.size(); ++i) {
    CHECK(positions[i].position == int(i));
    REQUIRE(positions[i].occurrences.size() == earlier[i].size());
    for (std::size_t k = 0; k < earlier[i].size(); ++k)
      CHECK(positions[i].occurrences[k].earlier == earlier[i][k]);
  }
  CHECK(engine::induction(model, engine::forward(model, {3}), engine::forward(model, {3}), {})
            .size() == 1);
  CHECK(
      engine::induction(model, engine::forward(model, {}), engine::forward(model, {}), {}).empty());
}

TEST_CASE("attention and probabilities are those of the two runs") {
  for (const Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers == 0) continue;
    INFO(engine::describe(shape));
    const Model model = engine::random_model<float>(91, shape);
    const auto reference = engine::random_model<double>(91, shape);
    const std::vector<int> tokens = {4, 7, 4, 9, 7, 1, 4, 9};
    const std::vector<HeadId> heads = {{0, 0}, {shape.n_layers - 1, shape.n_heads - 1}};
    const Cuts cuts = Cuts::parse({engine::name(heads[0]), engine::name(heads[1])}, model.config);
    const Run run = engine::forward(model, tokens);
    const auto positions =
        engine::induction(model, run, engine::forward(model, tokens, cuts), heads);
    const naive::Stream with = naive::logits(reference, tokens);
    const naive::Stream without = naive::logits(reference, tokens, cuts);
    const auto probability = [](const naive::Vec& logits, int token) {
      return std::exp(logits[token]) / logits.array().exp().sum();
    };
    for (const auto& each : positions)
      for (const auto& place : each.occurrences) {
        const int next = tokens[std::size_t(place.earlier + 1)];
        for (std::size_t h = 0; h < 2; ++h)
          CHECK(place.attention[h] == run.head(heads[h]).pattern(each.position, place.earlier + 1));
        CHECK_THAT(place.probability,
                   WithinAbs(probability(with[std::size_t(each.position)], next), 1e-4));
        CHECK_THAT(place.probability_without,
                   WithinAbs(probability(without[std::size_t(each.position)], next), 1e-4));
      }
  }
}

TEST_CASE("a head made for induction looks at what came next and makes it certain, alone") {
  const Model model = induction_model();
  // Not from the first token on: with none before it, it stands for its own.
  const std::vector<int> tokens = {4, 1, 5, 3, 2, 6, 1, 5, 3};
  const Run run = engine::forward(model, tokens);
  const Run without = engine::forward(model, tokens, Cuts::parse({"L1H0"}, model.config));
  const auto positions = engine::induction(model, run, without, {{1, 0}});
  for (int i = 6; i < 9; ++i) {
    const auto& places = positions[std::size_t(i)].occurrences;
    REQUIRE(places.size() == 1);
    CHECK(places[0].earlier == i - 5);
    CHECK_THAT(places[0].attention[0], WithinAbs(1, 1e-4));
    CHECK_THAT(places[0].probability, WithinAbs(1, 1e-4));
    CHECK(places[0].probability_without < 0.5f);
  }
}

TEST_CASE("of two earlier occurrences the head looks at both") {
  const Model model = induction_model();
  const Run run = engine::forward(model, {1, 7, 2, 3, 7, 4, 1, 7});
  const auto places = engine::induction(model, run, run, {{1, 0}})[7].occurrences;
  REQUIRE(places.size() == 2);
  for (const auto& place : places) {
    CHECK_THAT(place.attention[0], WithinAbs(0.5, 1e-4));
    CHECK_THAT(place.probability, WithinAbs(0.5, 1e-3));
  }
}
