#include "engine/trigram_effects.h"

#include <algorithm>
#include <cassert>

namespace engine {

namespace {

struct Weighed {
  int token = 0;
  float value = 0;
};

// The counted tokens with the highest values of a column, those above zero.
std::vector<Weighed> highest(const Vector& column, const BigramCounts& counts, int top) {
  std::vector<Weighed> all;
  for (int token : counts.tokens())
    if (column[token] > 0) all.push_back({token, column[token]});
  std::stable_sort(all.begin(), all.end(),
                   [](const Weighed& a, const Weighed& b) { return a.value > b.value; });
  all.resize(std::min(all.size(), std::size_t(top)));
  return all;
}

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

std::optional<SkipTrigram> crossed_trigram(const TokenTables& tables, const BigramCounts& counts,
                                           int source, int top) {
  const std::vector<Weighed> destinations = highest(tables.qk.column(source), counts, top);
  const std::vector<Weighed> outputs = highest(tables.ov.column(source), counts, top);
  const auto listed = [&counts](const Weighed& destination, const Weighed& output) {
    return counts.log_probability(destination.token, output.token).has_value();
  };
  const auto has_output = [&](const Weighed& destination) {
    return std::any_of(outputs.begin(), outputs.end(),
                       [&](const Weighed& output) { return listed(destination, output); });
  };
  const auto has_destination = [&](const Weighed& output) {
    return std::any_of(destinations.begin(), destinations.end(),
                       [&](const Weighed& destination) { return listed(destination, output); });
  };
  std::optional<SkipTrigram> best;
  for (const Weighed& destination : destinations) {
    if (!has_output(destination)) continue;
    for (const Weighed& output : outputs) {
      const float strength = destination.value * output.value;
      if (best && strength <= best->strength) break;  // those that follow are weaker still
      if (listed(destination, output) || !has_destination(output)) continue;
      best = SkipTrigram{source,       destination.token, output.token, destination.value,
                         output.value, strength};
    }
  }
  return best;
}

}  // namespace engine
