#include "engine/forward.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/error.h"
#include "engine/layer_norm.h"
#include "engine/path_flow.h"

namespace engine {

namespace {

// 1/sigma of each column: sqrt(mean of squares after centring + eps). Ones without LayerNorm.
template <class Scalar>
VectorOf<Scalar> inverse_sigma(const Config& config, const MatrixOf<Scalar>& x) {
  if (config.normalization == Normalization::none) return VectorOf<Scalar>::Ones(x.cols());
  const VectorOf<Scalar> mean = x.colwise().mean().transpose();
  const VectorOf<Scalar> squares =
      (x.rowwise() - mean.transpose()).colwise().squaredNorm().transpose() / Scalar(x.rows());
  return (squares.array() + Scalar(config.eps)).rsqrt();
}

// A LayerNorm with its 1/sigma given: w * (x - mean) * scale + b, column by column.
template <class Scalar>
MatrixOf<Scalar> normalize(const Config& config, const NormWeightsOf<Scalar>& norm,
                           const MatrixOf<Scalar>& x, const VectorOf<Scalar>& scale) {
  if (config.normalization == Normalization::none) return x;
  MatrixOf<Scalar> y = norm_linear(config, norm, x) * scale.asDiagonal();
  if (norm.b.size()) y.colwise() += norm.b;
  return y;
}

// The residual stream of `count` positions from `first` on, less the heads whose writes are cut
// from the logits.
template <class Scalar>
MatrixOf<Scalar> last_stream(const Config& config, const RunOf<Scalar>& run, int first, int count) {
  MatrixOf<Scalar> x = run.residual.middleCols(first, count);
  for (HeadId head : all_heads(config))
    if (run.cuts.logits(head)) x -= run.head(head).result.middleCols(first, count);
  return x;
}

// What a head reads: d_model x (columns from `start` on), LayerNorm applied, positions not yet
// added.
template <class Scalar>
struct HeadInput {
  MatrixOf<Scalar> x;
  VectorOf<Scalar> scale;
};

// One pass over the positions from `start` on; everything before them is already in the run.
template <class Scalar>
class Pass {
 public:
  Pass(const ModelOf<Scalar>& model, RunOf<Scalar>& run, const RunOf<Scalar>* frozen, int start)
      : model_(model), run_(run), frozen_(frozen), start_(start), n_(run.n()), m_(n_ - start) {}

  void layer(int index) {
    LayerRunOf<Scalar>& layer = run_.layers[std::size_t(index)];
    MatrixOf<Scalar> next = layer.residual.rightCols(m_);
    const HeadInput<Scalar> shared = read_stream({index, 0}, next, Input::Q);
    for (int h = 0; h < model_.config.n_heads; ++h) {
      head({index, h}, shared);
      next += layer.heads[std::size_t(h)].result.rightCols(m_);
    }
    const VectorOf<Scalar>& b_O = model_.weights.layers[std::size_t(index)].b_O;
    if (b_O.size()) next.colwise() += b_O;
    const bool last = index + 1 == model_.config.n_layers;
    set_columns(last ? run_.residual : run_.layers[std::size_t(index + 1)].residual, next);
  }

  void final_scale() {
    run_.final_scale.conservativeResize(n_);
    run_.final_scale.tail(m_) =
        frozen_ ? VectorOf<Scalar>(frozen_->final_scale.tail(m_))
                : inverse_sigma(model_.config, last_stream(model_.config, run_, start_, m_));
  }

 private:
  // The stream as a head's input reads it, LayerNorm applied with its own or the frozen scale.
  HeadInput<Scalar> read_stream(HeadId id, const MatrixOf<Scalar>& stream, Input input) const {
    HeadInput<Scalar> in;
    in.scale = frozen_ ? VectorOf<Scalar>(frozen_->head(id).scale[int(input)].tail(m_))
                       : inverse_sigma(model_.config, stream);
    in.x = normalize(model_.config, model_.weights.layers[std::size_t(id.layer)].ln1, stream,
                     in.scale);
    return in;
  }

  // The stream without the writes that cuts keep from this input.
  MatrixOf<Scalar> cut_stream(HeadId id, Input input) const {
    MatrixOf<Scalar> x = run_.layers[std::size_t(id.layer)].residual.rightCols(m_);
    for (HeadId earlier : all_heads(model_.config))
      if (earlier.layer < id.layer && run_.cuts.edge(earlier, id, input))
        x -= run_.head(earlier).result.rightCols(m_);
    return x;
  }

