// LiveRun: a training run that somebody watches and meddles with: a step at a time, heads cut while
// it trains, and at any step what the model is like then. No thread, file or clock.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/head_kinds.h"
#include "train/trainer.h"

namespace train {

// A run at one of its steps. Heads that are cut write nothing, here as in the steps.
struct LiveReport {
  int step = 0;
  long long tokens = 0;
  double loss = 0;  // nats a token, of the batches since the last report; NaN where there were none
  engine::RepeatedScores repeated;
  std::vector<engine::HeadId> cuts;
  // One fixed sequence, a block of at most 12 random tokens twice: n tokens.
  std::vector<int> sequence;
  std::vector<double> sequence_losses;   // of it, nats: n - 1, at i that of token i + 1
  std::vector<engine::Matrix> patterns;  // of it, a head each: n x n (destination, source)
};

class LiveRun {
 public:
  // The corpus's tokens are empty for the task `repeat`. Throws Error for a corpus shorter than
  // n_ctx + 1 tokens, and for an n_ctx below 4, in which nothing repeats.
  LiveRun(const TrainConfig& config, std::vector<int> corpus);

  const Trainer& trainer() const { return trainer_; }

  // One step. Throws Error, and changes nothing, when the loss stops being finite.
  void step();

  // The heads that write nothing from now on, in the steps and the reports; they learn nothing.
  // Throws Error for a head that the model does not have.
  void set_cuts(std::vector<engine::HeadId> heads);
  const std::vector<engine::HeadId>& cuts() const { return cuts_; }

  // What the model is like as it stands.
  LiveReport report();

  // The model in one file (engine::write_model), as a run that goes on from there bit for bit
  // restores it: the trainer's state and the cuts are in it, and `metadata`. restore() throws Error
  // for a file that holds no run of this config.
  std::string save(std::map<std::string, std::string> metadata = {}) const;
  void restore(std::string_view bytes);

 private:
  Trainer trainer_;
  engine::Backward workspace_;
  engine::Parameters gradient_;
  std::vector<engine::HeadId> cuts_;
};

}  // namespace train
