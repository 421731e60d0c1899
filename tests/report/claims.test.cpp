#include "report/claims.h"

#include <catch2/catch.hpp>
#include <limits>

#include "engine/error.h"
#include "engine/held_out.h"
#include "engine/sha256.h"
#include "report/loaded.h"

using Catch::Matchers::Contains;
using engine::Bound;
using engine::Shape;
using report::Json;
using report::Request;

namespace {

Json claim_of(const Json& json, const std::string& id) {
  for (const Json& claim : json["claims"])
    if (claim["id"] == id) return claim;
  FAIL("no claim " << id);
  return {};
}

Shape of_layers(int n_layers) {
  Shape shape;
  shape.n_layers = n_layers;
  return shape;
}

std::shared_ptr<const engine::LoadedModel> shared(std::uint64_t seed, int n_layers) {
  return std::make_shared<const engine::LoadedModel>(
      report::random_loaded(seed, of_layers(n_layers)));
}

}  // namespace

TEST_CASE("A claim has its number, bound and verdict, and further numbers") {
  const Json json = report::claims({engine::measured_claim(
      "terms", 2, {{"a share", 0.25, Bound::at_most, 0.5}, {"a loss, nats", 4}}, "because")});
  const Json& claim = json["claims"][0];
  CHECK(claim["id"] == "terms");
  CHECK(claim["section"] == "term importance analysis");
  CHECK(claim["measurement"] == "a share");
  CHECK(claim["measured"].get<float>() == 0.25f);
  CHECK(claim["comparison"] == "<=");
  CHECK(claim["threshold"].get<float>() == 0.5f);
  CHECK(claim["holds"] == true);
  CHECK(claim["reason"].is_null());
  CHECK(claim["layers"] == 2);
  REQUIRE(claim["also"].size() == 1);
  CHECK(claim["also"][0]["measured"].get<float>() == 4);
  CHECK(claim["also"][0]["threshold"].is_null());
}

TEST_CASE("What there is no answer to is null, with a reason; what fails has its reason too") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Json json =
      report::claims({engine::unanswered_claim("formation", "no log"),
                      engine::measured_claim("terms", 2, {{"x", nan, Bound::below, 1}}, "not so")});
  for (const char* key : {"measurement", "measured", "comparison", "threshold", "holds", "layers"})
    CHECK(json["claims"][0][key].is_null());
  CHECK(json["claims"][0]["reason"] == "no log");
  CHECK(json["claims"][1]["measured"].is_null());  // JSON holds no NaN
  CHECK(json["claims"][1]["holds"] == false);
  CHECK(json["claims"][1]["reason"] == "not so");
}

TEST_CASE("The request's text, counts, log and set are what claims are measured on") {
  const auto zero = shared(1, 0), one = shared(2, 1), two = shared(3, 2);
  Request request;
  request.text = "1 4 9 16 25 6 19 4 1 4 9 16 25 3";
  request.set = {zero, one};
  request.counts = R"({"tokens": [4], "totals": [50], "next": [[1, 20, 9, 30]], "own_loss": 2.5,
    "own_sha256": ")" +
                   engine::sha256(*request.text) + "\"}";
  const Json json = report::analyse(*two, "claims", request);
  CHECK(json["claims"].size() == engine::claim_texts().size());
  const Json zero_bigram = claim_of(json, "zero-bigram");
  const auto text = report::tokens_of(*two, request);
  const double loss = engine::held_out_loss(zero->model, text).loss;
  CHECK(zero_bigram["also"][0]["measured"].get<float>() == float(loss - 2.5));
  CHECK(zero_bigram["layers"] == 0);
  CHECK(claim_of(json, "copying")["layers"] == 1);
  CHECK(claim_of(json, "two-layer-sum")["layers"] == 2);
  CHECK(claim_of(json, "formation")["reason"] == "no log of this model's training");

  request.text = *request.text + " 3";  // another text than the counts were scored on
  const Json other = claim_of(report::analyse(*two, "claims", request), "zero-bigram");
  CHECK(other["also"].size() == zero_bigram["also"].size() - 1);
}

TEST_CASE("A model alone has the claims that it can answer") {
  const Json json = report::analyse(*shared(4, 2), "claims", {});
  CHECK(claim_of(json, "residual-sum")["holds"] == true);
  CHECK(claim_of(json, "copying")["holds"].is_null());
  CHECK(claim_of(json, "terms")["holds"].is_null());
}

TEST_CASE("A set of another tokenizer, or with a model twice, is refused") {
  engine::LoadedModel other = report::random_loaded(5, of_layers(1));
  other.tokenizer_sha256 = "ab";
  Request request;
  request.set = {std::make_shared<const engine::LoadedModel>(std::move(other))};
  const auto two = shared(6, 2);
  CHECK_THROWS_WITH(report::analyse(*two, "claims", request),
                    Contains("the tokenizer of the model of 1 layers"));
  request.set = {shared(7, 0), shared(8, 0)};
  CHECK_THROWS_WITH(report::analyse(*two, "claims", request), Contains("two models of 0 layers"));
  request.set = {shared(9, 3)};
  CHECK_THROWS_WITH(report::analyse(*two, "claims", request), Contains("3 layers"));
}
