// A pass of the model over a text, one head after the other, so that it can be made in steps: what
// forward.h does at once. Paper: "High-Level Architecture".
#pragma once

#include <vector>

#include "engine/run.h"

namespace engine {

// Throws Error for more than n_ctx tokens, and for one that is not in 0 .. d_vocab-1.
void check_tokens(const Config& config, const std::vector<int>& tokens);

// Makes `run` begin: its tokens, its layers, still without anything, and the stream that enters
// them, d_model x n (asserted).
template <class Scalar>
void enter(const Config& config, RunOf<Scalar>& run, const std::vector<int>& tokens,
           const MatrixOf<Scalar>& embedding);

// The residual stream of `count` positions from `first` on, which lie in the run, less the heads
// whose writes are cut from the logits. d_model x count.
template <class Scalar>
MatrixOf<Scalar> last_stream(const Config& config, const RunOf<Scalar>& run, int first, int count);

// The positions from `start` on; everything before them is in the run, which has begun. `frozen`,
// where given, is a run of the same tokens (asserted) whose patterns and LayerNorm scales are used.
// What is given outlives it.
template <class Scalar>
class Pass {
 public:
  Pass(const ModelOf<Scalar>& model, RunOf<Scalar>& run, const RunOf<Scalar>* frozen, int start);

  bool done() const { return done_; }
  double progress() const;  // 0 to 1
  // One head, or what follows the last: the scales of the last LayerNorm. Not after the last step
  // (asserted). Throws Error for a residual stream that is not finite.
  void step();

 private:
  // What a head reads: d_model x (columns from `start` on), LayerNorm applied; and for Q and K with
  // the positions, where those are shortformer's.
  struct HeadInput {
    MatrixOf<Scalar> x, with_positions;
    VectorOf<Scalar> scale;
  };
  void end_layer();
  void end();
  HeadInput read_stream(HeadId id, const MatrixOf<Scalar>& stream, Input input) const;
  MatrixOf<Scalar> cut_stream(HeadId id, Input input) const;
  void head(HeadId id, const HeadInput& shared);
  void attend(HeadId id, HeadRunOf<Scalar>& head);
  void set_columns(MatrixOf<Scalar>& all, const MatrixOf<Scalar>& last) const;

  const ModelOf<Scalar>& model_;
  RunOf<Scalar>& run_;
  const RunOf<Scalar>* frozen_;
  const int start_, n_, m_;  // m: positions from `start` on
  HeadId next_;              // the head that comes next
  MatrixOf<Scalar> stream_;  // d_model x m: before its layer, and what the layer's heads added
  HeadInput shared_;         // what they read, but for cuts
  bool done_ = false;
};

}  // namespace engine
