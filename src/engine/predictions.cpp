#include "engine/predictions.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/error.h"
#include "engine/forward.h"

namespace engine {

int rows_a_step(double products_a_row) {
  const double products = 5e7, most = 1e9;
  return int(std::clamp(products / products_a_row, 1.0, most));
}

Predictions::Predictions(const Model& model, Matrix input, std::vector<Asked> asked)
    : model_(model),
      input_(std::move(input)),
      asked_(std::move(asked)),
      logits_(asked_.size()),
      sums_(std::size_t(input_.cols())) {}

double Predictions::progress() const {
  return done() ? 1 : double(row_) / model_.config.d_vocab;
}

void Predictions::step() {
  assert(!done());
  const int rows = std::min(rows_a_step(double(input_.size())), model_.config.d_vocab - row_);
  Matrix logits = model_.weights.W_U.middleRows(row_, rows) * input_;
  const Vector& b_U = model_.weights.b_U;
  if (b_U.size()) logits.colwise() += b_U.segment(row_, rows);
  if (!logits.allFinite())
    fail("the logits are not finite: this model's numbers are too large for float32");
  sums_.add(logits, row_);
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const int row = asked_[i].token - row_;
    if (row >= 0 && row < rows) logits_[i] = logits(row, asked_[i].column);
  }
  row_ += rows;
}

double Predictions::log_probability(std::size_t asked) const {
  assert(done());
  return double(logits_[asked]) - sums_.log_sum(std::size_t(asked_[asked].column));
}

Predictions next_predictions(const Model& model, const Run& run) {
  assert(run.n() >= 2);
  std::vector<Predictions::Asked> next;
  for (int i = 0; i + 1 < run.n(); ++i) next.push_back({i, run.tokens[std::size_t(i + 1)]});
  return {model, unembedding_input(model, run, 0, run.n() - 1), std::move(next)};
}

}  // namespace engine
