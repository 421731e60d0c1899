#include "engine/head_kinds.h"

#include <algorithm>
#include <numeric>

#include "engine/error.h"

namespace engine {

namespace {

// Adds one run's share to the sums.
void add_run(const Run& run, int length, RepeatedScores& sums) {
  for (int i = 0; i + 1 < run.n(); ++i) {
    const int next = run.tokens[std::size_t(i + 1)];
    const double loss = -double(log_probabilities(Vector(run.logits.col(i)))[next]);
    sums.loss_by_position[std::size_t(i)] += loss;
    if (i < length - 1) sums.loss_first += loss;
    if (i < length) continue;
    sums.loss_second += loss;
    Eigen::Index top = 0;
    run.logits.col(i).maxCoeff(&top);
    sums.accuracy_second += top == next;
  }
  for (HeadScores& scores : sums.heads) {
    const Matrix& pattern = run.head(scores.head).pattern;
    for (int i = 1; i < run.n(); ++i) scores.previous_token += double(pattern(i, i - 1));
    for (int i = length; i < run.n(); ++i) {
      scores.induction += double(pattern(i, i - length + 1));
      scores.duplicate_token += double(pattern(i, i - length));
    }
  }
}

RepeatedScores scores_at(const Model& model, int length, const RepeatedOptions& options,
                         const Cuts& cuts) {
  RepeatedScores scores;
  scores.length = length;
  scores.loss_by_position.resize(std::size_t(2 * length - 1));
  for (HeadId head : all_heads(model.config)) scores.heads.push_back({head});
  Random random(options.seed);
  for (int s = 0; s < options.sequences; ++s) {
    const std::vector<int> tokens = repeated_sequence(model.config.d_vocab, length, random);
    if (options.frozen && !cuts.empty()) {
      const Run whole = forward(model, tokens);
      add_run(forward(model, tokens, cuts, &whole), length, scores);
    } else {
      add_run(forward(model, tokens, cuts), length, scores);
    }
  }
  const double count = options.sequences, predictions = count * (length - 1);
  for (double& loss : scores.loss_by_position) loss /= count;
  scores.loss_first /= predictions;
  scores.loss_second /= predictions;
  scores.accuracy_second /= predictions;
  for (HeadScores& head : scores.heads) {
    head.previous_token /= count * (2 * length - 1);
    head.induction /= count * length;
    head.duplicate_token /= count * length;
  }
  return scores;
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

std::vector<HeadId> induction_heads(const RepeatedScores& scores) {
  std::vector<HeadId> heads;
  for (const HeadScores& each : scores.heads)
    if (each.head.layer > 0 && each.induction > induction_threshold) heads.push_back(each.head);
  return heads;
}

RepeatedScores repeated_scores(const Model& model, const RepeatedOptions& options,
                               const Cuts& cuts) {
  const int n_ctx = model.config.n_ctx;
  if (options.sequences < 1) fail("sequences is ", options.sequences, ", expected 1 or more");
  if (options.length && (options.length < 2 || 2 * options.length > n_ctx))
    fail("length is ", options.length, ", expected 2 to ", n_ctx / 2,
         ": twice the block must fit n_ctx = ", n_ctx);
  const int length = options.length ? options.length : std::min(64, n_ctx / 2);
  if (!can_repeat(model.config))
    fail("n_ctx = ", n_ctx, " is too short for repeated sequences, expected 4 or more");
  RepeatedScores scores = scores_at(model, length, options, cuts);
  if (options.length || length < 5) return scores;
  // A head that looks back by a fixed distance scores at one length only.
  const RepeatedScores shorter = scores_at(model, length - 3, options, cuts);
  for (std::size_t h = 0; h < scores.heads.size(); ++h) {
    HeadScores& head = scores.heads[h];
    head.induction = std::min(head.induction, shorter.heads[h].induction);
    head.previous_token = std::min(head.previous_token, shorter.heads[h].previous_token);
    head.duplicate_token = std::min(head.duplicate_token, shorter.heads[h].duplicate_token);
  }
  return scores;
}

}  // namespace engine
