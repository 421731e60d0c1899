#include "engine/induction.h"

#include <cassert>
#include <cmath>
#include <utility>

#include "engine/forward.h"

namespace engine {

namespace {

// Of one position, without the probabilities.
InductionPosition find_earlier(const Run& run, int position, const std::vector<HeadId>& heads) {
  InductionPosition found{position, {}};
  for (int earlier = position - 1; earlier >= 0; --earlier) {
    if (run.tokens[std::size_t(earlier)] != run.tokens[std::size_t(position)]) continue;
    EarlierOccurrence occurrence;
    occurrence.earlier = earlier;
    for (HeadId head : heads)
      occurrence.attention.push_back(run.head(head).pattern(position, earlier + 1));
    found.occurrences.push_back(std::move(occurrence));
  }
  return found;
}

std::vector<InductionPosition> find_all(const Run& run, const std::vector<HeadId>& heads) {
  std::vector<InductionPosition> positions;
  for (int i = 0; i < run.n(); ++i) positions.push_back(find_earlier(run, i, heads));
  return positions;
}

}  // namespace

InductionMeter::InductionMeter(const Model& model, const Run& run, const std::vector<HeadId>& heads)
    : model_(model),
      tokens_(run.tokens),
      positions_(find_all(run, heads)),
      with_(predictions_of(run)) {}

void InductionMeter::set_without(const Run& without) {
  assert(without.tokens == tokens_);
  without_.emplace(predictions_of(without));
}

// Of what came next at the earlier occurrences, in their order.
Predictions InductionMeter::predictions_of(const Run& run) const {
  std::vector<int> repeated;
  std::vector<Predictions::Asked> asked;
  for (const InductionPosition& each : positions_) {
    for (const EarlierOccurrence& occurrence : each.occurrences)
      asked.push_back({int(repeated.size()), tokens_[std::size_t(occurrence.earlier + 1)]});
    if (!each.occurrences.empty()) repeated.push_back(each.position);
  }
  const Matrix all = unembedding_input(model_, run, 0, run.n());
  Matrix input(all.rows(), Eigen::Index(repeated.size()));
  for (std::size_t i = 0; i < repeated.size(); ++i)
    input.col(Eigen::Index(i)) = all.col(repeated[i]);
  return {model_, std::move(input), std::move(asked)};
}

double InductionMeter::progress() const {
  return (with_.progress() + (without_ ? without_->progress() : 0)) / 2;
}

void InductionMeter::step() {
  assert(!done() && without_);
  (with_.done() ? *without_ : with_).step();
  if (done()) set_probabilities();
}

void InductionMeter::set_probabilities() {
  std::size_t asked = 0;
  for (InductionPosition& position : positions_)
    for (EarlierOccurrence& each : position.occurrences) {
      each.probability = float(std::exp(with_.log_probability(asked)));
      each.probability_without = float(std::exp(without_->log_probability(asked++)));
    }
}

std::vector<InductionPosition> induction(const Model& model, const Run& run, const Run& without,
                                         const std::vector<HeadId>& heads) {
  InductionMeter meter(model, run, heads);
  meter.set_without(without);
  while (!meter.done()) meter.step();
  return meter.positions();
}

}  // namespace engine
