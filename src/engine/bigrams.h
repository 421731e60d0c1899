// What comes after a token: by W_U W_E alone, without a run, and by the counts of a corpus. Paper:
// "Zero-Layer Transformers" (W_U W_E comes near the bigram log-likelihoods; the direct path of
// deeper models keeps those of them that the heads do not do better).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model_file.h"
#include "engine/pair_density.h"

namespace engine {

// Counted bigrams of the commonest tokens, as models/data/README.md describes the file.
class BigramCounts {
 public:
  struct Next {
    int token = 0;
    std::int64_t count = 0;
  };
  // Throws Error naming the key that is missing, of the wrong kind or of the wrong length, and for
  // a token that stands twice.
  static BigramCounts from_json(std::string_view json);

  // Of the tokenizer.json that gave the ids; empty where the file names none.
  const std::string& tokenizer_sha256() const { return tokenizer_sha256_; }
  // What the best counted bigram loses on a held-out text, nats a token, and that text's SHA-256;
  // none and empty where the file does not tell.
  std::optional<double> own_loss() const { return own_loss_; }
  const std::string& own_sha256() const { return own_sha256_; }
  // The tokens that were counted, commonest first.
  const std::vector<int>& tokens() const { return tokens_; }
  bool is_counted(int token) const { return row_of(token) < tokens_.size(); }
  // What followed a token often enough to be listed, by id; none for a token that is not counted.
  const std::vector<Next>& next(int token) const;
  // log(count / all that followed the token), nats; none for a pair that is not listed.
  std::optional<float> log_probability(int token, int next) const;
  float log_probability(int token, const Next& next) const;  // of one that is listed

 private:
  std::size_t row_of(int token) const;  // tokens_.size() where it is not counted

  std::string tokenizer_sha256_, own_sha256_;
  std::optional<double> own_loss_;
  std::vector<int> tokens_;
  std::vector<std::int64_t> totals_;     // beside each token
  std::vector<std::vector<Next>> next_;  // beside each token
  std::vector<int> rows_;                // by token id: its row and 1, or 0
};

// Are the counts of this model's tokenizer? Those that name none fit every model.
bool fits(const BigramCounts& counts, const LoadedModel& loaded);
// Throws Error where they do not fit, or have an id outside the vocabulary.
void require_fit(const BigramCounts& counts, const LoadedModel& loaded);

// W_U W_E of these tokens, d_vocab x tokens.size(): no positions, no biases; the last LayerNorm's w
// and centring are folded in, its scale is left out. Ids in the vocabulary (asserted).
Matrix direct_logits(const Model& model, const std::vector<int>& tokens);

// Pearson's correlation, one pair of values at a time.
class Correlation {
 public:
  void add(double x, double y);
  std::int64_t pairs() const { return pairs_; }
  double value() const;  // NaN for fewer than two pairs, or where x or y is the same in all

 private:
  std::int64_t pairs_ = 0;
  double mean_x_ = 0, mean_y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

// The correlation of log softmax(W_U W_E) with the counted log-probabilities over all listed pairs,
// some tokens a step: a step is one product d_vocab x d_model x 32. The counts fit the model.
class BigramCorrelation {
 public:
  BigramCorrelation(const Model& model, const BigramCounts& counts);
  bool done() const { return row_ == counts_.tokens().size(); }
  double progress() const;  // 0 to 1
  void step();
  const Correlation& result() const { return correlation_; }
  // Of those pairs alone that were counted at least `common_count` times.
  const Correlation& common() const { return common_; }
  // Where the pairs lie: counted (x) and by the weights (y).
  const PairDensity& density() const { return density_; }
  static constexpr std::int64_t common_count = 1000;

 private:
  const Model& model_;
  const BigramCounts& counts_;
  std::size_t row_ = 0;
  Correlation correlation_, common_;
  PairDensity density_;
};

// The same of one token's pairs; `log_probabilities` is log softmax of its direct logits.
Correlation token_correlation(const BigramCounts& counts, int token,
                              const Vector& log_probabilities);

}  // namespace engine
