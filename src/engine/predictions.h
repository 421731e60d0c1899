// What is predicted at some positions, read from logits that are made some rows of the vocabulary
// at a time, for all positions together: one product of W_U with a few columns after the other
// would read W_U, which no cache holds, as often.
#pragma once

#include <vector>

#include "engine/run.h"
#include "engine/softmax_sums.h"

namespace engine {

// Rows of the vocabulary that a step takes, where each takes so many multiplications: as many as
// are at most 5e7 together (some 10 ms in a page), and one at least.
int rows_a_step(double products_a_row);

class Predictions {
 public:
  // A token whose probability is asked for, at a position: a column of the input.
  struct Asked {
    int column = 0;
    int token = 0;
  };
  // input: d_model x n, as unembedding_input() has it. The model must outlive this.
  Predictions(const Model& model, Matrix input, std::vector<Asked> asked);

  bool done() const { return row_ == model_.config.d_vocab || input_.cols() == 0; }
  double progress() const;  // 0 to 1
  void step();              // not after the last (asserted). Throws Error for logits not finite
  // Once it is done: of what was asked, by its index, nats,
  double log_probability(std::size_t asked) const;
  // and the token with the largest logit.
  int top_token(int column) const { return sums_.top(std::size_t(column)); }

 private:
  const Model& model_;
  Matrix input_;
  std::vector<Asked> asked_;
  std::vector<float> logits_;  // beside each of those
  SoftmaxSums sums_;
  int row_ = 0;  // of the vocabulary
};

// Of the token that follows, at each position of a run but the last, in their order. At least two
// tokens (asserted); the run may be one without logits.
Predictions next_predictions(const Model& model, const Run& run);

}  // namespace engine
