// forward: tokens -> Run, every activation of an attention-only transformer (run.h).
#pragma once

#include <vector>

#include "engine/run.h"

namespace engine {

// Runs the model. At most n_ctx tokens, each in 0 .. d_vocab-1, and a residual stream and logits
// that are finite (else Error). `frozen`, where given, is a run of the same tokens whose patterns
// and LayerNorm scales are used in place of new ones.
template <class Scalar>
RunOf<Scalar> forward(const ModelOf<Scalar>& model, const std::vector<int>& tokens,
                      const Cuts& cuts = {}, const RunOf<Scalar>* frozen = nullptr);

// The run without its logits, of which it has no columns: for those who read none, or some.
template <class Scalar>
RunOf<Scalar> forward_stream(const ModelOf<Scalar>& model, const std::vector<int>& tokens,
                             const Cuts& cuts = {}, const RunOf<Scalar>* frozen = nullptr);

// What W_U reads of `count` positions from `first` on, which lie in the run (asserted): d_model x
// count, less what cuts keep from the logits, the last LayerNorm applied.
template <class Scalar>
MatrixOf<Scalar> unembedding_input(const ModelOf<Scalar>& model, const RunOf<Scalar>& run,
                                   int first, int count);

// W_U x + b_U of such columns: d_vocab x count.
template <class Scalar>
MatrixOf<Scalar> logits_from(const ModelOf<Scalar>& model, const MatrixOf<Scalar>& input);

// The logits of `count` positions from `first` on: d_vocab x count, those that forward() gives; the
// run may be one without. Throws Error where they are not finite.
template <class Scalar>
MatrixOf<Scalar> logits_of(const ModelOf<Scalar>& model, const RunOf<Scalar>& run, int first,
                           int count);

// Of one position, 0 .. n-1 (asserted), d_vocab: the run's own where it has them. Errors as above.
template <class Scalar>
VectorOf<Scalar> logits_at(const ModelOf<Scalar>& model, const RunOf<Scalar>& run, int position);

// The same from a residual stream of one's own, d_model x n (`tokens` names its columns): for tests
// of what is linear in it.
template <class Scalar>
RunOf<Scalar> forward_from(const ModelOf<Scalar>& model, const MatrixOf<Scalar>& embedding,
                           const std::vector<int>& tokens, const Cuts& cuts = {},
                           const RunOf<Scalar>* frozen = nullptr);

// The run under these cuts, with `frozen` on the patterns and LayerNorm scales of the run without
// them. Errors as forward() has them.
Run cut_run(const Model& model, const std::vector<int>& tokens, const Cuts& cuts, bool frozen);
// The same without its logits.
Run cut_stream(const Model& model, const std::vector<int>& tokens, const Cuts& cuts, bool frozen);

// d_model x n: W_E of the tokens, with W_pos where positions are standard.
template <class Scalar>
MatrixOf<Scalar> embed(const ModelOf<Scalar>& model, const std::vector<int>& tokens);

// Makes `run` the run of `tokens` under its own cuts, computing only the positions from the first
// changed token on. A frozen run needs the new `frozen`. Equal to a fresh forward(), or to a fresh
// forward_stream() where it has no logits. Throws Error as those do; `run` is then of no use.
template <class Scalar>
void update(const ModelOf<Scalar>& model, RunOf<Scalar>& run, const std::vector<int>& tokens,
            const RunOf<Scalar>* frozen = nullptr);

// log softmax of a column of logits; the largest logit is taken out first. d_vocab, at least one
// (asserted).
template <class Scalar>
VectorOf<Scalar> log_probabilities(const VectorOf<Scalar>& logits);

// The token with the highest value. values: d_vocab, at least one (asserted).
int top_token(const Vector& values);

// The `count` tokens with the highest values (all, where there are fewer), highest first, lower ids
// first among equals. values: d_vocab, finite.
std::vector<int> top_tokens(const Vector& values, int count);

}  // namespace engine
