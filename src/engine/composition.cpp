#include "engine/composition.h"

#include <cassert>
#include <cmath>
#include <utility>

#include "engine/decompositions.h"
#include "engine/random.h"

namespace engine {

namespace {

using Triangle = MatrixOf<double>;

// |L W_reader W_O W_V| with the triangle of L and the one of W_V^T.
double product_norm(const Triangle& left, const Matrix& reader, const MeasuredHead& earlier) {
  const Triangle middle = (reader * earlier.weights.W_O).cast<double>();
  return (left * middle * earlier.V.transpose()).norm();
}

CompositionScores scores_of(const MeasuredHead& earlier, const MeasuredHead& later) {
  const double of_QK = later.norm_QK * earlier.norm_OV, of_OV = later.norm_OV * earlier.norm_OV;
  CompositionScores scores;
  scores.q = product_norm(later.K, later.weights.W_Q, earlier) / of_QK;  // W_K^T (W_Q W_O) W_V
  scores.k = product_norm(later.Q, later.weights.W_K, earlier) / of_QK;  // W_Q^T (W_K W_O) W_V
  scores.v = product_norm(later.O, later.weights.W_V, earlier) / of_OV;  // W_O (W_V W_O) W_V
  return scores;
}

// A head with independent normal entries.
MeasuredHead random_head(int d_model, int d_head, Random& random) {
  HeadWeights head;
  for (Matrix* W : {&head.W_Q, &head.W_K, &head.W_V}) *W = normal_matrix(random, d_head, d_model);
  head.W_O = normal_matrix(random, d_model, d_head);
  return MeasuredHead(std::move(head));
}

CompositionScores random_scores(int d_model, int d_head, Random& random) {
  const MeasuredHead earlier = random_head(d_model, d_head, random);
  return scores_of(earlier, random_head(d_model, d_head, random));
}

CompositionBaseline baseline_of(const std::vector<CompositionScores>& drawn) {
  const double n = double(drawn.size());
  CompositionBaseline baseline;
  for (double CompositionScores::*which :
       {&CompositionScores::q, &CompositionScores::k, &CompositionScores::v}) {
    double& mean = baseline.mean.*which;
    double squares = 0;
    for (const CompositionScores& scores : drawn) mean += scores.*which / n;
    for (const CompositionScores& scores : drawn)
      squares += (scores.*which - mean) * (scores.*which - mean);
    baseline.deviation.*which = std::sqrt(squares / (n - 1));
  }
  return baseline;
}

}  // namespace

MeasuredHead::MeasuredHead(HeadWeights head)
    : weights(std::move(head)),
      Q(triangle(weights.W_Q.transpose())),
      K(triangle(weights.W_K.transpose())),
      V(triangle(weights.W_V.transpose())),
      O(triangle(weights.W_O)),
      norm_QK((Q * K.transpose()).norm()),
      norm_OV((O * V.transpose()).norm()) {}

CompositionScores composition_scores(const Model& model, HeadId earlier, HeadId later) {
  assert(earlier.layer < later.layer);
  return scores_of(MeasuredHead(folded_head(model, earlier)),
                   MeasuredHead(folded_head(model, later)));
}

std::vector<HeadPair> composition(const Model& model) {
  CompositionReadings readings(model);
  while (!readings.paired()) readings.step();
  return readings.pairs();
}

CompositionBaseline composition_baseline(int d_model, int d_head, int draws, std::uint64_t seed) {
  assert(draws >= 2);
  Random random(seed);
  std::vector<CompositionScores> drawn;
  for (int draw = 0; draw < draws; ++draw) drawn.push_back(random_scores(d_model, d_head, random));
  return baseline_of(drawn);
}

double CompositionReadings::progress() const {
  const std::size_t heads = paired() ? 2 * ids_.size() : heads_.size() + paired_;
  return double(heads + drawn_.size()) / double(2 * ids_.size() + draws);
}

void CompositionReadings::step() {
  if (paired())
    draw();
  else if (heads_.size() < ids_.size())
    heads_.emplace_back(folded_head(model_, ids_[heads_.size()]));
  else
    pair();
}

void CompositionReadings::draw() {
  MeasuredHead head = random_head(model_.config.d_model, model_.config.d_head, random_);
  if (!earlier_) {
    earlier_.emplace(std::move(head));
    return;
  }
  drawn_.push_back(scores_of(*earlier_, head));
  earlier_.reset();
}

// The next head as the earlier one.
void CompositionReadings::pair() {
  const std::size_t e = paired_++;
  for (std::size_t l = e + 1; l < ids_.size(); ++l)
    if (ids_[e].layer < ids_[l].layer)
      pairs_.push_back({ids_[e], ids_[l], scores_of(heads_[e], heads_[l])});
  if (paired()) heads_.clear();
}

CompositionBaseline CompositionReadings::baseline() const {
  assert(done());
  return baseline_of(drawn_);
}

}  // namespace engine
