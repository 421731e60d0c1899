// Composition of two heads: how much the later one reads of what the earlier one writes. Paper:
// "Composition" in "Two-Layer Attention-Only Transformers":
//   Q: |W_QK^T W_OV| / |W_QK| |W_OV|,  K: |W_QK W_OV| / ...,  V: |W_OV W_OV| / |W_OV| |W_OV|,
// Frobenius norms, the earlier head's W_OV on the right. LayerNorm is folded as in circuits.h.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/circuits.h"
#include "engine/cuts.h"
#include "engine/random.h"

namespace engine {

// The later head's input that the earlier head's write goes into is Q, K or V. NaN where a head's
// weights are all zero.
struct CompositionScores {
  double q = 0, k = 0, v = 0;
  double of(Input input) const { return input == Input::Q ? q : input == Input::K ? k : v; }
};

struct HeadPair {
  HeadId earlier, later;
  CompositionScores scores;
};

struct CompositionBaseline {
  CompositionScores mean, deviation;  // deviation over draws, with draws - 1
};

// The scores of one pair, from products of d_head x d_head: nothing of d_model x d_model is formed.
// The earlier head is in a lower layer (asserted).
CompositionScores composition_scores(const Model& model, HeadId earlier, HeadId later);

// All pairs of heads in different layers, by the earlier head, then the later.
std::vector<HeadPair> composition(const Model& model);

// The same ratios for heads whose W_Q, W_K, W_V, W_O have independent normal entries. At least two
// draws (asserted).
CompositionBaseline composition_baseline(int d_model, int d_head, int draws = 100,
                                         std::uint64_t seed = 1);

// A head with what its norms need: the triangles of its factors, d_head x d_head.
struct MeasuredHead {
  explicit MeasuredHead(HeadWeights head);

  HeadWeights weights;
  MatrixOf<double> Q, K, V, O;  // of W_Q^T, W_K^T, W_V^T, W_O
  double norm_QK, norm_OV;      // Frobenius
};

// Both in steps, so that a page stays responsive: a head, the pairs that it is the earlier of, or
// one of two random heads. The model must outlive it.
class CompositionReadings {
 public:
  explicit CompositionReadings(const Model& model) : model_(model), ids_(all_heads(model.config)) {}
  bool done() const { return paired() && drawn_.size() == draws; }
  double progress() const;  // 0 to 1
  void step();
  bool paired() const { return paired_ == ids_.size(); }         // are all pairs known?
  const std::vector<HeadPair>& pairs() const { return pairs_; }  // once they are
  CompositionBaseline baseline() const;                          // once it is done

 private:
  static constexpr std::size_t draws = 100;

  void pair();
  void draw();

  const Model& model_;
  const std::vector<HeadId> ids_;
  std::vector<MeasuredHead> heads_;  // beside them, as far as they are measured
  std::size_t paired_ = 0;           // of them, with those above
  std::vector<HeadPair> pairs_;
  Random random_{1};
  std::optional<MeasuredHead> earlier_;  // of the next draw
  std::vector<CompositionScores> drawn_;
};

}  // namespace engine
