#include "engine/score_grid.h"

#include <catch2/catch.hpp>

#include "engine/random_model.h"

using Catch::Matchers::WithinAbs;
using engine::Cuts;
using engine::HeadId;
using engine::Model;
using engine::Run;
using engine::ScoreExpansion;
using engine::ScoreGrid;
using engine::ScoreSide;
using engine::ScoreTerm;
using engine::Shape;

namespace {

// The definition: the terms whose query and key end alike.
double sum_of(const ScoreExpansion& expansion, const std::string& query, const std::string& key) {
  double sum = 0;
  for (const ScoreTerm& term : expansion.terms) {
    const auto ends = [](const ScoreSide& side) {
      return side.path.size() < 2 ? engine::name(side) : engine::name(side.path.back());
    };
    if (ends(term.query) == query && ends(term.key) == key) sum += double(term.score);
  }
  return sum;
}

}  // namespace

TEST_CASE("each place of the grid is the sum of the terms that end alike, and all are the score") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(331, shape);
    const Run run = engine::forward(model, engine::random_tokens(332, shape, 7));
    for (const HeadId head : engine::all_heads(model.config)) {
      INFO(describe(shape) << ", " << engine::name(head));
      const ScoreExpansion expansion = engine::expand_score(model, run, head, 6, 2);
      const ScoreGrid grid = engine::score_grid(model.config, expansion);
      REQUIRE(grid.sums.rows() == Eigen::Index(grid.queries.size()));
      REQUIRE(grid.sums.cols() == Eigen::Index(grid.keys.size()));
      CHECK(grid.queries.size() >= std::size_t(1 + head.layer * shape.n_heads));
      for (std::size_t q = 0; q < grid.queries.size(); ++q)
        for (std::size_t k = 0; k < grid.keys.size(); ++k)
          CHECK_THAT(double(grid.sums(Eigen::Index(q), Eigen::Index(k))),
                     WithinAbs(sum_of(expansion, engine::name(grid.queries[q]),
                                      engine::name(grid.keys[k])),
                               1e-4));
      CHECK_THAT(double(grid.query_sums.sum()), WithinAbs(double(expansion.sum), 1e-4));
      CHECK_THAT(double(grid.key_sums.sum()), WithinAbs(double(expansion.sum), 1e-4));
      CHECK((grid.sums.rowwise().sum() - grid.query_sums).cwiseAbs().maxCoeff() < 1e-4f);
      CHECK((grid.sums.colwise().sum().transpose() - grid.key_sums).cwiseAbs().maxCoeff() < 1e-4f);
    }
  }
}

TEST_CASE("a cut wire leaves nothing in its column, and takes nothing from the others") {
  const Shape shape{3, 2, 5, 12, 12, 30};
  const Model model = engine::random_model<float>(333, shape);
  const std::vector<int> tokens = engine::random_tokens(334, shape, 6);
  const HeadId head{2, 1};
  const auto grid_of = [&](const Cuts& cuts) {
    const Run run = engine::forward(model, tokens, cuts);
    return engine::score_grid(model.config, engine::expand_score(model, run, head, 5, 1));
  };
  const ScoreGrid whole = grid_of({}), cut = grid_of(Cuts::parse({"L1H0>L2H1:K"}, model.config));
  REQUIRE(whole.keys.size() == cut.keys.size());
  for (std::size_t k = 0; k < whole.keys.size(); ++k) {
    const Eigen::Index column = Eigen::Index(k);
    if (engine::name(whole.keys[k]) == "L1H0")
      CHECK(cut.sums.col(column).cwiseAbs().maxCoeff() == 0);
    else
      CHECK((cut.sums.col(column) - whole.sums.col(column)).cwiseAbs().maxCoeff() < 1e-4f);
  }
}

TEST_CASE("writers come in the order of the model, with position and bias last") {
  const Shape shape{2, 3, 5, 12, 12, 30, true};
  const Model model = engine::random_model<float>(335, shape);
  const Run run = engine::forward(model, engine::random_tokens(336, shape, 5));
  const ScoreGrid grid =
      engine::score_grid(model.config, engine::expand_score(model, run, {1, 0}, 4, 0));
  std::string names;
  for (const ScoreSide& side : grid.keys) names += engine::name(side) + " ";
  CHECK(names == "direct L0H0 L0H1 L0H2 position bias ");
  CHECK(engine::name(engine::writer({ScoreSide::Kind::path, {{0, 1}, {1, 2}}})) == "L1H2");
}

TEST_CASE("sums by size are told whatever their sign") {
  engine::Vector sums(4);
  sums << 1, -3, 2, 0;
  CHECK(engine::by_size(sums) == std::vector<int>{1, 2, 0, 3});
}
