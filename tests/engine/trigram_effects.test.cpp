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

double log_probability(const Model& model, const std::vector<int>& tokens, int output) {
  const engine::Run run = engine::forward(model, tokens);
  return double(engine::log_probabilities(engine::Vector(run.logits.col(run.n() - 1)))[output]);
}

}  // namespace

TEST_CASE(
    "of a source's two crossed skip-trigrams the stronger is tried, and the counts list neither") {
  const Model model = engine::random_model<float>(431, one_layer());
  int found_some = 0;
  for (int head = 0; head < 3; ++head) {
    const engine::TokenTables tables = engine::token_tables(model, {0, head});
    for (int source = 0; source < 30; ++source) {
      const BigramCounts counts = random_counts(432 + std::uint64_t(source));
      const auto found = engine::stronger_crossed(tables, counts, source, 10);
      const auto both = engine::crossed_trigrams(
          {tables.qk.column(source), tables.ov.column(source)}, counts, source, 10);
      REQUIRE(found.has_value() == both.has_value());
      if (!found) continue;
      ++found_some;
      CHECK(found->strength == std::max(both->strength(0, 1), both->strength(1, 0)));
      CHECK_THAT(found->strength, WithinAbs(tables.qk.entry(found->destination, source) *
                                                tables.ov.entry(found->output, source),
                                            1e-4));
      CHECK_FALSE(counts.log_probability(found->destination, found->output).has_value());
    }
  }
  CHECK(found_some > 20);
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
            std::abs(with - log_probability(model, {other, 11}, 7) - effect.nats) < 1e-5;
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
  CHECK_THAT(all.nats, WithinAbs(nats, 1e-6));  // float32's logits, summed in another order
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
