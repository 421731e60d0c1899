// Skip-trigrams: what a head's QK and OV circuits say together, "source ... destination -> output",
// read over the whole vocabulary without a run. Paper: "Interpretation as Skip-Trigrams". For heads
// above layer 0 this is the direct path alone. The tables are of d_vocab x d_vocab entries and are
// never formed.
#pragma once

#include <optional>
#include <vector>

#include "engine/circuits.h"

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

// The largest entries of columns of a matrix, looked for among its rows by falling length, since no
// scalar product is more than the product of lengths.
class ColumnMaxima {
 public:
  explicit ColumnMaxima(FactoredMatrix matrix);

  Eigen::Index columns() const { return matrix_.columns(); }
  // No entry of the column is larger.
  float bound(int column) const { return longest_ * column_norms_[column]; }
  // The largest entry of each column, the lowest row among equal ones. A column that has no entry
  // of at least its floor may get row -1 and the floor as its value.
  std::vector<MatrixEntry> largest(const std::vector<int>& columns, const Vector& floors) const;

 private:
  FactoredMatrix matrix_;            // rows by falling length
  std::vector<int> rows_;            // what each was before
  Vector row_norms_, column_norms_;  // one a row, as the matrix has them now; one a column
  float longest_ = 0;
};

// The `count` strongest skip-trigrams of a head over all sources, at most one a source, exact; some
// sources a step, those first that could be strongest. A step is at most two products d_vocab x
// d_head x 64, or one of TokenTablesWork, which comes first.
class SkipTrigramSearch {
 public:
  // count >= 1 (asserted). The model must outlive it.
  SkipTrigramSearch(const Model& model, HeadId head, int count);
  SkipTrigramSearch(TokenTables tables, int count);

  bool done() const { return done_; }
  double progress() const;  // 0 to 1
  void step();              // throws Error for weights that are not finite
  // Strongest first, of equal ones the lower source. Fewer than `count` where no more sources have
  // both tables positive.
  std::vector<SkipTrigram> result() const;

 private:
  void begin(TokenTables tables);
  void search();
  float bound(int source) const { return qk_->bound(source) * ov_->bound(source); }
  float weakest() const;  // what an entry must have at least to be among the strongest
  void add(const SkipTrigram& found);

  std::optional<TokenTablesWork> work_;
  std::optional<ColumnMaxima> qk_, ov_;  // none before they are made, and once it is done
  std::size_t count_;
  std::vector<int> order_;  // sources by falling bound
  std::size_t next_ = 0;
  bool done_ = false;
  std::vector<SkipTrigram> found_;  // a heap, the weakest on top
};

}  // namespace engine
