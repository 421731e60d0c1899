#include "engine/term_tensor.h"

#include <algorithm>
#include <cassert>

#include "engine/error.h"
#include "engine/layer_norm.h"
#include "engine/path_flow.h"

namespace engine {

namespace {

// x, d_model x any, through the W_OV of each head and to the logits' input.
Matrix carried(const Model& model, const Path& path, const Matrix& x) {
  return norm_linear(model.config, model.weights.ln_final, carry(model, path, x));
}

}  // namespace

std::vector<int> distinct_tokens(const std::vector<int>& tokens) {
  std::vector<int> distinct;
  for (int token : tokens)
    if (std::find(distinct.begin(), distinct.end(), token) == distinct.end())
      distinct.push_back(token);
  return distinct;
}

std::vector<Path> all_paths(const Config& config) {
  const double count = term_count(config) / 2;
  if (count > max_terms / 2)
    fail("with ", config.n_layers, " layers of ", config.n_heads, " heads there are ", count,
         " paths, expected at most ", max_terms / 2, ": they are not listed");
  std::vector<Path> paths = {{}};
  for (std::size_t i = 0; i < paths.size(); ++i)  // each path, then it with one more head
    for (HeadId head : all_heads(config)) {
      if (!paths[i].empty() && head.layer <= paths[i].back().layer) continue;
      Path longer = paths[i];
      longer.push_back(head);
      paths.push_back(std::move(longer));
    }
  return paths;
}

TermTensor term_tensor(const Model& model, const Run& run, const std::vector<int>& tokens,
                       const Path& path) {
  const int n = run.n(), count = int(tokens.size());
  TermTensor term;
  term.path = path;
  term.cut = run.cuts.removes(path);
  term.pattern = Matrix::Identity(n, n);
  for (std::size_t i = 0; i < path.size(); ++i) {
    assert(i == 0 || path[i - 1].layer < path[i].layer);
    const HeadRunOf<float>& head = run.head(path[i]);
    term.pattern = head.pattern * head.scale[int(Input::V)].asDiagonal() * term.pattern;
  }
  term.pattern = run.final_scale.asDiagonal() * term.pattern;
  if (term.cut) term.pattern.setZero();
  Matrix W_E(model.config.d_model, count), W_U(count, model.config.d_model);
  for (int t = 0; t < count; ++t) {
    W_E.col(t) = model.weights.W_E.col(tokens[std::size_t(t)]);
    W_U.row(t) = model.weights.W_U.row(tokens[std::size_t(t)]);
  }
  term.weights = W_U * carried(model, path, W_E);
  if (model.config.positions == Positions::standard)
    term.positions = W_U * carried(model, path, model.weights.W_pos.leftCols(n));
  return term;
}

}  // namespace engine
