#include "engine/path_flow.h"

#include <cassert>

#include "engine/layer_norm.h"

namespace engine {

namespace {

[[maybe_unused]] bool rises(const Path& path) {
  for (std::size_t i = 1; i < path.size(); ++i)
    if (path[i - 1].layer >= path[i].layer) return false;
  return true;
}

}  // namespace

template <class Scalar>
MatrixOf<Scalar> path_flow(const ModelOf<Scalar>& model, const RunOf<Scalar>& run,
                           const Path& path) {
  const MatrixOf<Scalar>& stream = run.embedding();
  if (!path.empty() && run.cuts.logits(path.back()))
    return MatrixOf<Scalar>::Zero(stream.rows(), stream.cols());
  return path_flow_from(model, run, path, stream);
}

template <class Scalar>
MatrixOf<Scalar> path_flow_from(const ModelOf<Scalar>& model, const RunOf<Scalar>& run,
                                const Path& path, MatrixOf<Scalar> x, std::size_t first) {
  assert(rises(path));
  for (std::size_t i = first; i < path.size(); ++i) {
    const HeadId id = path[i];
    const HeadRunOf<Scalar>& head = run.head(id);
    const NormWeightsOf<Scalar>& ln1 = model.weights.layers[std::size_t(id.layer)].ln1;
    if (i > 0 && run.cuts.edge(path[i - 1], id, Input::V)) x.setZero();
    const MatrixOf<Scalar> v = model.head(id).W_V * norm_linear(model.config, ln1, x);
    x = model.head(id).W_O *
        (v * head.scale[int(Input::V)].asDiagonal() * head.pattern.transpose());
  }
  return x;
}

Matrix carry(const Model& model, const Path& path, Matrix x, std::size_t first) {
  for (std::size_t i = first; i < path.size(); ++i) {
    const HeadWeights& head = model.head(path[i]);
    const NormWeightsOf<float>& ln1 = model.weights.layers[std::size_t(path[i].layer)].ln1;
    const Matrix v = head.W_V * norm_linear(model.config, ln1, x);
    x = head.W_O * v;
  }
  return x;
}

#define INSTANTIATE(Scalar)                                                                       \
  template MatrixOf<Scalar> path_flow(const ModelOf<Scalar>&, const RunOf<Scalar>&, const Path&); \
  template MatrixOf<Scalar> path_flow_from(const ModelOf<Scalar>&, const RunOf<Scalar>&,          \
                                           const Path&, MatrixOf<Scalar>, std::size_t);
INSTANTIATE(float)
INSTANTIATE(double)
#undef INSTANTIATE

}  // namespace engine
