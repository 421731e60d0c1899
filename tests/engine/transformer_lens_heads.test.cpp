// What heads do on repeated tokens, held to TransformerLens's head detector and losses. The
// detector gives the share of all of a head's attention, that of 2L rows, which lies where such a
// head would look; on a block of distinct tokens said twice these are our places, and our score is
// the mean over the rows that have one: L of them for induction and duplicate tokens, 2L - 1 for
// the previous token. Where no length is named, the lower score of two lengths counts.
#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/head_kinds.h"
#include "engine/transformer_lens_golden.h"

using engine::Golden;
using engine::HeadScores;
using engine::off_by;
using nlohmann::json;

namespace {

json repeated_of(const Golden& golden) {
  return json::parse(engine::read_golden(golden.name, "heads.json"))["repeated"];
}

// The detector's scores of a head as ours.
HeadScores expected_scores(const json& repeated, engine::HeadId head) {
  const json& detected = repeated["heads"].at(engine::name(head));
  const double rows = 2 * double(repeated["length"]);
  HeadScores scores{head};
  scores.induction = double(detected["induction"]) * rows / (rows / 2);
  scores.previous_token = double(detected["previous_token"]) * rows / (rows - 1);
  scores.duplicate_token = double(detected["duplicate_token"]) * rows / (rows / 2);
  return scores;
}

void check_near(const HeadScores& found, const HeadScores& expected) {
  INFO(engine::name(found.head));
  CHECK(found.head == expected.head);
  CHECK(off_by(found.induction, expected.induction) <= 1);
  CHECK(off_by(found.previous_token, expected.previous_token) <= 1);
  CHECK(off_by(found.duplicate_token, expected.duplicate_token) <= 1);
}

}  // namespace

TEST_CASE("repeated tokens are those that TransformerLens read") {
  for (const std::string& name : engine::golden_names_with_heads()) {
    const Golden golden = engine::load_golden(name);
    for (const json& repeated : repeated_of(golden)) {
      engine::Random random(engine::RepeatedOptions().seed);
      CHECK(int(repeated["blocks"].size()) == engine::RepeatedOptions().sequences);
      for (const json& block : repeated["blocks"]) {
        std::vector<int> twice = block;
        twice.insert(twice.end(), block.begin(), block.end());
        CHECK(engine::repeated_sequence(golden.model.config.d_vocab, repeated["length"], random) ==
              twice);
      }
    }
  }
}

TEST_CASE("head scores and losses on repeated tokens are TransformerLens's") {
  for (const std::string& name : engine::golden_names_with_heads()) {
    const Golden golden = engine::load_golden(name);
    for (const json& expected : repeated_of(golden)) {
      engine::RepeatedOptions options;
      options.length = expected["length"];
      const auto found = engine::repeated_scores(golden.model, options);
      INFO(name << ", length " << options.length);
      CHECK(off_by(found.loss_first, expected["loss_first"]) <= 1);
      CHECK(off_by(found.loss_second, expected["loss_second"]) <= 1);
      CHECK(off_by(found.accuracy_second, expected["accuracy_second"]) <= 1);
      REQUIRE(found.loss_by_position.size() == expected["loss_by_position"].size());
      for (std::size_t i = 0; i < found.loss_by_position.size(); ++i)
        CHECK(off_by(found.loss_by_position[i], expected["loss_by_position"][i]) <= 1);
      CHECK(found.heads.size() == expected["heads"].size());
      for (const HeadScores& head : found.heads)
        check_near(head, expected_scores(expected, head.head));
    }
  }
}

TEST_CASE("without a length, head scores are the lower of TransformerLens's at two lengths") {
  for (const std::string& name : engine::golden_names_with_heads()) {
    const Golden golden = engine::load_golden(name);
    const json repeated = repeated_of(golden);
    INFO(name);
    for (const HeadScores& head : engine::repeated_scores(golden.model).heads) {
      HeadScores expected = expected_scores(repeated[0], head.head);
      const HeadScores shorter = expected_scores(repeated[1], head.head);
      expected.induction = std::min(expected.induction, shorter.induction);
      expected.previous_token = std::min(expected.previous_token, shorter.previous_token);
      expected.duplicate_token = std::min(expected.duplicate_token, shorter.duplicate_token);
      check_near(head, expected);
    }
  }
}
