#include "engine/trigram_effects.h"

#include <catch2/catch.hpp>

#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::BigramCounts;
using engine::Model;
using engine::Shape;
using engine::SkipTrigram;

namespace {

Shape one_layer() {
  Shape shape;
  shape.n_layers = 1;
  return shape;
}

// Tokens 0 to 19 are counted; some fifth of their pairs is listed.
BigramCounts random_counts(std::uint64_t seed) {
  engine::Random random(seed);
  std::string tokens, totals, next;
  for (int token = 0; token < 20; ++token) {
    std::string row;
    for (int id = 0; id < 20; ++id)
      if (random.below(5) == 0)
        row += (row.empty() ? "" : ",") + std::to_string(id) + "," +
               std::to_string(10 + random.below(90));
    const std::string comma = token ? "," : "";
    tokens += comma + std::to_string(token);
    totals += comma + "5000";
    next += comma + "[" + row + "]";
  }
  return BigramCounts::from_json(R"({"tokens":[)" + tokens + R"(],"totals":[)" + totals +
                                 R"(],"next":[)" + next + "]}");
}

// The strength of the best crossed pair, from every pair of counted tokens; 0 where there is none.
float best_crossed(const engine::TokenTables& tables, const BigramCounts& counts, int source) {
  const auto qk = [&](int token) { return tables.qk.entry(token, source); };
  const auto ov = [&](int token) { return tables.ov.entry(token, source); };
  const auto listed = [&](int a, int b) { return counts.log_probability(a, b).has_value(); };
  float best = 0;
  for (int destination = 0; destination < 20; ++destination)
    for (int output = 0; output < 20; ++output) {
      if (qk(destination) <= 0 || ov(output) <= 0 || listed(destination, output)) continue;
      bool own_output = false, own_destination = false;
      for (int other = 0; other < 20; ++other) {
        own_output |= ov(other) > 0 && listed(destination, other);
        own_destination |= qk(other) > 0 && listed(other, output);
      }
      if (own_output && own_destination) best = std::max(best, qk(destination) * ov(output));
    }
  return best;
}

double log_probability(const Model& model, const std::vector<int>& tokens, int output) {
  const engine::Run run = engine::forward(model, tokens);
  return double(engine::log_probabilities(engine::Vector(run.logits.col(run.n() - 1)))[output]);
}

}  // namespace

TEST_CASE("the crossed pair of a source is the strongest of all that the counts call unlikely") {
  const Model model = engine::random_model<float>(431, one_layer());
  int found_some = 0;
  for (int head = 0; head < 3; ++head) {
    const engine::TokenTables tables = engine::token_tables(model, {0, head});
    for (int source = 0; source < 30; ++source) {
      const BigramCounts counts = random_counts(432 + std::uint64_t(source));
      const auto found = engine::crossed_trigram(tables, counts, source, 20);
      const float best = best_crossed(tables, counts, source);
      REQUIRE(found.has_value() == (best > 0));
      if (!found) continue;
      ++found_some;
      CHECK_THAT(found->strength, WithinAbs(best, 1e-4 * best));
      CHECK(found->source == source);
      CHECK_FALSE(counts.log_probability(found->destination, found->output).has_value());
    }
  }
  CHECK(found_some > 30);
}

TEST_CASE("nothing is crossed where the counts list no pair, or every pair") {
  const Model model = engine::random_model<float>(433, one_layer());
  const engine::TokenTables tables = engine::token_tables(model, {0, 0});
  const BigramCounts none =
      BigramCounts::from_json(R"({"tokens":[1,2,3],"totals":[50,50,50],"next":[[],[],[]]})");
  const BigramCounts all = BigramCounts::from_json(
      R"({"tokens":[1,2],"totals":[50,50],"next":[[1,20,2,20],[1,20,2,20]]})");
  for (int source = 0; source < 30; ++source) {
    CHECK_FALSE(engine::crossed_trigram(tables, none, source, 20).has_value());
    CHECK_FALSE(engine::crossed_trigram(tables, all, source, 20).has_value());
  }
}

TEST_CASE("a source's effect is what the run says with it less what it says without") {
  const Model model = engine::random_model<float>(434, one_layer());
  SkipTrigram trigram;
  trigram.source = 4;
  trigram.destination = 11;
  trigram.output = 7;
  for (std::uint64_t seed = 1; seed < 6; ++seed) {
    engine::Random random(seed);
    const engine::SourceEffect effect =
        engine::source_effect(model, {{0, 1}, trigram}, 2, 1, random);
    const double with = log_probability(model, {4, 11}, 7);
    bool is_of_another = false;  // which token took the source's place is drawn
    for (int other = 0; other < 30; ++other)
      if (other != 4)
        is_of_another |=
            std::abs(with - log_probability(model, {other, 11}, 7) - effect.nats) < 1e-6;
    CHECK(is_of_another);
    CHECK_THAT(effect.attention,
               WithinAbs(double(engine::forward(model, {4, 11}).head({0, 1}).pattern(1, 0)), 1e-7));
  }
}

TEST_CASE("an effect over several contexts is their mean, and of a longer text") {
  const Model model = engine::random_model<float>(435, one_layer());
  SkipTrigram trigram;
  trigram.source = 4;
  trigram.destination = 11;
  trigram.output = 7;
  engine::Random together(9), one_by_one(9);
  const auto all = engine::source_effect(model, {{0, 1}, trigram}, 6, 3, together);
  double nats = 0, attention = 0;
  for (int i = 0; i < 3; ++i) {
    const auto each = engine::source_effect(model, {{0, 1}, trigram}, 6, 1, one_by_one);
    nats += each.nats / 3;
    attention += each.attention / 3;
  }
  CHECK_THAT(all.nats, WithinAbs(nats, 1e-9));
  CHECK_THAT(all.attention, WithinAbs(attention, 1e-9));
}

TEST_CASE("the strongest of several heads' trigrams come first") {
  std::vector<engine::HeadTrigram> all;
  for (float strength : {1.f, 5.f, 3.f, 4.f, 2.f}) {
    engine::HeadTrigram each{{0, int(strength)}, {}};
    each.trigram.strength = strength;
    all.push_back(each);
  }
  const auto found = engine::strongest(all, 3);
  REQUIRE(found.size() == 3);
  for (int i = 0; i < 3; ++i) CHECK(found[std::size_t(i)].head.head == 5 - i);
}
