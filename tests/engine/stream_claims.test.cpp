#include "engine/stream_claims.h"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include "engine/claim_answers.h"
#include "engine/forward.h"
#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::HeadWeights;
using engine::Matrix;
using engine::Model;
using engine::Run;
using engine::Shape;

namespace {

using Exact = engine::MatrixOf<double>;

// Of d_model x d_model, multiplied out.
int rank_of(const Matrix& left, const Matrix& right) {
  Eigen::FullPivLU<Exact> lu((left * right).cast<double>());
  lu.setThreshold(1e-5);
  return int(lu.rank());
}

// d_model x d_model: onto what a head writes.
Exact projector(const HeadWeights& head) {
  const Exact W = head.W_O.cast<double>();
  return W * (W.transpose() * W).inverse() * W.transpose();
}

}  // namespace

TEST_CASE("what heads do to the residual stream is exact in every kind of model") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(describe(shape));
    const Model model = engine::random_model<float>(401, shape);
    const Run run = engine::forward(model, engine::random_tokens(402, shape, 9));
    CHECK(engine::residual_sum_error(model, run) < 1e-5);
    CHECK(engine::heads_add_error(model, run) < 1e-5);
    CHECK(engine::two_operations_error(model, run) < 1e-5);
    CHECK(engine::factoring_error(model, run) < 1e-4);
  }
}

TEST_CASE("a run that is not what its heads wrote is found out") {
  const Shape shape;
  const Model model = engine::random_model<float>(403, shape);
  const Run run = engine::forward(model, engine::random_tokens(404, shape, 9));
  Run other = run;
  other.residual(3, 5) += 0.1f;
  CHECK(engine::residual_sum_error(model, other) > 1e-3);
  other = run;
  other.layers[1].heads[2].z(1, 4) += 0.1f;
  CHECK(engine::heads_add_error(model, other) > 1e-3);
  other = run;
  other.layers[0].heads[1].pattern(6, 2) += 0.1f;
  CHECK(engine::two_operations_error(model, other) > 1e-3);
  other = run;
  other.layers[1].heads[0].scores(6, 2) += 0.1f;
  CHECK(engine::factoring_error(model, other) > 1e-3);
}

TEST_CASE("a refactored model has other factors and the same products") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(describe(shape));
    const Model model = engine::random_model<float>(405, shape);
    const Model other = engine::refactored(model, 1);
    for (engine::HeadId id : engine::all_heads(model.config)) {
      const HeadWeights &before = model.head(id), &after = other.head(id);
      CHECK((after.W_Q - before.W_Q).cwiseAbs().maxCoeff() > 0.01f);
      CHECK((after.W_O - before.W_O).cwiseAbs().maxCoeff() > 0.01f);
      const Matrix QK = before.W_Q.transpose() * before.W_K;
      CHECK((after.W_Q.transpose() * after.W_K - QK).norm() < 1e-4f * QK.norm());
      const Matrix OV = before.W_O * before.W_V;
      CHECK((after.W_O * after.W_V - OV).norm() < 1e-4f * OV.norm());
    }
  }
}

TEST_CASE("bandwidth is the rank of the products and the overlap of projectors") {
  Shape shape;  // d_head 5, d_model 12
  Model model = engine::random_model<float>(406, shape);
  for (auto& layer : model.weights.layers)
    for (HeadWeights& head : layer.heads) head.W_V.row(4) = head.W_V.row(0);  // rank 4
  const engine::Bandwidth found = engine::bandwidth(model);
  int rank_OV = 0, rank_QK = 0;
  std::vector<double> overlaps;
  const auto ids = engine::all_heads(model.config);
  for (std::size_t a = 0; a < ids.size(); ++a) {
    const HeadWeights& head = model.head(ids[a]);
    rank_OV = std::max(rank_OV, rank_of(head.W_O, head.W_V));
    rank_QK = std::max(rank_QK, rank_of(head.W_Q.transpose(), head.W_K));
    for (std::size_t b = a + 1; b < ids.size(); ++b)
      overlaps.push_back((projector(head) * projector(model.head(ids[b]))).trace() / 5);
  }
  CHECK(found.rank_OV == rank_OV);
  CHECK(rank_OV == 4);
  CHECK(found.rank_QK == rank_QK);
  double mean = 0;
  for (double overlap : overlaps) mean += overlap / double(overlaps.size());
  CHECK_THAT(found.mean_overlap, WithinAbs(mean, 1e-5));
  CHECK_THAT(found.largest_overlap,
             WithinAbs(*std::max_element(overlaps.begin(), overlaps.end()), 1e-5));
}

TEST_CASE("bandwidth is stated without a verdict, and heads that there are not without a number") {
  const Model model = engine::random_model<float>(407, Shape());
  const auto bandwidth = engine::find(engine::all_claims(model), "bandwidth");
  CHECK_THAT(engine::value(bandwidth), WithinAbs(5.0 / 12, 1e-9));
  CHECK_FALSE(bandwidth.holds.has_value());
  CHECK(bandwidth.reason == "stated, without a threshold");
  const Model none = engine::random_model<float>(408, engine::odd_shapes()[0]);
  const auto claims = engine::all_claims(none);
  CHECK(engine::find(claims, "residual-sum").holds == true);
  for (const char* id : {"heads-add", "two-operations", "factored", "bandwidth"}) {
    CHECK(engine::find(claims, id).measured.empty());
    CHECK(engine::find(claims, id).reason == "this model has no layers, and so no heads");
  }
}
