#include "engine/head_kinds.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/hand_made.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using engine::Cuts;
using engine::HandMade;
using engine::HeadId;
using engine::HeadScores;
using engine::Model;
using engine::Random;
using engine::RepeatedOptions;
using engine::RepeatedScores;
using engine::Shape;

namespace {

// The design's definitions, one sum after the other.
RepeatedScores naive(const Model& model, const RepeatedOptions& options, const Cuts& cuts) {
  const int L = options.length;
  RepeatedScores scores;
  scores.loss_by_position.resize(std::size_t(2 * L - 1));
  for (HeadId head : engine::all_heads(model.config)) scores.heads.push_back({head});
  Random random(options.seed);
  for (int s = 0; s < options.sequences; ++s) {
    const auto tokens = engine::repeated_sequence(model.config.d_vocab, L, random);
    const engine::Run whole = engine::forward(model, tokens);
    const engine::Run run = engine::forward(model, tokens, cuts, options.frozen ? &whole : nullptr);
    const double n = options.sequences;
    for (int i = 0; i < 2 * L - 1; ++i) {
      double total = 0;
      for (float logit : run.logits.col(i)) total += std::exp(double(logit));
      const int next = tokens[std::size_t(i + 1)];
      const double loss = std::log(total) - double(run.logits(next, i));
      scores.loss_by_position[std::size_t(i)] += loss / n;
      if (i <= L - 2) scores.loss_first += loss / n / (L - 1);
      if (i >= L) scores.loss_second += loss / n / (L - 1);
      if (i >= L && run.logits.col(i).maxCoeff() == run.logits(next, i))
        scores.accuracy_second += 1 / n / (L - 1);
    }
    for (HeadScores& head : scores.heads) {
      const engine::Matrix& pattern = run.head(head.head).pattern;
      for (int i = 1; i < 2 * L; ++i)
        head.previous_token += double(pattern(i, i - 1)) / n / (2 * L - 1);
      for (int i = L; i < 2 * L; ++i) {
        head.induction += double(pattern(i, i - L + 1)) / n / L;
        head.duplicate_token += double(pattern(i, i - L)) / n / L;
      }
    }
  }
  return scores;
}

void check_near(const RepeatedScores& have, const RepeatedScores& want) {
  CHECK_THAT(have.loss_first, WithinAbs(want.loss_first, 1e-4));
  CHECK_THAT(have.loss_second, WithinAbs(want.loss_second, 1e-4));
  CHECK_THAT(have.accuracy_second, WithinAbs(want.accuracy_second, 1e-9));
  REQUIRE(have.loss_by_position.size() == want.loss_by_position.size());
  for (std::size_t i = 0; i < want.loss_by_position.size(); ++i)
    CHECK_THAT(have.loss_by_position[i], WithinAbs(want.loss_by_position[i], 1e-4));
  REQUIRE(have.heads.size() == want.heads.size());
  for (std::size_t h = 0; h < want.heads.size(); ++h) {
    CHECK(have.heads[h].head == want.heads[h].head);
    CHECK_THAT(have.heads[h].induction, WithinAbs(want.heads[h].induction, 1e-6));
    CHECK_THAT(have.heads[h].previous_token, WithinAbs(want.heads[h].previous_token, 1e-6));
    CHECK_THAT(have.heads[h].duplicate_token, WithinAbs(want.heads[h].duplicate_token, 1e-6));
  }
}

}  // namespace

TEST_CASE("a repeated sequence is a block twice, without a token twice where there are enough") {
  Random random(3);
  for (const auto& [d_vocab, length] : {std::pair(30, 12), {12, 12}, {3, 12}}) {
    std::set<int> ids;
    for (int s = 0; s < 40; ++s) {
      const std::vector<int> tokens = engine::repeated_sequence(d_vocab, length, random);
      REQUIRE(int(tokens.size()) == 2 * length);
      CHECK(std::equal(tokens.begin(), tokens.begin() + length, tokens.begin() + length));
      const std::set<int> distinct(tokens.begin(), tokens.end());
      if (d_vocab >= length) CHECK(int(distinct.size()) == length);
      ids.insert(distinct.begin(), distinct.end());
    }
    CHECK(*ids.begin() == 0);  // the whole vocabulary is drawn from
    CHECK(*ids.rbegin() == d_vocab - 1);
    CHECK(int(ids.size()) == d_vocab);
  }
}

