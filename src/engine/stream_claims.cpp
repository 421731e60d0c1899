#include "engine/stream_claims.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/decompositions.h"
#include "engine/forward.h"
#include "engine/layer_norm.h"
#include "engine/pass.h"
#include "engine/path_write.h"

namespace engine {

namespace {

using Exact = MatrixOf<double>;

const int sample = 96;  // tokens

double error_of(const Exact& found, const Exact& expected) {
  const double largest = expected.cwiseAbs().maxCoeff();
  const double error = (found - expected).cwiseAbs().maxCoeff();
  return error == 0 ? 0 : error / largest;
}

// d_model x n: what the head writes to a stream, in a model that has nothing else.
Matrix write_alone(const Model& model, const Matrix& stream, HeadId id) {
  Model alone;
  alone.config = model.config;
  alone.config.n_layers = alone.config.n_heads = alone.config.d_vocab = 1;
  alone.weights.W_pos = model.weights.W_pos;
  alone.weights.ln_final = model.weights.ln_final;
  alone.weights.W_U = Matrix::Zero(1, model.config.d_model);
  alone.weights.layers.push_back(
      {{model.head(id)}, {}, model.weights.layers[std::size_t(id.layer)].ln1});
  const std::vector<int> tokens(std::size_t(stream.cols()), 0);
  return forward_from(alone, stream, tokens).layers[0].heads[0].result;
}

// d_model x n: the heads' W_O side by side, times their mixed values one below the other, and b_O.
Matrix layer_output(const Model& model, const Run& run, int layer) {
  const int d_head = model.config.d_head, n_heads = model.config.n_heads;
  Matrix W_O(model.config.d_model, d_head * n_heads), z(d_head * n_heads, run.n());
  for (int h = 0; h < n_heads; ++h) {
    W_O.middleCols(h * d_head, d_head) = model.head({layer, h}).W_O;
    z.middleRows(h * d_head, d_head) = run.head({layer, h}).z;
  }
  Matrix output = W_O * z;
  const Vector& b_O = model.weights.layers[std::size_t(layer)].b_O;
  if (b_O.size()) output.colwise() += b_O;
  return output;
}

// The model without its vocabulary, which may be nearly all of it.
Model layers_alone(const Model& model) {
  Model alone;
  alone.config = model.config;
  alone.weights.W_pos = model.weights.W_pos;
  alone.weights.layers = model.weights.layers;
  return alone;
}

// A random rotation, its rows scaled by 0.5 to 2.
Matrix random_invertible(int size, Random& random, Matrix& inverse) {
  const Matrix normal = normal_matrix(random, size, size);
  const Matrix rotation = orthonormal_basis(normal).cast<float>();
  Vector scale(size);
  for (float& each : scale) each = float(0.5 + 1.5 * random.uniform());
  inverse = rotation.transpose() * scale.cwiseInverse().asDiagonal();
  return scale.asDiagonal() * rotation;
}

// The run, what it shows, and head by head the bandwidth.
class StreamClaimsWork : public CountedWork {
 public:
  StreamClaimsWork(const ClaimSubjects& subjects, const ClaimSources& sources)
      : CountedWork(5 + std::max(1, int(all_heads(subjects.loaded.config()).size()))),
        model_(*subjects.loaded.model),
        text_(sources.text) {
    if (model_.config.n_layers > 0) bandwidth_.emplace(model_);
  }

  std::vector<std::string> ids() const override {
    return {"residual-sum", "heads-add", "two-operations", "factored", "bandwidth"};
  }
  std::vector<Claim> claims() const override { return claims_; }

 protected:
  void measure(int index) override {
    const bool has_heads = model_.config.n_layers > 0;
    if (index == 0) run_ = forward_stream(model_, sample_tokens(model_.config, text_, sample));
    if (index == 1)
      add("residual-sum", "the last residual stream less the sum of embedding and head results",
          residual_sum_error(model_, run_), 1e-5);
    if (index > 1 && !has_heads) {
      claims_.push_back(
          unanswered_claim(ids()[std::size_t(index - 1)], too_few_layers(model_.config, 1)));
      return;
    }
    if (index == 2)
      add("heads-add", "a layer's output less the sum of its heads, each run alone",
          heads_add_error(model_, run_), 1e-5);
    if (index == 3)
      add("two-operations", "a head's result less W_OV of what its pattern moved",
          two_operations_error(model_, run_), 1e-5);
    if (index == 4)
      add("factored", "scores and results after a random refactoring less those before",
          factoring_error(model_, run_), 1e-4);
    if (index < 5) return;
    bandwidth_->step();
    if (bandwidth_->done()) add_bandwidth(bandwidth_->result());
  }

 private:
  void add(const char* id, const std::string& what, double error, double threshold) {
    claims_.push_back(
        measured_claim(id, model_.config.n_layers,
                       {{what + ", over the largest value", error, Bound::at_most, threshold}},
                       "the worst error over " + std::to_string(run_.n()) +
                           " tokens is more than float32's rounding gives"));
  }

