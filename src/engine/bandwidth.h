// How small the subspaces are that heads read and write, and how much they overlap. Paper:
// "Residual Stream Bandwidth".
#pragma once

#include <vector>

#include "engine/circuits.h"

namespace engine {

struct Bandwidth {
  int rank_OV = 0, rank_QK = 0;  // the largest of any head
  // |P_a^T P_b|^2 / d_head of orthonormal bases P of what two heads write: 1 for the same subspace,
  // 0 for orthogonal ones, d_head / d_model by chance. Mean and largest over pairs of heads; NaN
  // for a single head.
  double mean_overlap = 0, largest_overlap = 0;
};

// Measures a head a step, with those before it. The model, which has heads (asserted), must outlive
// it.
class BandwidthMeter {
 public:
  explicit BandwidthMeter(const Model& model);
  bool done() const { return bases_.size() == heads_.size(); }
  void step();               // not after the last (asserted)
  Bandwidth result() const;  // once it is done (asserted)

 private:
  const Model& model_;
  const std::vector<HeadId> heads_;
  // d_model x d_head each, beside them, as far as they are measured.
  std::vector<MatrixOf<double>> bases_;
  Bandwidth sums_;
};

// The same at once.
Bandwidth bandwidth(const Model& model);

}  // namespace engine