TEST_CASE("scores are the design's means, with cuts and frozen patterns too") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(80, shape);
    INFO(describe(shape));
    const RepeatedOptions plain{5, 3, 7, false}, frozen{5, 3, 7, true};
    check_near(engine::repeated_scores(model, plain), naive(model, plain, {}));
    if (shape.n_layers < 2) continue;
    const Cuts cuts = Cuts::parse({"L0H0>*:K", "L1H0>logits"}, model.config);
    check_near(engine::repeated_scores(model, plain, cuts), naive(model, plain, cuts));
    check_near(engine::repeated_scores(model, frozen, cuts), naive(model, frozen, cuts));
  }
}

TEST_CASE("without a length the lower score of two lengths counts, losses are of the longer") {
  const Model model = engine::random_model<float>(81, Shape());  // n_ctx 12
  const RepeatedScores both = engine::repeated_scores(model);
  const RepeatedScores longer = engine::repeated_scores(model, {6, 20, 1});
  const RepeatedScores shorter = engine::repeated_scores(model, {3, 20, 1});
  CHECK(both.length == 6);
  CHECK(both.loss_second == longer.loss_second);
  for (std::size_t h = 0; h < both.heads.size(); ++h)
    CHECK(both.heads[h].induction ==
          std::min(longer.heads[h].induction, shorter.heads[h].induction));
}

TEST_CASE("runs in steps come to the same scores, and their progress rises to 1") {
  const Model model = engine::random_model<float>(52, Shape());
  engine::RepeatedRuns runs(model, {0, 3, 7}, {});
  double before = 0;
  for (runs.step(); !runs.done(); runs.step()) {
    CHECK(runs.progress() >= before);
    CHECK(runs.progress() < 1);
    before = runs.progress();
  }
  CHECK(runs.progress() == 1);
  const engine::RepeatedScores scores = engine::repeated_scores(model, {0, 3, 7});
  CHECK(runs.result().loss_second == scores.loss_second);
  CHECK(runs.result().heads[4].induction == scores.heads[4].induction);
}

TEST_CASE("with a large vocabulary a sequence takes several steps, and comes to the same") {
  Shape shape;
  shape.d_vocab = 30000;
  shape.d_model = 1024;
  shape.d_head = 2;
  const Model model = engine::random_model<float>(53, shape);
  engine::RepeatedRuns runs(model, {6, 1, 7}, {});
  int steps = 0;
  for (; !runs.done(); ++steps) runs.step();
  // The run's heads and its end, then 11 positions of 3e7 products each, at most 5e7 a step.
  const int heads = int(engine::all_heads(model.config).size());
  CHECK(steps == heads + 1 + 7);
  engine::Random random(7);
  const auto tokens = engine::repeated_sequence(shape.d_vocab, 6, random);
  const engine::Run run = engine::forward(model, tokens);
  double loss = 0;
  for (int i = 6; i < 11; ++i)
    loss -=
        engine::log_probabilities(engine::Vector(run.logits.col(i)))[tokens[std::size_t(i) + 1]];
  CHECK_THAT(runs.result().loss_second, WithinRel(loss / 5, 1e-6));
}

TEST_CASE(
    "where the heads alone are asked for, their scores are the same and nothing is predicted") {
  const Model model = engine::random_model<float>(54, Shape());
  RepeatedOptions options{6, 3, 7};
  const RepeatedScores all = engine::repeated_scores(model, options);
  options.heads_only = true;
  const RepeatedScores heads = engine::repeated_scores(model, options);
  for (std::size_t h = 0; h < all.heads.size(); ++h) {
    CHECK(heads.heads[h].induction == all.heads[h].induction);
    CHECK(heads.heads[h].previous_token == all.heads[h].previous_token);
    CHECK(heads.heads[h].duplicate_token == all.heads[h].duplicate_token);
  }
  CHECK(heads.loss_first == 0);
  CHECK(heads.accuracy_second == 0);
}