  void add_bandwidth(const Bandwidth& found) {
    const Config& config = model_.config;
    const double d_model = config.d_model;
    claims_.push_back(measured_claim(
        "bandwidth", config.n_layers,
        {{"dimensions that a head writes (rank of W_OV), of d_model's", found.rank_OV / d_model},
         {"dimensions that its scores read (rank of W_QK), of d_model's", found.rank_QK / d_model},
         {"overlap of what two heads write, mean (1: the same subspace)", found.mean_overlap},
         {"the same, largest", found.largest_overlap},
         {"the same by chance: d_head / d_model", std::min(1.0, config.d_head / d_model)}},
        "stated, without a threshold"));
  }

  const Model& model_;
  const std::vector<int>& text_;
  Run run_;
  std::optional<BandwidthMeter> bandwidth_;
  std::vector<Claim> claims_;
};

}  // namespace

double residual_sum_error(const Model& model, const Run& run) {
  assert(run.cuts.empty());
  Exact sum = run.embedding().cast<double>();
  for (HeadId head : all_heads(model.config)) sum += run.head(head).result.cast<double>();
  sum.colwise() += output_bias(model, model.config.n_layers).cast<double>();
  return error_of(sum, run.residual.cast<double>());
}

double heads_add_error(const Model& model, const Run& run) {
  assert(run.cuts.empty());
  double worst = 0;
  for (int l = 0; l < model.config.n_layers; ++l) {
    Exact sum = Exact::Zero(model.config.d_model, run.n());
    for (int h = 0; h < model.config.n_heads; ++h)
      sum += write_alone(model, run.layers[std::size_t(l)].residual, {l, h}).cast<double>();
    const Vector& b_O = model.weights.layers[std::size_t(l)].b_O;
    if (b_O.size()) sum.colwise() += b_O.cast<double>();
    worst = std::max(worst, error_of(sum, layer_output(model, run, l).cast<double>()));
  }
  return worst;
}

double two_operations_error(const Model& model, const Run& run) {
  assert(run.cuts.empty());
  double worst = 0;
  for (HeadId id : all_heads(model.config)) {
    const HeadRunOf<float>& head = run.head(id);
    const LayerRunOf<float>& layer = run.layers[std::size_t(id.layer)];
    const auto& ln1 = model.weights.layers[std::size_t(id.layer)].ln1;
    const Matrix input =
        norm_linear(model.config, ln1, layer.residual) * head.scale[int(Input::V)].asDiagonal();
    const Matrix moved = input * head.pattern.transpose();
    Matrix result = model.head(id).W_O * (model.head(id).W_V * moved);
    result.colwise() += Vector(model.head(id).W_O * value_bias(model, id));  // rows of A sum to 1
    worst = std::max(worst, error_of(result.cast<double>(), head.result.cast<double>()));
  }
  return worst;
}

Model refactored(Model model, std::uint64_t seed) {
  Random random(seed);
  for (LayerWeightsOf<float>& layer : model.weights.layers)
    for (HeadWeights& head : layer.heads) {
      Matrix inverse;  // d_head x d_head, as S
      Matrix S = random_invertible(model.config.d_head, random, inverse);
      head.W_Q = S * head.W_Q;
      head.W_K = inverse.transpose() * head.W_K;
      if (head.b_Q.size()) head.b_Q = S * head.b_Q;
      if (head.b_K.size()) head.b_K = inverse.transpose() * head.b_K;
      S = random_invertible(model.config.d_head, random, inverse);
      head.W_V = S * head.W_V;
      head.W_O = head.W_O * inverse;
      if (head.b_V.size()) head.b_V = S * head.b_V;
    }
  return model;
}

double factoring_error(const Model& model, const Run& run, std::uint64_t seed) {
  assert(run.cuts.empty());
  const Model changed = refactored(layers_alone(model), seed);
  Run other;
  enter(model.config, other, run.tokens, run.embedding());
  for (Pass<float> pass(changed, other, nullptr, 0); !pass.done();) pass.step();
  double worst = 0;
  for (HeadId id : all_heads(model.config)) {
    const auto scores = [id](const Run& of) {  // those of the future are -infinity
      Exact lower = Exact::Zero(of.n(), of.n());
      lower.triangularView<Eigen::Lower>() = of.head(id).scores.cast<double>();
      return lower;
    };
    worst = std::max(
        {worst, error_of(scores(other), scores(run)),
         error_of(other.head(id).result.cast<double>(), run.head(id).result.cast<double>())});
  }
  return worst;
}

std::unique_ptr<ClaimWork> stream_claims(const ClaimSubjects& subjects,
                                         const ClaimSources& sources) {
  return std::make_unique<StreamClaimsWork>(subjects, sources);
}

}  // namespace engine