  void head(HeadId id, const HeadInput<Scalar>& shared) {
    HeadRunOf<Scalar>& head = run_.layers[std::size_t(id.layer)].heads[std::size_t(id.head)];
    const HeadWeightsOf<Scalar>& weights = model_.head(id);
    const MatrixOf<Scalar>* W[] = {&weights.W_Q, &weights.W_K, &weights.W_V};
    const VectorOf<Scalar>* b[] = {&weights.b_Q, &weights.b_K, &weights.b_V};
    MatrixOf<Scalar>* out[] = {&head.q, &head.k, &head.v};
    for (Input input : all_inputs) {
      const int i = int(input);
      const bool own_scale = frozen_ && model_.config.normalization != Normalization::none;
      const bool apart = own_scale || run_.cuts.touches(id, input);
      HeadInput<Scalar> own;
      if (apart) own = read_stream(id, cut_stream(id, input), input);
      const HeadInput<Scalar>& in = apart ? own : shared;
      MatrixOf<Scalar> y = *W[i] * in.x;
      if (input != Input::V && model_.config.positions == Positions::shortformer)
        y.noalias() += *W[i] * model_.weights.W_pos.middleCols(start_, m_);
      if (b[i]->size()) y.colwise() += *b[i];
      set_columns(*out[i], y);
      head.scale[i].conservativeResize(n_);
      head.scale[i].tail(m_) = in.scale;
    }
    attend(id, head);
    set_columns(head.result, MatrixOf<Scalar>(weights.W_O * head.z.rightCols(m_)));
  }

  // Scores, pattern and z of the destinations from `start` on.
  void attend(HeadId id, HeadRunOf<Scalar>& head) {
    const Scalar minus_infinity = -std::numeric_limits<Scalar>::infinity();
    const Eigen::Index before = std::min<Eigen::Index>(head.scores.rows(), start_);
    head.scores.conservativeResize(n_, n_);
    head.pattern.conservativeResize(n_, n_);
    head.scores.topRightCorner(before, n_ - before).setConstant(minus_infinity);
    head.pattern.topRightCorner(before, n_ - before).setZero();
    MatrixOf<Scalar> columns;  // n x m: a destination's scores, then its pattern, one column each
    if (frozen_) {
      head.scores.bottomRows(m_) = frozen_->head(id).scores.bottomRows(m_);
      columns = frozen_->head(id).pattern.bottomRows(m_).transpose();
    } else {
      columns = head.k.transpose() * head.q.rightCols(m_) / Scalar(model_.config.attn_scale);
      for (int i = 0; i < m_; ++i) {
        const int seen = start_ + i + 1;
        auto column = columns.col(i);
        column.tail(n_ - seen).setConstant(minus_infinity);
        head.scores.row(start_ + i) = column.transpose();
        const Scalar largest = column.head(seen).maxCoeff();
        column.head(seen) = (column.head(seen).array() - largest).exp();
        column.head(seen) /= column.head(seen).sum();
        column.tail(n_ - seen).setZero();
      }
    }
    head.pattern.bottomRows(m_) = columns.transpose();
    set_columns(head.z, MatrixOf<Scalar>(head.v * columns));
  }

  void set_columns(MatrixOf<Scalar>& all, const MatrixOf<Scalar>& last) const {
    all.conservativeResize(last.rows(), n_);
    all.rightCols(m_) = last;
  }

  const ModelOf<Scalar>& model_;
  RunOf<Scalar>& run_;
  const RunOf<Scalar>* frozen_;
  const int start_, n_, m_;
};

template <class Scalar>
void run_from(const ModelOf<Scalar>& model, RunOf<Scalar>& run, const RunOf<Scalar>* frozen,
              int start) {
  assert(!frozen || frozen->tokens == run.tokens);
  run.frozen = frozen != nullptr;
  Pass<Scalar> pass(model, run, frozen, start);
  for (int l = 0; l < model.config.n_layers; ++l) pass.layer(l);
  pass.final_scale();
  // Weights that are finite alone can be too large together.
  for (int i = start; i < run.n(); ++i)
    if (!run.residual.col(i).allFinite())
      fail("the residual stream of position ", i,
           " is not finite: this model's numbers are too large for float32");
}

void check_tokens(const Config& config, const std::vector<int>& tokens) {
  if (int(tokens.size()) > config.n_ctx)
    fail("the text has ", tokens.size(), " tokens, expected at most n_ctx = ", config.n_ctx);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i] < 0 || tokens[i] >= config.d_vocab)
      fail("token id ", tokens[i], " at position ", i, ", expected 0 to ", config.d_vocab - 1);
}

