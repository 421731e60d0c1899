#include "engine/composition.h"

#include <cassert>
#include <cmath>

#include "engine/random.h"

namespace engine {

namespace {

using Triangle = MatrixOf<double>;

// A head with what its norms need: the triangles of its factors, d_head x d_head.
struct MeasuredHead {
  HeadWeights weights;
  Triangle Q, K, V, O;      // of W_Q^T, W_K^T, W_V^T, W_O
  double norm_QK, norm_OV;  // Frobenius

  explicit MeasuredHead(HeadWeights head)
      : weights(std::move(head)),
        Q(triangle(weights.W_Q.transpose())),
        K(triangle(weights.W_K.transpose())),
        V(triangle(weights.W_V.transpose())),
        O(triangle(weights.W_O)),
        norm_QK((Q * K.transpose()).norm()),
        norm_OV((O * V.transpose()).norm()) {}
};

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
  const auto normal = [&random](int rows, int columns) {
    Matrix matrix(rows, columns);
    for (float& entry : matrix.reshaped()) entry = float(random.normal());
    return matrix;
  };
  HeadWeights head;
  head.W_Q = normal(d_head, d_model);
  head.W_K = normal(d_head, d_model);
  head.W_V = normal(d_head, d_model);
  head.W_O = normal(d_model, d_head);
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

CompositionScores composition_scores(const Model& model, HeadId earlier, HeadId later) {
  assert(earlier.layer < later.layer);
  return scores_of(MeasuredHead(folded_head(model, earlier)),
                   MeasuredHead(folded_head(model, later)));
}

std::vector<HeadPair> composition(const Model& model) {
  const std::vector<HeadId> ids = all_heads(model.config);
  std::vector<MeasuredHead> heads;
  for (HeadId id : ids) heads.emplace_back(folded_head(model, id));
  std::vector<HeadPair> pairs;
  for (std::size_t e = 0; e < ids.size(); ++e)
    for (std::size_t l = e + 1; l < ids.size(); ++l)
      if (ids[e].layer < ids[l].layer)
        pairs.push_back({ids[e], ids[l], scores_of(heads[e], heads[l])});
  return pairs;
}

CompositionBaseline composition_baseline(int d_model, int d_head, int draws, std::uint64_t seed) {
  assert(draws >= 2);
  Random random(seed);
  std::vector<CompositionScores> drawn;
  for (int draw = 0; draw < draws; ++draw) drawn.push_back(random_scores(d_model, d_head, random));
  return baseline_of(drawn);
}

double CompositionReadings::progress() const {
  return double(drawn_.size() + (pairs_ ? 1 : 0)) / double(draws + 1);
}

void CompositionReadings::step() {
  if (!pairs_)
    pairs_ = composition(model_);
  else
    drawn_.push_back(random_scores(model_.config.d_model, model_.config.d_head, random_));
}

CompositionBaseline CompositionReadings::baseline() const {
  assert(done());
  return baseline_of(drawn_);
}

}  // namespace engine
