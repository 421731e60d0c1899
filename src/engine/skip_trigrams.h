// Skip-trigrams: what a head's QK and OV circuits say together, "source ... destination -> output",
// read over the whole vocabulary without a run. Paper: "Interpretation as Skip-Trigrams". For heads
// above layer 0 this is the direct path alone. The tables are of d_vocab x d_vocab entries and are
// never formed.
#pragma once

#include <optional>
#include <vector>

#include "engine/circuits.h"
#include "engine/column_maxima.h"

namespace engine {

// The two tables of a head, less what softmax ignores: scores are compared over sources, logits
// over outputs. LayerNorm is folded as in circuits.h; positions and biases have no part in them.
struct TokenTables {
  // d_vocab x d_vocab (destination, source): the score less its mean over all sources.
  FactoredMatrix qk;
  // d_vocab x d_vocab (output, source): the logit less its mean over all outputs.
  FactoredMatrix ov;
};
// Throws Error for weights that are not finite.
TokenTables token_tables(const Model& model, HeadId head);

// The same in steps of some tokens: over a large vocabulary the whole takes seconds. The model must
// outlive it.
class TokenTablesWork {
 public:
  TokenTablesWork(const Model& model, HeadId head);
  bool done() const { return next_ == model_.config.d_vocab; }
  double progress() const { return double(next_) / model_.config.d_vocab; }  // 0 to 1
  void step();  // not after the last (asserted)
  // Once it is done, and then it has none. Throws Error as above.
  TokenTables take();

 private:
  const Model& model_;
  const HeadId id_;
  const HeadWeights head_;   // folded
  const Matrix read_;        // d_model x d_head: W_O as W_U reads it
  int next_ = 0;             // token
  Matrix queries_, keys_;    // d_vocab x d_head, d_head x d_vocab
  Matrix outputs_, values_;  // d_vocab x d_head, d_head x d_vocab
};

// A source's columns of the two tables, without the tables.
struct SourceColumn {
  Vector qk;  // d_vocab: how much each destination looks for it
  Vector ov;  // d_vocab: what it adds to each output
};
// Throws Error for weights that are not finite. `source` is in the vocabulary (asserted).
SourceColumn source_column(const Model& model, HeadId head, int source);

struct SkipTrigram {
  int source = 0, destination = 0, output = 0;
  float qk = 0, ov = 0;  // of the tables, both positive
  float strength = 0;    // qk * ov
};

// The `count` strongest skip-trigrams of a head over all sources, at most one a source, exact; some
// sources at a time, those first that could be strongest. A step is one of ColumnMaxima::Search, or
// of what comes before: TokenTablesWork's, and sorting a table's rows.
class SkipTrigramSearch {
 public:
  // count >= 1 (asserted). The model must outlive it. It stays where it is once it is stepped.
  SkipTrigramSearch(const Model& model, HeadId head, int count);
  SkipTrigramSearch(TokenTables tables, int count);

  bool done() const { return done_; }
  double progress() const;  // 0 to 1
  void step();              // throws Error for weights that are not finite
  // Strongest first, of equal ones the lower source. Fewer than `count` where no more sources have
  // both tables positive.
  std::vector<SkipTrigram> result() const;

 private:
  void sort_next();
  void begin_sources();
  void begin_destinations();
  void add_found();
  float bound(int source) const { return qk_->bound(source) * ov_->bound(source); }
  float weakest() const;  // what an entry must have at least to be among the strongest
  void add(const SkipTrigram& found);

  std::optional<TokenTablesWork> work_;
  std::optional<TokenTables> tables_;    // until they are sorted
  std::optional<ColumnMaxima> qk_, ov_;  // none before they are made, and once it is done
  // Of the sources at hand: what they raise most, and then, of those that raise anything enough,
  // who looks for them most.
  std::optional<ColumnMaxima::Search> outputs_, destinations_;
  std::vector<MatrixEntry> raised_;  // beside the destinations
  std::size_t count_;
  std::vector<int> order_;  // sources by falling bound
  std::size_t next_ = 0;    // of those
  bool done_ = false;
  std::vector<SkipTrigram> found_;  // a heap, the weakest on top
};

}  // namespace engine
