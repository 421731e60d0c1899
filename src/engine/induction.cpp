#include "engine/induction.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/forward.h"

namespace engine {

namespace {

const double products_a_step = 4e8;

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

Matrix columns(const Matrix& all, const std::vector<int>& chosen) {
  Matrix some(all.rows(), Eigen::Index(chosen.size()));
  for (std::size_t i = 0; i < chosen.size(); ++i) some.col(Eigen::Index(i)) = all.col(chosen[i]);
  return some;
}

}  // namespace

InductionMeter::InductionMeter(const Model& model, const Run& run, const Run& without,
                               const std::vector<HeadId>& heads)
    : model_(model), tokens_(run.tokens) {
  assert(run.tokens == without.tokens);
  for (int position = 0; position < run.n(); ++position) {
    positions_.push_back(find_earlier(run, position, heads));
    if (!positions_.back().occurrences.empty()) repeated_.push_back(position);
  }
  input_ = columns(unembedding_input(model, run, 0, run.n()), repeated_);
  without_ = columns(unembedding_input(model, without, 0, run.n()), repeated_);
}

double InductionMeter::progress() const {
  return done() ? 1 : double(next_) / double(repeated_.size());
}

void InductionMeter::step() {
  assert(!done());
  const double products = 2.0 * double(model_.config.d_vocab) * model_.config.d_model;
  const std::size_t most = std::size_t(std::max(1.0, products_a_step / products));
  const std::size_t count = std::min(most, repeated_.size() - next_);
  const auto first = Eigen::Index(next_), n = Eigen::Index(count);
  const Matrix logits = logits_from<float>(model_, input_.middleCols(first, n));
  const Matrix logits_without = logits_from<float>(model_, without_.middleCols(first, n));
  for (Eigen::Index i = 0; i < n; ++i) {
    const Vector log_p = log_probabilities(Vector(logits.col(i)));
    const Vector log_p_without = log_probabilities(Vector(logits_without.col(i)));
    const int position = repeated_[next_ + std::size_t(i)];
    for (EarlierOccurrence& each : positions_[std::size_t(position)].occurrences) {
      const int next = tokens_[std::size_t(each.earlier + 1)];
      each.probability = std::exp(log_p[next]);
      each.probability_without = std::exp(log_p_without[next]);
    }
  }
  next_ += count;
}

std::vector<InductionPosition> induction(const Model& model, const Run& run, const Run& without,
                                         const std::vector<HeadId>& heads) {
  InductionMeter meter(model, run, without, heads);
  while (!meter.done()) meter.step();
  return meter.positions();
}

}  // namespace engine
