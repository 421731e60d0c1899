#include "engine/trigram_effects.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/predictions.h"

namespace engine {

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
  Matrix inputs(model.config.d_model, 2 * contexts);  // what W_U reads: without the source, with it
  std::vector<Predictions::Asked> output;
  for (int context = 0; context < contexts; ++context) {
    std::vector<int> tokens(static_cast<std::size_t>(n));
    for (int& token : tokens) token = random.below(model.config.d_vocab);
    while (tokens.front() == trigram.source) tokens.front() = random.below(model.config.d_vocab);
    tokens.back() = trigram.destination;
    for (int with : {0, 1}) {
      if (with) tokens.front() = trigram.source;
      const Run run = forward_stream(model, tokens);
      inputs.col(2 * context + with) = unembedding_input(model, run, n - 1, 1);
      output.push_back({2 * context + with, trigram.output});
      if (with) effect.attention += double(run.head(of.head).pattern(n - 1, 0));
    }
  }
  Predictions predictions(model, std::move(inputs), output);
  while (!predictions.done()) predictions.step();
  for (std::size_t i = 0; i < output.size(); i += 2)
    effect.nats += predictions.log_probability(i + 1) - predictions.log_probability(i);
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
