#include "engine/claim_sources.h"

#include <algorithm>
#include <cassert>

namespace engine {

namespace {

const char* const counts_of_layers[] = {"zero-layer", "one-layer", "two-layer"};

std::string layers(int count) {
  return std::to_string(count) + (count == 1 ? " layer" : " layers");
}

}  // namespace

std::optional<HeadReading> Subject::best(double HeadScores::*score, int first_layer) const {
  std::optional<HeadReading> found;
  for (const HeadReading& reading : heads) {
    if (reading.head.layer < first_layer || !reading.scores) continue;
    if (!found || (*reading.scores).*score > (*found->scores).*score) found = reading;
  }
  return found;
}

const Subject* ClaimSubjects::of_layers(int n_layers) const {
  assert(n_layers >= 0 && n_layers <= 2);
  if (std::min(2, loaded.config().n_layers) == n_layers) return &loaded;
  const std::optional<Subject>& of_set = n_layers == 0   ? zero_layer
                                         : n_layers == 1 ? one_layer
                                                         : two_layer;
  return of_set ? &*of_set : nullptr;
}

std::string no_subject(const ClaimSubjects& subjects, int n_layers) {
  return "this is about a " + std::string(counts_of_layers[n_layers]) + " model: this one has " +
         layers(subjects.loaded.config().n_layers) + ", and no set with such a model was given";
}

std::string too_few_layers(const Config& config, int needed) {
  if (needed == 1) return "this model has no layers, and so no heads";
  return "this is about models of two layers or more: this one has " + layers(config.n_layers);
}

std::vector<int> sample_tokens(const Config& config, const std::vector<int>& text, int count) {
  count = std::min(count, config.n_ctx);
  if (!text.empty())
    return {text.begin(),
            text.begin() + std::min<std::ptrdiff_t>(count, std::ptrdiff_t(text.size()))};
  Random random(1);
  std::vector<int> tokens(static_cast<std::size_t>(count));
  for (int& token : tokens) token = random.below(config.d_vocab);
  return tokens;
}

}  // namespace engine
