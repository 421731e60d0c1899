#include "engine/pass.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "engine/error.h"
#include "engine/layer_norm.h"

namespace engine {

void check_tokens(const Config& config, const std::vector<int>& tokens) {
  if (int(tokens.size()) > config.n_ctx)
    fail("the text has ", tokens.size(), " tokens, expected at most n_ctx = ", config.n_ctx);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i] < 0 || tokens[i] >= config.d_vocab)
      fail("token id ", tokens[i], " at position ", i, ", expected 0 to ", config.d_vocab - 1);
}

template <class Scalar>
void enter(const Config& config, RunOf<Scalar>& run, const std::vector<int>& tokens,
           const MatrixOf<Scalar>& embedding) {
  assert(embedding.cols() == Eigen::Index(tokens.size()));
  run.tokens = tokens;
  run.layers.resize(std::size_t(config.n_layers));
  for (LayerRunOf<Scalar>& layer : run.layers) layer.heads.resize(std::size_t(config.n_heads));
  run.embedding() = embedding;
}

template <class Scalar>
MatrixOf<Scalar> last_stream(const Config& config, const RunOf<Scalar>& run, int first, int count) {
  MatrixOf<Scalar> x = run.residual.middleCols(first, count);
  for (HeadId head : all_heads(config))
    if (run.cuts.logits(head)) x -= run.head(head).result.middleCols(first, count);
  return x;
}

template <class Scalar>
Pass<Scalar>::Pass(const ModelOf<Scalar>& model, RunOf<Scalar>& run, const RunOf<Scalar>* frozen,
                   int start)
    : model_(model), run_(run), frozen_(frozen), start_(start), n_(run.n()), m_(n_ - start) {
  assert(!frozen || frozen->tokens == run.tokens);
  run_.frozen = frozen != nullptr;
}

template <class Scalar>
double Pass<Scalar>::progress() const {
  const Config& config = model_.config;
  const double heads = double(config.n_layers) * config.n_heads;
  return done_ ? 1 : (double(next_.layer) * config.n_heads + next_.head) / (heads + 1);
}

template <class Scalar>
void Pass<Scalar>::step() {
  assert(!done_);
  if (next_.layer == model_.config.n_layers) return end();
  LayerRunOf<Scalar>& layer = run_.layers[std::size_t(next_.layer)];
  if (next_.head == 0) {
    stream_ = layer.residual.rightCols(m_);
    shared_ = read_stream(next_, stream_, Input::Q);
  }
  head(next_, shared_);
  stream_ += layer.heads[std::size_t(next_.head)].result.rightCols(m_);
  if (++next_.head == model_.config.n_heads) end_layer();
}

template <class Scalar>
void Pass<Scalar>::end_layer() {
  const VectorOf<Scalar>& b_O = model_.weights.layers[std::size_t(next_.layer)].b_O;
  if (b_O.size()) stream_.colwise() += b_O;
  next_ = {next_.layer + 1, 0};
  const bool last = next_.layer == model_.config.n_layers;
  set_columns(last ? run_.residual : run_.layers[std::size_t(next_.layer)].residual, stream_);
}

// The last LayerNorm's scales. Weights that are finite alone can be too large together.
template <class Scalar>
void Pass<Scalar>::end() {
  run_.final_scale.conservativeResize(n_);
  run_.final_scale.tail(m_) =
      frozen_ ? VectorOf<Scalar>(frozen_->final_scale.tail(m_))
              : inverse_sigma(model_.config, last_stream(model_.config, run_, start_, m_));
  for (int i = start_; i < n_; ++i)
    if (!run_.residual.col(i).allFinite())
      fail("the residual stream of position ", i,
           " is not finite: this model's numbers are too large for float32");
  done_ = true;
}

// The stream as a head's input reads it, LayerNorm applied with its own or the frozen scale.
template <class Scalar>
typename Pass<Scalar>::HeadInput Pass<Scalar>::read_stream(HeadId id,
                                                           const MatrixOf<Scalar>& stream,
                                                           Input input) const {
  HeadInput in;
  in.scale = frozen_ ? VectorOf<Scalar>(frozen_->head(id).scale[int(input)].tail(m_))
                     : inverse_sigma(model_.config, stream);
  in.x =
      normalize(model_.config, model_.weights.layers[std::size_t(id.layer)].ln1, stream, in.scale);
  if (model_.config.positions == Positions::shortformer)
    in.with_positions = in.x + model_.weights.W_pos.middleCols(start_, m_);
  return in;
}

// The stream without the writes that cuts keep from this input.
template <class Scalar>
MatrixOf<Scalar> Pass<Scalar>::cut_stream(HeadId id, Input input) const {
  MatrixOf<Scalar> x = run_.layers[std::size_t(id.layer)].residual.rightCols(m_);
  for (HeadId earlier : all_heads(model_.config))
    if (earlier.layer < id.layer && run_.cuts.edge(earlier, id, input))
      x -= run_.head(earlier).result.rightCols(m_);
  return x;
}

template <class Scalar>
void Pass<Scalar>::head(HeadId id, const HeadInput& shared) {
  HeadRunOf<Scalar>& head = run_.layers[std::size_t(id.layer)].heads[std::size_t(id.head)];
  const HeadWeightsOf<Scalar>& weights = model_.head(id);
  const MatrixOf<Scalar>* W[] = {&weights.W_Q, &weights.W_K, &weights.W_V};
  const VectorOf<Scalar>* b[] = {&weights.b_Q, &weights.b_K, &weights.b_V};
  MatrixOf<Scalar>* out[] = {&head.q, &head.k, &head.v};
  for (Input input : all_inputs) {
    const int i = int(input);
    const bool own_scale = frozen_ && model_.config.normalization != Normalization::none;
    const bool apart = own_scale || run_.cuts.touches(id, input);
    HeadInput own;
    if (apart) own = read_stream(id, cut_stream(id, input), input);
    const HeadInput& in = apart ? own : shared;
    const bool placed = input != Input::V && model_.config.positions == Positions::shortformer;
    MatrixOf<Scalar> y = *W[i] * (placed ? in.with_positions : in.x);
    if (b[i]->size()) y.colwise() += *b[i];
    set_columns(*out[i], y);
    head.scale[i].conservativeResize(n_);
    head.scale[i].tail(m_) = in.scale;
  }
  attend(id, head);
  set_columns(head.result, MatrixOf<Scalar>(weights.W_O * head.z.rightCols(m_)));
}

// Scores, pattern and z of the destinations from `start` on.
template <class Scalar>
void Pass<Scalar>::attend(HeadId id, HeadRunOf<Scalar>& head) {
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

template <class Scalar>
void Pass<Scalar>::set_columns(MatrixOf<Scalar>& all, const MatrixOf<Scalar>& last) const {
  all.conservativeResize(last.rows(), n_);
  all.rightCols(m_) = last;
}

#define INSTANTIATE(Scalar)                                                             \
  template void enter(const Config&, RunOf<Scalar>&, const std::vector<int>&,           \
                      const MatrixOf<Scalar>&);                                         \
  template MatrixOf<Scalar> last_stream(const Config&, const RunOf<Scalar>&, int, int); \
  template class Pass<Scalar>;
INSTANTIATE(float)
INSTANTIATE(double)
#undef INSTANTIATE

}  // namespace engine
