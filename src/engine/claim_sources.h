// What claims are measured on: the model that is loaded, the others of its set, a held-out text,
// counted bigrams, the log of the training; and the work of measuring, in steps.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/bigrams.h"
#include "engine/claim.h"
#include "engine/head_readings.h"
#include "engine/training_log.h"

namespace engine {

// Each may be missing; then the claims that need it have no answer.
struct ClaimSources {
  const Model* zero_layer = nullptr;  // of the set; they read the loaded model's tokens, and
  const Model* one_layer = nullptr;   // outlive what measures
  const Model* two_layer = nullptr;
  std::vector<int> text;               // held-out, of any length
  std::optional<BigramCounts> counts;  // they fit the models
  std::optional<double> counted_loss;  // nats a token: the best counted bigram's, on this text
  TrainingLog log;                     // of the loaded model
};

// A model with what its heads do, once that is known.
struct Subject {
  const Model* model = nullptr;
  std::vector<HeadReading> heads;          // all_heads
  std::optional<RepeatedScores> repeated;  // none without heads or where n_ctx is too short

  const Config& config() const { return model->config; }
  // The best head by a score on repeated tokens, from layer `first` on; none without such heads.
  std::optional<HeadReading> best(double HeadScores::*score, int first_layer = 0) const;
};

struct ClaimSubjects {
  Subject loaded;
  std::optional<Subject> zero_layer, one_layer, two_layer;  // of the set

  // The loaded model where it has that many layers (of two: or more), else the set's; null where
  // there is neither. 0, 1 or 2 (asserted).
  const Subject* of_layers(int n_layers) const;
};

// "a claim about one-layer models: this one has 2 layers, and no set with such a model was given".
std::string no_subject(const ClaimSubjects& subjects, int n_layers);
// The same for claims about the loaded model alone, which has too few layers for them.
std::string too_few_layers(const Config& config, int needed);

// Tokens to run a model on: the beginning of the text, or random ones where there is none; at most
// `count` and n_ctx.
std::vector<int> sample_tokens(const Config& config, const std::vector<int>& text, int count);

// The measurement of some claims that share what they are read from, in steps of some ten
// milliseconds. What it is made of outlives it.
class ClaimWork {
 public:
  virtual ~ClaimWork() = default;
  virtual std::vector<std::string> ids() const = 0;  // of the claims
  virtual double progress() const = 0;               // 0 to 1
  virtual bool done() const = 0;
  virtual void step() = 0;                        // not after the last
  virtual std::vector<Claim> claims() const = 0;  // in any order; once it is done
};

// Work of a known number of steps, none where there is nothing to measure.
class CountedWork : public ClaimWork {
 public:
  double progress() const override { return done() ? 1 : double(next_) / count_; }
  bool done() const override { return next_ >= count_; }
  void step() override { measure(next_++); }

 protected:
  explicit CountedWork(int count) : count_(count) {}
  virtual void measure(int index) = 0;

 private:
  int count_, next_ = 0;
};

}  // namespace engine