template <class Scalar>
void size_layers(const Config& config, RunOf<Scalar>& run) {
  run.layers.resize(std::size_t(config.n_layers));
  for (LayerRunOf<Scalar>& layer : run.layers) layer.heads.resize(std::size_t(config.n_heads));
}

}  // namespace

template <class Scalar>
MatrixOf<Scalar> embed(const ModelOf<Scalar>& model, const std::vector<int>& tokens) {
  MatrixOf<Scalar> x(model.config.d_model, Eigen::Index(tokens.size()));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    x.col(Eigen::Index(i)) = model.weights.W_E.col(tokens[i]);
    if (model.config.positions == Positions::standard)
      x.col(Eigen::Index(i)) += model.weights.W_pos.col(Eigen::Index(i));
  }
  return x;
}

template <class Scalar>
MatrixOf<Scalar> unembedding_input(const ModelOf<Scalar>& model, const RunOf<Scalar>& run,
                                   int first, int count) {
  assert(0 <= first && 0 <= count && first + count <= run.n());
  MatrixOf<Scalar> x = last_stream(model.config, run, first, count);
  // A path leaves the sum alone: scales are those of the run that still has it.
  for (const std::vector<HeadId>& path : run.cuts.paths())
    x -= path_flow(model, run, path).middleCols(first, count);
  return normalize<Scalar>(model.config, model.weights.ln_final, x,
                           run.final_scale.segment(first, count));
}

template <class Scalar>
MatrixOf<Scalar> logits_from(const ModelOf<Scalar>& model, const MatrixOf<Scalar>& input) {
  MatrixOf<Scalar> logits = model.weights.W_U * input;
  if (model.weights.b_U.size()) logits.colwise() += model.weights.b_U;
  return logits;
}

template <class Scalar>
MatrixOf<Scalar> logits_of(const ModelOf<Scalar>& model, const RunOf<Scalar>& run, int first,
                           int count) {
  MatrixOf<Scalar> logits = logits_from(model, unembedding_input(model, run, first, count));
  for (int i = 0; i < count; ++i)
    if (!logits.col(i).allFinite())
      fail("the logits of position ", first + i,
           " are not finite: this model's numbers are too large for float32");
  return logits;
}

template <class Scalar>
VectorOf<Scalar> logits_at(const ModelOf<Scalar>& model, const RunOf<Scalar>& run, int position) {
  assert(position >= 0 && position < run.n());
  if (run.logits.rows()) return run.logits.col(position);
  return logits_of(model, run, position, 1);
}

namespace {

template <class Scalar>
RunOf<Scalar> stream_from(const ModelOf<Scalar>& model, const MatrixOf<Scalar>& embedding,
                          const std::vector<int>& tokens, const Cuts& cuts,
                          const RunOf<Scalar>* frozen) {
  assert(embedding.cols() == Eigen::Index(tokens.size()));
  RunOf<Scalar> run;
  run.tokens = tokens;
  run.cuts = cuts;
  size_layers(model.config, run);
  run.embedding() = embedding;
  run_from(model, run, frozen, 0);
  return run;
}

// The run with its logits, which it has before `start` or nowhere.
template <class Scalar>
void add_logits(const ModelOf<Scalar>& model, RunOf<Scalar>& run, int start = 0) {
  const int count = run.n() - start;
  MatrixOf<Scalar> logits = logits_of(model, run, start, count);
  if (start == 0) {
    run.logits = std::move(logits);
    return;
  }
  run.logits.conservativeResize(model.config.d_vocab, run.n());
  run.logits.rightCols(count) = logits;
}

}  // namespace

template <class Scalar>
RunOf<Scalar> forward_from(const ModelOf<Scalar>& model, const MatrixOf<Scalar>& embedding,
                           const std::vector<int>& tokens, const Cuts& cuts,
                           const RunOf<Scalar>* frozen) {
  check_tokens(model.config, tokens);
  RunOf<Scalar> run = stream_from(model, embedding, tokens, cuts, frozen);
  add_logits(model, run);
  return run;
}

