#include "engine/head_kinds.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "engine/error.h"

namespace engine {

namespace {

// Adds what the heads of a run look at to the sums.
void add_heads(const Run& run, RepeatedScores& sums) {
  const int length = sums.length;
  for (HeadScores& scores : sums.heads) {
    const Matrix& pattern = run.head(scores.head).pattern;
    for (int i = 1; i < run.n(); ++i) scores.previous_token += double(pattern(i, i - 1));
    for (int i = length; i < run.n(); ++i) {
      scores.induction += double(pattern(i, i - length + 1));
      scores.duplicate_token += double(pattern(i, i - length));
    }
  }
}

// And what is predicted at each position but the last.
void add_predictions(const Predictions& predictions, const std::vector<int>& tokens,
                     RepeatedScores& sums) {
  for (int i = 0; i + 1 < int(tokens.size()); ++i) {
    const double loss = -predictions.log_probability(std::size_t(i));
    sums.loss_by_position[std::size_t(i)] += loss;
    if (i < sums.length - 1) sums.loss_first += loss;
    if (i < sums.length) continue;
    sums.loss_second += loss;
    sums.accuracy_second += predictions.top_token(i) == tokens[std::size_t(i + 1)];
  }
}

// Sums over `count` runs -> means.
void divide(RepeatedScores& sums, int count) {
  const double predictions = double(count) * (sums.length - 1);
  for (double& loss : sums.loss_by_position) loss /= count;
  sums.loss_first /= predictions;
  sums.loss_second /= predictions;
  sums.accuracy_second /= predictions;
  for (HeadScores& head : sums.heads) {
    head.previous_token /= double(count) * (2 * sums.length - 1);
    head.induction /= double(count) * sums.length;
    head.duplicate_token /= double(count) * sums.length;
  }
}

}  // namespace

std::vector<int> repeated_sequence(int d_vocab, int length, Random& random) {
  std::vector<int> tokens(std::size_t(2 * length));
  if (d_vocab >= length) {  // the front of a shuffle
    std::vector<int> all(static_cast<std::size_t>(d_vocab));
    std::iota(all.begin(), all.end(), 0);
    for (int i = 0; i < length; ++i) {
      std::swap(all[std::size_t(i)], all[std::size_t(i + random.below(d_vocab - i))]);
      tokens[std::size_t(i)] = all[std::size_t(i)];
    }
  } else {
    for (int i = 0; i < length; ++i) tokens[std::size_t(i)] = random.below(d_vocab);
  }
  std::copy_n(tokens.begin(), length, tokens.begin() + length);
  return tokens;
}

bool can_repeat(const Config& config) {
  return config.n_ctx >= 4;
}

void check_repeats(const RepeatedOptions& options, const Config& config) {
  const int n_ctx = config.n_ctx;
  if (options.sequences < 1) fail("sequences is ", options.sequences, ", expected 1 or more");
  if (options.length && (options.length < 2 || 2 * options.length > n_ctx))
    fail("length is ", options.length, ", expected 2 to ", n_ctx / 2,
         ": twice the block must fit n_ctx = ", n_ctx);
  if (!can_repeat(config))
    fail("n_ctx = ", n_ctx, " is too short for repeated sequences, expected 4 or more");
}

bool is_induction_head(const HeadScores& scores) {
  return scores.head.layer > 0 && scores.induction > induction_threshold;
}

std::vector<HeadId> induction_heads(const RepeatedScores& scores) {
  std::vector<HeadId> heads;
  for (const HeadScores& each : scores.heads)
    if (is_induction_head(each)) heads.push_back(each.head);
  return heads;
}

RepeatedRuns::RepeatedRuns(const Model& model, const RepeatedOptions& options, const Cuts& cuts)
    : model_(model), options_(options), cuts_(cuts), random_(options.seed) {
  check_repeats(options, model.config);
  const int n_ctx = model.config.n_ctx;
  const int length = options.length ? options.length : std::min(64, n_ctx / 2);
  add_length(length);
  // A head that looks back by a fixed distance scores at one length only.
  if (!options.length && length >= 5) add_length(length - 3);
}

void RepeatedRuns::add_length(int length) {
  RepeatedScores scores;
  scores.length = length;
  scores.loss_by_position.resize(std::size_t(2 * length - 1));
  for (HeadId head : all_heads(model_.config)) scores.heads.push_back({head});
  sums_.push_back(std::move(scores));
}

double RepeatedRuns::progress() const {
  double part = stream_ ? stream_->progress() : predictions_ ? 1 : 0;
  if (wants_predictions()) part = (part + (predictions_ ? predictions_->progress() : 0)) / 2;
  return (runs_ + part) / (double(sums_.size()) * options_.sequences);
}

// Of the shorter length the heads alone are read.
bool RepeatedRuns::wants_predictions() const {
  return !options_.heads_only && runs_ < options_.sequences;
}

void RepeatedRuns::step() {
  assert(!done());
  RepeatedScores& sums = sums_[std::size_t(runs_ / options_.sequences)];
  if (predictions_) {
    predictions_->step();
    if (!predictions_->done()) return;
    add_predictions(*predictions_, tokens_, sums);
    return end_run();
  }
  if (!stream_) begin_run(sums.length);
  stream_->step();
  if (stream_->done()) end_stream(sums);
}

void RepeatedRuns::begin_run(int length) {
  if (runs_ % options_.sequences == 0) random_ = Random(options_.seed);
  tokens_ = repeated_sequence(model_.config.d_vocab, length, random_);
  stream_.emplace(model_, tokens_, cuts_, options_.frozen);
}

void RepeatedRuns::end_stream(RepeatedScores& sums) {
  const Run run = stream_->take();
  stream_.reset();
  add_heads(run, sums);
  if (!wants_predictions()) return end_run();
  predictions_.emplace(next_predictions(model_, run));
}

void RepeatedRuns::end_run() {
  predictions_.reset();
  ++runs_;
}

RepeatedScores RepeatedRuns::result() const {
  assert(done());
  RepeatedScores scores = sums_.front(), shorter = sums_.back();
  divide(scores, options_.sequences);
  divide(shorter, options_.sequences);
  for (std::size_t h = 0; h < scores.heads.size(); ++h) {
    HeadScores& head = scores.heads[h];
    head.induction = std::min(head.induction, shorter.heads[h].induction);
    head.previous_token = std::min(head.previous_token, shorter.heads[h].previous_token);
    head.duplicate_token = std::min(head.duplicate_token, shorter.heads[h].duplicate_token);
  }
  return scores;
}

RepeatedScores repeated_scores(const Model& model, const RepeatedOptions& options,
                               const Cuts& cuts) {
  RepeatedRuns runs(model, options, cuts);
  while (!runs.done()) runs.step();
  return runs.result();
}

}  // namespace engine
