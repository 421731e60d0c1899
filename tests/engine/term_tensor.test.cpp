#include "engine/term_tensor.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "engine/circuits.h"
#include "engine/error.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Cuts;
using engine::HeadId;
using engine::Matrix;
using engine::Model;
using engine::Path;
using engine::Run;
using engine::Shape;
using engine::TermTensor;

namespace {

const std::vector<int> text = {4, 9, 4, 2, 7, 9};

// d x n: the logits of the distinct tokens that a term brings to each position.
Matrix logits_of(const Run& run, const std::vector<int>& distinct, const TermTensor& term) {
  Matrix logits = Matrix::Zero(Eigen::Index(distinct.size()), run.n());
  for (int destination = 0; destination < run.n(); ++destination)
    for (int source = 0; source < run.n(); ++source) {
      const auto token =
          std::find(distinct.begin(), distinct.end(), run.tokens[std::size_t(source)]);
      engine::Vector column = term.weights.col(token - distinct.begin());
      if (term.positions.size()) column += term.positions.col(source);
      logits.col(destination) += term.pattern(destination, source) * column;
    }
  return logits;
}

void check_terms(const Model& model, const Run& run) {
  const std::vector<int> distinct = engine::distinct_tokens(text);
  const std::vector<Path> paths = engine::all_paths(model.config);
  for (int position : {0, 3, 5})
    for (std::size_t t = 0; t < distinct.size(); ++t) {
      const auto terms = engine::expand(model, run, position, {distinct[t]}).terms;
      for (const Path& path : paths) {
        INFO(engine::name(path) << " at " << position << " to " << distinct[t]);
        const auto term =
            std::find_if(terms.begin(), terms.end(), [&path](const engine::Term& each) {
              return each.path == path && each.kind != engine::TermKind::bias;
            });
        REQUIRE(term != terms.end());
        const TermTensor tensor = engine::term_tensor(model, run, distinct, path);
        CHECK(tensor.cut == term->cut);
        CHECK_THAT(double(logits_of(run, distinct, tensor)(Eigen::Index(t), position)),
                   WithinAbs(double(term->logit), 1e-4));
      }
    }
}

}  // namespace

TEST_CASE("a term's pattern times its matrix is its logit, for every kind of model") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(describe(shape));
    const Model model = engine::random_model<float>(341, shape);
    check_terms(model, engine::forward(model, text));
  }
}

TEST_CASE("terms that a cut takes out have no pattern") {
  const Shape shape;
  const Model model = engine::random_model<float>(342, shape);
  for (const char* cut : {"L0H1>L1H0:V", "L0H0", "path:L0H2-L1H1", "path:direct", "L1*>logits"}) {
    INFO(cut);
    check_terms(model, engine::forward(model, text, Cuts::parse({cut}, model.config)));
  }
}

TEST_CASE("a direct term is the identity and a part of W_U W_E, a head's its pattern and circuit") {
  const Shape shape;
  const Model model = engine::random_model<float>(343, shape);
  const Run run = engine::forward(model, text);
  const std::vector<int> distinct = engine::distinct_tokens(text);
  CHECK(distinct == std::vector<int>{4, 9, 2, 7});
  const TermTensor direct = engine::term_tensor(model, run, distinct, {});
  CHECK(direct.pattern == Matrix::Identity(6, 6));
  const Matrix bigrams = model.weights.W_U * model.weights.W_E;
  CHECK_THAT(double(direct.weights(1, 3)), WithinAbs(double(bigrams(9, 7)), 1e-4));
  const HeadId id{1, 2};
  const TermTensor head = engine::term_tensor(model, run, distinct, {id});
  CHECK((head.pattern - run.head(id).pattern).norm() < 1e-5f);
  CHECK_THAT(double(head.weights(0, 2)),
             WithinAbs(double(engine::ov_circuit(model, id).entry(4, 2)), 1e-4));
  CHECK(head.positions.size() == 0);
}

TEST_CASE("all paths are there once, shorter ones first") {
  for (const Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(344, shape);
    const std::vector<Path> paths = engine::all_paths(model.config);
    CHECK(double(paths.size()) == engine::term_count(model.config) / 2);
    for (std::size_t i = 1; i < paths.size(); ++i) {
      const Path &a = paths[i - 1], &b = paths[i];
      CHECK((a.size() < b.size() || (a.size() == b.size() && a < b)));
    }
  }
  engine::Config deep;
  deep.n_layers = 8;
  deep.n_heads = 9;
  CHECK_THROWS_WITH(engine::all_paths(deep), Contains("100000000") || Contains("1e+08"));
}