template <class Scalar>
RunOf<Scalar> forward_stream(const ModelOf<Scalar>& model, const std::vector<int>& tokens,
                             const Cuts& cuts, const RunOf<Scalar>* frozen) {
  check_tokens(model.config, tokens);
  return stream_from(model, embed(model, tokens), tokens, cuts, frozen);
}

template <class Scalar>
RunOf<Scalar> forward(const ModelOf<Scalar>& model, const std::vector<int>& tokens,
                      const Cuts& cuts, const RunOf<Scalar>* frozen) {
  check_tokens(model.config, tokens);
  return forward_from(model, embed(model, tokens), tokens, cuts, frozen);
}

template <class Scalar>
void update(const ModelOf<Scalar>& model, RunOf<Scalar>& run, const std::vector<int>& tokens,
            const RunOf<Scalar>* frozen) {
  assert(run.frozen == (frozen != nullptr));
  check_tokens(model.config, tokens);
  const auto common =
      std::mismatch(run.tokens.begin(), run.tokens.end(), tokens.begin(), tokens.end());
  const int start = int(common.first - run.tokens.begin());
  run.tokens = tokens;
  size_layers(model.config, run);
  run.embedding() = embed(model, tokens);
  run_from(model, run, frozen, start);
  if (run.logits.rows()) add_logits(model, run, start);
}

template <class Scalar>
VectorOf<Scalar> log_probabilities(const VectorOf<Scalar>& logits) {
  assert(logits.size() > 0);
  const Scalar largest = logits.maxCoeff();
  const double total = (logits.array() - largest).exp().template cast<double>().sum();
  return logits.array() - largest - Scalar(std::log(total));
}

Run cut_stream(const Model& model, const std::vector<int>& tokens, const Cuts& cuts, bool frozen) {
  if (!frozen || cuts.empty()) return forward_stream(model, tokens, cuts);
  const Run whole = forward_stream(model, tokens);
  return forward_stream(model, tokens, cuts, &whole);
}

Run cut_run(const Model& model, const std::vector<int>& tokens, const Cuts& cuts, bool frozen) {
  Run run = cut_stream(model, tokens, cuts, frozen);
  add_logits(model, run);
  return run;
}

int top_token(const Vector& values) {
  assert(values.size() > 0);
  Eigen::Index top = 0;
  values.maxCoeff(&top);
  return int(top);
}

std::vector<int> top_tokens(const Vector& values, int count) {
  std::vector<int> ids(std::size_t(values.size()));
  std::iota(ids.begin(), ids.end(), 0);
  const auto end = ids.begin() + std::min<std::ptrdiff_t>(count, std::ptrdiff_t(ids.size()));
  std::partial_sort(ids.begin(), end, ids.end(), [&values](int a, int b) {
    return values[a] != values[b] ? values[a] > values[b] : a < b;
  });
  ids.erase(end, ids.end());
  return ids;
}

#define INSTANTIATE(Scalar)                                                                        \
  template MatrixOf<Scalar> embed(const ModelOf<Scalar>&, const std::vector<int>&);                \
  template RunOf<Scalar> forward(const ModelOf<Scalar>&, const std::vector<int>&, const Cuts&,     \
                                 const RunOf<Scalar>*);                                            \
  template RunOf<Scalar> forward_stream(const ModelOf<Scalar>&, const std::vector<int>&,           \
                                        const Cuts&, const RunOf<Scalar>*);                        \
  template MatrixOf<Scalar> unembedding_input(const ModelOf<Scalar>&, const RunOf<Scalar>&, int,   \
                                              int);                                                \
  template MatrixOf<Scalar> logits_from(const ModelOf<Scalar>&, const MatrixOf<Scalar>&);          \
  template MatrixOf<Scalar> logits_of(const ModelOf<Scalar>&, const RunOf<Scalar>&, int, int);     \
  template VectorOf<Scalar> logits_at(const ModelOf<Scalar>&, const RunOf<Scalar>&, int);          \
  template RunOf<Scalar> forward_from(const ModelOf<Scalar>&, const MatrixOf<Scalar>&,             \
                                      const std::vector<int>&, const Cuts&, const RunOf<Scalar>*); \
  template void update(const ModelOf<Scalar>&, RunOf<Scalar>&, const std::vector<int>&,            \
                       const RunOf<Scalar>*);                                                      \
  template VectorOf<Scalar> log_probabilities(const VectorOf<Scalar>&);
INSTANTIATE(float)
INSTANTIATE(double)
#undef INSTANTIATE

}  // namespace engine
