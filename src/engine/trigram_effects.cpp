#include "engine/trigram_effects.h"

#include <algorithm>
#include <cassert>

namespace engine {

namespace {

double last_log_probability(const Run& run, int output) {
  return double(log_probabilities(Vector(run.logits.col(run.n() - 1)))[output]);
}

}  // namespace

std::vector<HeadTrigram> strongest(std::vector<HeadTrigram> trigrams, std::size_t count) {
  std::stable_sort(trigrams.begin(), trigrams.end(),
                   [](const HeadTrigram& a, const HeadTrigram& b) {
                     return a.trigram.strength > b.trigram.strength;
                   });
  if (trigrams.size() > count) trigrams.resize(count);
  return trigrams;
}

SourceEffect source_effect(const Model& model, const HeadTrigram& of, int n, int contexts,
                           Random& random) {
  assert(n >= 2 && contexts >= 1 && model.config.d_vocab >= 2);
  const SkipTrigram& trigram = of.trigram;
  SourceEffect effect;
  for (int context = 0; context < contexts; ++context) {
    std::vector<int> tokens(static_cast<std::size_t>(n));
    for (int& token : tokens) token = random.below(model.config.d_vocab);
    while (tokens.front() == trigram.source) tokens.front() = random.below(model.config.d_vocab);
    tokens.back() = trigram.destination;
    const Run without = forward(model, tokens);
    tokens.front() = trigram.source;
    const Run with = forward(model, tokens);
    effect.nats +=
        last_log_probability(with, trigram.output) - last_log_probability(without, trigram.output);
    effect.attention += double(with.head(of.head).pattern(n - 1, 0));
  }
  return {effect.nats / contexts, effect.attention / contexts};
}

std::optional<SkipTrigram> stronger_crossed(const TokenTables& tables, const BigramCounts& counts,
                                            int source, int most) {
  const SourceColumn column{tables.qk.column(source), tables.ov.column(source)};
  const auto found = crossed_trigrams(column, counts, source, most);
  if (!found) return {};
  const int d = found->strength(0, 1) >= found->strength(1, 0) ? 0 : 1, o = 1 - d;
  const auto at = [](const auto& two, int index) { return two[std::size_t(index)]; };
  return SkipTrigram{source,           at(found->destinations, d), at(found->outputs, o),
                     at(found->qk, d), at(found->ov, o),           found->strength(d, o)};
}

}  // namespace engine
