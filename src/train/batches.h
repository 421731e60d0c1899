// Batches: windows of a corpus and repeated random tokens. A batch depends on the seed and the
// step's number alone, so that a run that was stopped goes on as if it had not been.
#pragma once

#include <vector>

#include "engine/backward.h"
#include "engine/random.h"
#include "train/config.h"

namespace train {

struct Batch {
  std::vector<engine::Sequence> sequences;
  std::vector<bool> synthetic;  // one a sequence
  int counted = 0;              // predictions whose loss counts
  int tokens = 0;               // predictions in all
};

// A block of random tokens that goes on repeating to n_ctx + 1 tokens; counted from its second copy
// on. `byte_ids` are the tokenizer's ids of the bytes 0 to 255, or empty: then no block is of
// bytes.
engine::Sequence repeated_training_sequence(const TrainConfig& config,
                                            const std::vector<int>& byte_ids,
                                            engine::Random& random);

class Batches {
 public:
  // The corpus's tokens are empty for the task `repeat`.
  Batches(const TrainConfig& config, std::vector<int> corpus, std::vector<int> byte_ids);

  Batch batch(int step) const;
  // The share of synthetic sequences at a step.
  double repeat_share(int step) const;

 private:
  engine::Sequence window(engine::Random& random) const;

  TrainConfig config_;
  std::vector<int> corpus_, byte_ids_;
};

}  // namespace train
