// What heads do on random tokens that come twice: previous-token, induction and duplicate-token
// scores, and how well the model predicts the second copy (design, section 4, "Repeated
// sequences"). Paper: "Induction Heads", checked there on random tokens too.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/predictions.h"
#include "engine/random.h"
#include "engine/stream_work.h"

namespace engine {

// A block of `length` random tokens, then the same block: 2 * length tokens. Within the block no
// token comes twice while the vocabulary allows it.
std::vector<int> repeated_sequence(int d_vocab, int length, Random& random);

struct RepeatedOptions {
  int length = 0;  // of the block; 0: min(64, n_ctx / 2), and again with three fewer
  int sequences = 20;
  std::uint64_t seed = 1;
  bool frozen = false;      // cuts leave patterns and LayerNorm scales as they were
  bool heads_only = false;  // what is predicted is not asked for: losses and accuracy stay 0
};

// Has the model room for a block of two tokens, twice?
bool can_repeat(const Config& config);
// Throws Error for lengths and counts that do not fit n_ctx.
void check_repeats(const RepeatedOptions& options, const Config& config);

struct HeadScores {
  HeadId head;
  double induction = 0;        // mean of pattern[i, i - L + 1] over the second copy
  double previous_token = 0;   // mean of pattern[i, i - 1] over all i >= 1
  double duplicate_token = 0;  // mean of pattern[i, i - L] over the second copy
};

struct RepeatedScores {
  int length = 0;
  double loss_first = 0;                 // nats a token, predictions at 0 .. L-2
  double loss_second = 0;                // predictions at L .. 2L-2
  double accuracy_second = 0;            // share of those whose top token is right
  std::vector<double> loss_by_position;  // 2L - 1
  std::vector<HeadScores> heads;         // with length 0 the lower score of the two lengths
};

// A head is called by a kind above these scores; what it is called so for is the score.
const double induction_threshold = 0.4;
const double previous_token_threshold = 0.5;
const double duplicate_token_threshold = 0.5;
const double copying_threshold = 0.5;  // of copying_score()

// A head above layer 0 (one of layer 0 reads tokens alone) with an induction score above
// induction_threshold; and all of them.
bool is_induction_head(const HeadScores& scores);
std::vector<HeadId> induction_heads(const RepeatedScores& scores);

// Runs the model on repeated sequences, a head or some rows of the vocabulary a step: with a large
// vocabulary the logits of one sequence take seconds. The model must outlive it.
class RepeatedRuns {
 public:
  // Throws Error as check_repeats does.
  RepeatedRuns(const Model& model, const RepeatedOptions& options, const Cuts& cuts);
  bool done() const { return runs_ == int(sums_.size()) * options_.sequences; }
  double progress() const;  // 0 to 1
  void step();
  RepeatedScores result() const;  // once it is done (asserted)
  const RepeatedOptions& options() const { return options_; }

 private:
  void add_length(int length);
  void begin_run(int length);
  void end_stream(RepeatedScores& sums);
  void end_run();
  bool wants_predictions() const;

  const Model& model_;
  RepeatedOptions options_;
  Cuts cuts_;
  Random random_;
  std::vector<RepeatedScores> sums_;        // of each length
  int runs_ = 0;                            // that are finished
  std::vector<int> tokens_;                 // of the one after them, once it has begun:
  std::optional<StreamWork> stream_;        // its stream,
  std::optional<Predictions> predictions_;  // then what is predicted
};

// All of them at once. Throws Error as above.
RepeatedScores repeated_scores(const Model& model, const RepeatedOptions& options = {},
                               const Cuts& cuts = {});

}  // namespace engine
