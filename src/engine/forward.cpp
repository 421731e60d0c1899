#include "engine/forward.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/error.h"
#include "engine/layer_norm.h"
#include "engine/pass.h"
#include "engine/path_flow.h"

namespace engine {

namespace {

// Makes what a run holds from position `start` on; its embedding stands.
template <class Scalar>
void run_from(const ModelOf<Scalar>& model, RunOf<Scalar>& run, const RunOf<Scalar>* frozen,
              int start) {
  Pass<Scalar> pass(model, run, frozen, start);
  while (!pass.done()) pass.step();
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
  RunOf<Scalar> run;
  run.cuts = cuts;
  enter(model.config, run, tokens, embedding);
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
  enter(model.config, run, tokens, embed(model, tokens));
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
