// The circuits of a head, read off its weights without a run: what it writes for a token that it
// attends to (OV) and which tokens it looks for (QK). Paper: "Splitting Attention Head terms into
// Query-Key and Output-Value Circuits", "Detecting Copying Behavior". LayerNorm: its w and its
// centring are folded into the matrices that read from it; its scale is left out, for it depends on
// the text.
#pragma once

#include <vector>

#include "engine/factored_matrix.h"
#include "engine/model.h"

namespace engine {

// Has the model LayerNorms to fold?
bool has_norm(const Config& config);

// The head with its LayerNorm's w and centring folded into W_Q, W_K, W_V; its biases as they are.
HeadWeights folded_head(const Model& model, HeadId id);
// W_U with the last LayerNorm's w and centring folded in. d_vocab x d_model.
Matrix folded_unembedding(const Model& model);

// d_model x d_model, of rank d_head.
FactoredMatrix W_OV(const HeadWeights& head);
FactoredMatrix W_QK(const HeadWeights& head);

// The full circuits over the vocabulary, of rank d_head; for heads above layer 0 this is the direct
// path alone. Positions and biases have no part in them.
// W_U W_OV W_E: d_vocab x d_vocab (output, source).
FactoredMatrix ov_circuit(const Model& model, HeadId id);
// W_E^T W_QK W_E: d_vocab x d_vocab (destination, source), not divided by attn_scale.
FactoredMatrix qk_circuit(const Model& model, HeadId id);

// W_E^T W_QK W_OV^earlier W_E: d_vocab x d_vocab (destination, source): the score of a destination
// with what the earlier head writes for a source: K-composition over the vocabulary. Not divided by
// attn_scale; LayerNorm as above, and the centring of what the later head reads of the earlier.
FactoredMatrix qk_circuit_through(const Model& model, HeadId earlier, HeadId later);

struct Eigenvalues {
  std::vector<Complex> ov, qk;  // of the full circuits, d_head each, in the order of sorted()
};

// W_E W_U and W_E W_E^T, d_model x d_model, summed over the vocabulary in steps of some
// milliseconds: with a large vocabulary the whole takes seconds. The model must outlive it.
class EmbeddingProducts {
 public:
  explicit EmbeddingProducts(const Model& model);
  bool done() const { return next_ == model_.config.d_vocab; }
  double progress() const;  // 0 to 1
  void step();
  // Once it is done: the last LayerNorm's w and centring folded into W_U.
  const Matrix& embedding_unembedding() const { return embedding_unembedding_; }
  const Matrix& embedding_embedding() const { return embedding_embedding_; }

 private:
  const Model& model_;
  int next_ = 0;                                        // token
  Matrix embedding_unembedding_, embedding_embedding_;  // d_model x d_model
};

// Eigenvalues of all heads' full circuits, from d_head x d_head products: those of W_U W_OV W_E are
// those of W_V (W_E W_U) W_O, and the product in the middle is the same for all heads.
class CircuitEigenvalues {
 public:
  explicit CircuitEigenvalues(const Model& model)
      : CircuitEigenvalues(model, EmbeddingProducts(model)) {}
  // `products` are the model's; what they lack is done.
  CircuitEigenvalues(const Model& model, EmbeddingProducts products);
  Eigenvalues of(HeadId id) const;

 private:
  const Model& model_;
  EmbeddingProducts products_;
};

// The eigenvalues of qk_circuit_through(), from a product of d_head x d_head that is summed over
// the vocabulary some tokens a step. The model must outlive it.
class ThroughEigenvalues {
 public:
  ThroughEigenvalues(const Model& model, HeadId earlier, HeadId later);
  bool done() const { return next_ == model_.config.d_vocab; }
  double progress() const { return double(next_) / double(model_.config.d_vocab); }  // 0 to 1
  void step();                          // not after the last (asserted)
  std::vector<Complex> result() const;  // once it is done (asserted), in the order of sorted()

 private:
  const Model& model_;
  int next_ = 0;           // token
  Matrix queries_, keys_;  // d_head x d_model: what makes them of a token's embedding
  Matrix product_;         // d_head x d_head: keys by queries, of the tokens so far
};

// The sum of the eigenvalues over the sum of their absolute values: 1 where each is positive, a
// circuit that raises what it reads; -1 where each is negative. NaN where all are zero.
double copying_score(const std::vector<Complex>& ov_eigenvalues);

}  // namespace engine
