#include "engine/training_claims.h"

#include <catch2/catch.hpp>

#include "engine/claim_answers.h"
#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Claim;
using engine::Shape;
using engine::TrainingLog;

namespace {

// Reports every 1,000 tokens, with the score of L1H0; L0H0's is high throughout and does not count.
TrainingLog log_of(const std::vector<float>& scores) {
  TrainingLog log;
  for (float score : scores) {
    engine::TrainingReport report;
    report.tokens = 1000.0 * double(log.size());
    report.in_context = -score;
    report.heads = {{{0, 0}, 0.9f, 0}, {{1, 0}, score, 0}};
    log.push_back(report);
  }
  return log;
}

Claim formation_claim(const TrainingLog& log, int n_layers = 2) {
  Shape shape;
  shape.n_layers = n_layers;
  shape.n_heads = 1;
  engine::ClaimSources sources;
  sources.log = log;
  return engine::find(engine::all_claims(engine::random_model<float>(481, shape), sources),
                      "formation");
}

}  // namespace

TEST_CASE("formation is from the first report at 0.1 to the first at 0.5") {
  const auto found = engine::formation(log_of({0, 0.05f, 0.1f, 0.4f, 0.2f, 0.6f, 0.9f}));
  REQUIRE(found.has_value());
  CHECK(found->from == 2);
  CHECK(found->to == 5);
  CHECK_FALSE(engine::formation(log_of({0, 0.2f, 0.49f})).has_value());
  CHECK_FALSE(engine::formation(log_of({0.3f, 0.6f})).has_value());  // it began before the log
  CHECK_FALSE(engine::formation({}).has_value());
}

TEST_CASE("a short window holds, a long one fails with its tokens") {
  const Claim sudden = formation_claim(log_of({0, 0, 0, 0.1f, 0.6f}));
  CHECK_THAT(engine::value(sudden), WithinAbs(0.25, 1e-9));
  CHECK(sudden.holds == true);
  CHECK_THAT(engine::value(sudden, 3), WithinAbs(-0.5, 1e-6));
  CHECK_THAT(engine::value(sudden, 4), WithinAbs(-0.1, 1e-6));
  CHECK_THAT(engine::value(sudden, 5), WithinAbs(-0.6, 1e-6));
  const Claim slow = formation_claim(log_of({0, 0.1f, 0.3f, 0.6f}));
  CHECK_THAT(engine::value(slow), WithinAbs(2.0 / 3, 1e-9));
  CHECK(slow.holds == false);
  CHECK(slow.reason.find("3000 tokens") != std::string::npos);
}

TEST_CASE("formation does not hold where the in-context score doesn't move with it") {
  TrainingLog log = log_of({0, 0, 0, 0.1f, 0.6f});
  log.back().in_context = -0.05f;
  const Claim claim = formation_claim(log);
  CHECK(claim.holds == false);
  CHECK_THAT(engine::value(claim, 3), WithinAbs(0.05, 1e-6));
  CHECK(claim.reason.find("goes from -0.100 to -0.050") != std::string::npos);
}

TEST_CASE("without a log, or induction in it, there is no answer") {
  CHECK(formation_claim({}).reason == "no log of this model's training");
  const Claim never = formation_claim(log_of({0, 0.2f, 0.3f}));
  CHECK_FALSE(never.holds.has_value());
  CHECK(never.reason.find("the highest is 0.300") != std::string::npos);
  CHECK(formation_claim({}, 1).reason.find("two layers or more") != std::string::npos);
}