TEST_CASE("a seed gives the same scores again, another seed others") {
  const Model model = engine::random_model<float>(82, Shape());
  const double loss = engine::repeated_scores(model, {6, 4, 9}).loss_first;
  CHECK(engine::repeated_scores(model, {6, 4, 9}).loss_first == loss);
  CHECK(engine::repeated_scores(model, {6, 4, 10}).loss_first != loss);
}

TEST_CASE("a previous-token head scores 1 as that and 0 as the others") {
  HandMade hand(20, 16, 1);
  const HeadScores head = engine::repeated_scores(hand.looks_back(0, 1).model, {8, 3, 1}).heads[0];
  CHECK_THAT(head.previous_token, WithinAbs(1, 1e-6));
  CHECK_THAT(head.induction, WithinAbs(0, 1e-6));
  CHECK_THAT(head.duplicate_token, WithinAbs(0, 1e-6));
}

TEST_CASE("a head that looks back by a fixed distance is no induction head") {
  HandMade hand(20, 16, 1);
  hand.looks_back(0, 7);
  CHECK_THAT(engine::repeated_scores(hand.model, {8, 3, 1}).heads[0].induction, WithinAbs(1, 1e-6));
  CHECK(engine::repeated_scores(hand.model).heads[0].induction < 0.1);
}

TEST_CASE("a head that looks for its own token shares between it and its first occurrence") {
  HandMade hand(20, 16, 1);
  const HeadScores head = engine::repeated_scores(hand.matches(0, 0).model, {8, 3, 1}).heads[0];
  CHECK_THAT(head.duplicate_token, WithinAbs(0.5, 1e-6));
}

// The first token has no token before and looks at itself. So its second occurrence finds two keys
// alike, the first token's and the one after it, and shares between them.
TEST_CASE("two heads make an induction head, which predicts the second copy") {
  HandMade hand(20, 16, 2);
  hand.looks_back(0, 1).matches(1, 20);
  const RepeatedScores scores = engine::repeated_scores(hand.model);  // lengths 8 and 5
  CHECK_THAT(scores.heads[1].induction, WithinAbs(4.5 / 5, 1e-4));
  CHECK_THAT(scores.loss_second, WithinAbs(std::log(2) / 7, 1e-4));
  CHECK(scores.accuracy_second > 6 / 7.0 - 1e-9);
  CHECK(scores.loss_first > 3);
  CHECK(engine::induction_heads(scores) == std::vector<HeadId>{{1, 0}});
  // Without what the previous-token head adds to its keys it looks nowhere in particular.
  const Cuts cuts = Cuts::parse({"L0H0>L1H0:K"}, hand.model.config);
  CHECK(engine::repeated_scores(hand.model, {}, cuts).heads[1].induction < 0.2);
  const RepeatedOptions frozen{0, 20, 1, true};
  CHECK(engine::repeated_scores(hand.model, frozen, cuts).heads[1].induction ==
        scores.heads[1].induction);
}

TEST_CASE("heads of layer 0 are no induction heads, whatever they look at") {
  HandMade hand(20, 16, 1);
  CHECK(engine::induction_heads(engine::repeated_scores(hand.looks_back(0, 7).model, {8, 3, 1}))
            .empty());
}

TEST_CASE("lengths and counts that do not fit are refused with what was expected") {
  const Model model = engine::random_model<float>(83, Shape());
  CHECK_THROWS_WITH(engine::repeated_scores(model, {7, 3}), Contains("7") && Contains("2 to 6"));
  CHECK_THROWS_WITH(engine::repeated_scores(model, {1, 3}), Contains("2 to 6"));
  CHECK_THROWS_WITH(engine::repeated_scores(model, {-4, 3}), Contains("-4"));
  CHECK_THROWS_WITH(engine::repeated_scores(model, {6, 0}), Contains("sequences"));
  Shape narrow;
  narrow.n_ctx = 3;
  const Model short_model = engine::random_model<float>(83, narrow);
  CHECK_FALSE(engine::can_repeat(short_model.config));
  CHECK_THROWS_WITH(engine::repeated_scores(short_model), Contains("n_ctx = 3"));
}
