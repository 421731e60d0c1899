#include "engine/induction_claims.h"

#include <catch2/catch.hpp>

#include "engine/claim_answers.h"
#include "engine/hand_made.h"
#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Claim;
using engine::HeadScores;
using engine::Model;
using engine::Shape;

namespace {

// L0H0 looks at the token before, L1H0 for its token where that stands.
Model induction_model() {
  engine::HandMade made(16, 32, 2);
  return made.looks_back(0, 1).matches(1, 16).model;
}

double score(const engine::RepeatedScores& scores, engine::HeadId head, double HeadScores::*which) {
  for (const HeadScores& each : scores.heads)
    if (each.head == head) return each.*which;
  return -1;
}

}  // namespace

TEST_CASE("a model made for induction has it, by the previous-token head's edge") {
  const Model model = induction_model();
  const auto claims = engine::all_claims(model);
  for (const char* id : {"positional", "induction-exists", "induction-random", "induction-copies",
                         "induction-matches", "induction-cause"}) {
    INFO(id);
    CHECK(engine::find(claims, id).holds == true);
    CHECK(engine::find(claims, id).reason.empty());
  }
  CHECK_THAT(engine::value(engine::find(claims, "induction-matches")), WithinAbs(1, 1e-6));
  CHECK_THAT(engine::value(engine::find(claims, "induction-copies")), WithinAbs(1, 1e-6));
  CHECK(engine::find(claims, "induction-exists").measured[0].what.find("L1H0") !=
        std::string::npos);
}

TEST_CASE("the numbers are those of repeated sequences, with cuts and without") {
  for (const Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers < 2) continue;
    INFO(describe(shape));
    const Model model = engine::random_model<float>(461, shape);
    const auto claims = engine::all_claims(model);
    const engine::RepeatedScores scores = engine::repeated_scores(model);
    engine::HeadId induction{1, 0}, previous{0, 0};
    for (const HeadScores& each : scores.heads) {
      if (each.head.layer > 0 && each.induction > score(scores, induction, &HeadScores::induction))
        induction = each.head;
    }
    for (const HeadScores& each : scores.heads)
      if (each.head.layer < induction.layer &&
          each.previous_token > score(scores, previous, &HeadScores::previous_token))
        previous = each.head;
    const double uncut = score(scores, induction, &HeadScores::induction);
    CHECK_THAT(engine::value(engine::find(claims, "induction-exists")), WithinAbs(uncut, 1e-9));
    CHECK_THAT(engine::value(engine::find(claims, "induction-random")),
               WithinAbs(scores.accuracy_second, 1e-9));
    const auto cut = [&](const std::string& edge) {
      return engine::repeated_scores(model, {}, engine::Cuts::parse({edge}, model.config));
    };
    const auto one = cut(engine::name(previous) + ">" + engine::name(induction) + ":K");
    const auto all = cut(engine::name(previous) + ">*:K");
    const Claim cause = engine::find(claims, "induction-cause");
    CHECK_THAT(engine::value(cause),
               WithinAbs(1 - score(one, induction, &HeadScores::induction) / uncut, 1e-9));
    CHECK_THAT(engine::value(cause, 6), WithinAbs(all.accuracy_second, 1e-9));
    CHECK(engine::find(claims, "induction-exists").reason.empty() == (uncut >= 0.6));
  }
}

TEST_CASE("one layer cannot: measured on the model itself, or on its set's") {
  Shape shape;
  shape.n_layers = 1;
  const Model one = engine::random_model<float>(462, shape);
  double best = 0;
  for (const HeadScores& each : engine::repeated_scores(one).heads)
    best = std::max(best, each.induction);
  const auto own = engine::all_claims(one);
  CHECK_THAT(engine::value(engine::find(own, "induction-needs-two")), WithinAbs(best, 1e-9));
  CHECK(engine::find(own, "induction-exists").reason ==
        "this is about models of two layers or more: this one has 1 layer");
  shape.n_layers = 2;
  const Model two = engine::random_model<float>(463, shape);
  engine::ClaimSources sources;
  sources.one_layer = &one;
  const Claim of_set = engine::find(engine::all_claims(two, sources), "induction-needs-two");
  CHECK_THAT(engine::value(of_set), WithinAbs(best, 1e-9));
  CHECK(of_set.n_layers == 1);
  CHECK_FALSE(engine::find(engine::all_claims(two), "induction-needs-two").holds.has_value());
}

TEST_CASE("a context too short to repeat in has no answer") {
  Shape shape;
  shape.n_ctx = 3;
  const auto claims = engine::all_claims(engine::random_model<float>(464, shape));
  for (const char* id : {"positional", "induction-exists", "induction-cause"})
    CHECK(engine::find(claims, id).reason ==
          "n_ctx is too short for random tokens that come twice");
}
