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

// Both in steps, so that a page stays responsive. The model must outlive it.
class CompositionReadings {
 public:
  explicit CompositionReadings(const Model& model) : model_(model) {}
  bool done() const { return pairs_ && drawn_.size() == draws; }
  double progress() const;  // 0 to 1
  void step();
  const std::vector<HeadPair>& pairs() const { return *pairs_; }  // once it is done
  CompositionBaseline baseline() const;                           // the same

 private:
  static constexpr std::size_t draws = 100;

  const Model& model_;
  std::optional<std::vector<HeadPair>> pairs_;
  Random random_{1};
  std::vector<CompositionScores> drawn_;
};

}  // namespace engine
