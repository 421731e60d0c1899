#include "engine/bandwidth.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "engine/decompositions.h"

namespace engine {

namespace {

using Exact = MatrixOf<double>;

const double rank_share = 1e-5;  // of the largest singular value: below it is rounding

int rank_of(const FactoredMatrix& matrix) {
  const Exact core = triangle(matrix.left()) * triangle(matrix.right().transpose()).transpose();
  const VectorOf<double> squares = squared_singular_values(core);
  const double least = rank_share * rank_share * squares[squares.size() - 1];
  return int((squares.array() > least).count());
}

}  // namespace

BandwidthMeter::BandwidthMeter(const Model& model)
    : model_(model), heads_(all_heads(model.config)) {
  assert(!heads_.empty());
}

void BandwidthMeter::step() {
  assert(!done());
  const HeadWeights head = folded_head(model_, heads_[bases_.size()]);
  sums_.rank_OV = std::max(sums_.rank_OV, rank_of(W_OV(head)));
  sums_.rank_QK = std::max(sums_.rank_QK, rank_of(W_QK(head)));
  const Exact basis = orthonormal_basis(head.W_O);  // of what the head writes
  for (const Exact& earlier : bases_) {
    const double overlap = (earlier.transpose() * basis).squaredNorm() / double(basis.cols());
    sums_.mean_overlap += overlap;
    sums_.largest_overlap = std::max(sums_.largest_overlap, overlap);
  }
  bases_.push_back(basis);
}

Bandwidth BandwidthMeter::result() const {
  assert(done());
  const double pairs = double(heads_.size()) * double(heads_.size() - 1) / 2;
  Bandwidth found = sums_;
  found.mean_overlap /= pairs;
  if (pairs == 0) found.largest_overlap = std::numeric_limits<double>::quiet_NaN();
  return found;
}

Bandwidth bandwidth(const Model& model) {
  BandwidthMeter meter(model);
  while (!meter.done()) meter.step();
  return meter.result();
}

}  // namespace engine
