#include "engine/induction.h"

#include <cassert>
#include <cmath>

#include "engine/forward.h"

namespace engine {

std::vector<InductionPosition> induction(const Run& run, const Run& without,
                                         const std::vector<HeadId>& heads) {
  assert(run.tokens == without.tokens);
  std::vector<InductionPosition> positions;
  for (int position = 0; position < run.n(); ++position) {
    positions.push_back({position, {}});
    const int token = run.tokens[std::size_t(position)];
    Vector log_p, log_p_without;  // made where they are needed: a softmax over the vocabulary each
    for (int earlier = position - 1; earlier >= 0; --earlier) {
      if (run.tokens[std::size_t(earlier)] != token) continue;
      if (log_p.size() == 0) {
        log_p = log_probabilities(Vector(run.logits.col(position)));
        log_p_without = log_probabilities(Vector(without.logits.col(position)));
      }
      EarlierOccurrence occurrence;
      occurrence.earlier = earlier;
      for (HeadId head : heads)
        occurrence.attention.push_back(run.head(head).pattern(position, earlier + 1));
      const int next = run.tokens[std::size_t(earlier + 1)];
      occurrence.probability = std::exp(log_p[next]);
      occurrence.probability_without = std::exp(log_p_without[next]);
      positions.back().occurrences.push_back(std::move(occurrence));
    }
  }
  return positions;
}

}  // namespace engine
