#include "engine/path_expansion.h"

#include <catch2/catch.hpp>
#include <map>

#include "engine/error.h"
#include "engine/path_write.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Cuts;
using engine::Expansion;
using engine::HeadId;
using engine::Matrix;
using engine::Model;
using engine::Path;
using engine::Reading;
using engine::Run;
using engine::Term;
using engine::TermKind;
using engine::Vector;
using Against = engine::Reading::Against;

namespace {

const int n_tokens = 9;

Run run_of(const Model& model, const engine::Shape& shape,
           const std::vector<std::string>& cuts = {}, const Run* frozen = nullptr) {
  return engine::forward(model, engine::random_tokens(41, shape, n_tokens),
                         Cuts::parse(cuts, model.config), frozen);
}

std::vector<std::vector<std::string>> some_cuts(const engine::Config& config) {
  std::vector<std::vector<std::string>> cuts = {{}, {"path:direct"}};
  if (config.n_layers >= 1) cuts.insert(cuts.end(), {{"L0H0"}, {"L0H0>logits"}, {"path:L0H0"}});
  if (config.n_layers >= 2)
    cuts.insert(cuts.end(), {{"L0H0>L1H0:V"}, {"L0*>*:K"}, {"path:L0H0-L1H1", "L1H0"}});
  if (config.n_layers >= 3) cuts.push_back({"path:L0H0-L1H0-L2H0", "L1H0>L2H0:V"});
  return cuts;
}

// By what the sum is made of: cancellation can leave a small sum of large terms.
double size_of(const Expansion& expansion) {
  double size = 1e-6;
  for (const Term& term : expansion.terms) size += double(std::abs(term.logit));
  return size;
}

// The term of a path in a model without LayerNorm and biases, from dense matrices in double, as the
// paper writes it: W_U W_OV^hk ... W_OV^h1 W_E x_s, weighted by (A^hk ... A^h1)[position, s].
Vector dense_term(const Model& model, const Run& run, int position, const Path& path, int target) {
  using Dense = engine::MatrixOf<double>;
  Dense weights = model.weights.W_U.row(target).cast<double>();
  Dense pattern = Dense::Identity(run.n(), run.n());
  for (auto head = path.rbegin(); head != path.rend(); ++head) {
    weights = weights * model.head(*head).W_O.cast<double>() * model.head(*head).W_V.cast<double>();
    pattern = pattern * run.head(*head).pattern.cast<double>();
  }
  Vector sources(position + 1);
  const Dense x = engine::embed(model, run.tokens).cast<double>();
  for (int s = 0; s <= position; ++s)
    sources[s] = float(pattern(position, s) * (weights * x.col(s))(0));
  return sources;
}

std::map<std::string, float> by_name(const Expansion& expansion) {
  std::map<std::string, float> logits;
  for (const Term& term : expansion.terms)
    logits[std::string(engine::name(term.kind)) + " " + engine::name(term.path)] = term.logit;
  return logits;
}

}  // namespace

TEST_CASE("terms sum to the logit, in every reading and under every cut, exact to 1e-5") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(40, shape);
    const Run uncut = run_of(model, shape);
    for (const auto& cuts : some_cuts(model.config))
      for (const Run* frozen : {static_cast<const Run*>(nullptr), &uncut}) {
        const Run run = run_of(model, shape, cuts, frozen);
        for (const Reading& reading :
             {Reading{3}, Reading{3, Against::mean}, Reading{3, Against::token, 17}}) {
          const Expansion expansion = engine::expand(model, run, 7, reading);
          INFO(engine::describe(shape) << ", cut " << (cuts.empty() ? "nothing" : cuts[0]));
          CHECK_THAT(double(expansion.sum),
                     WithinAbs(double(expansion.logit), 1e-5 * size_of(expansion)));
          CHECK(expansion.max_abs_error <= 1e-5f * expansion.max_abs_logit);
          CHECK(expansion.logit == engine::read(run.logits.col(7), reading));
        }
      }
  }
}

TEST_CASE("sources sum to their term") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(42, shape);
    const Run run = run_of(model, shape);
    const Expansion expansion = engine::expand(model, run, 6, {5});
    for (const Term& term : expansion.terms) {
      INFO(engine::describe(shape) << ", " << engine::name(term.path));
      if (term.kind == TermKind::bias) {
        CHECK(term.sources.size() == 0);
      } else {
        REQUIRE(term.sources.size() == 7);
        CHECK_THAT(
            double(term.sources.sum()),
            WithinAbs(double(term.logit), 1e-5 * double(term.sources.cwiseAbs().sum()) + 1e-9));
      }
    }
  }
}

TEST_CASE("there is one term for every way through the layers, and none for biases without any") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(43, shape);
    const Run run = run_of(model, shape);
    int ways = 1;
    for (int l = 0; l < shape.n_layers; ++l) ways *= 1 + shape.n_heads;
    int tokens = 0, biases = 0;
    for (const Term& term : engine::expand(model, run, 4, {1}).terms)
      ++(term.kind == TermKind::bias ? biases : tokens);
    INFO(engine::describe(shape));
    CHECK(tokens == ways);
    CHECK(biases == (shape.biases ? ways : 0));
  }
}

TEST_CASE("terms come by falling size") {
  const engine::Shape shape;
  const Model model = engine::random_model<float>(44, shape);
  const auto terms = engine::expand(model, run_of(model, shape), 8, {2}).terms;
  for (std::size_t i = 1; i < terms.size(); ++i)
    CHECK(std::abs(terms[i - 1].logit) >= std::abs(terms[i].logit));
}

TEST_CASE("a term is the product of its pattern and its weights, as the paper writes it") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    if (shape.biases || shape.normalization != engine::Normalization::none) continue;
    const Model model = engine::random_model<float>(45, shape);
    const Run run = run_of(model, shape);
    for (const Term& term : engine::expand(model, run, 8, {9}).terms) {
      const Vector expected = dense_term(model, run, 8, term.path, 9);
      INFO(engine::describe(shape) << ", " << engine::name(term.path));
      CHECK((term.sources - expected).cwiseAbs().maxCoeff() <= 2e-5f);
    }
  }
}

TEST_CASE("a term over the whole vocabulary agrees with the terms of each target") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(46, shape);
    for (const auto& cuts : some_cuts(model.config)) {
      const Run run = run_of(model, shape, cuts);
      Vector total = Vector::Zero(shape.d_vocab);
      for (const Term& term : engine::expand(model, run, 5, {4}).terms) {
        const bool bias = term.kind == TermKind::bias;
        const Vector logits = engine::term_logits(model, run, 5, term.path, bias);
        INFO(engine::describe(shape)
             << ", " << engine::name(term.kind) << " " << engine::name(term.path));
        CHECK_THAT(double(logits[4]), WithinAbs(double(term.logit), 5e-5));
        total += logits;
      }
      const float scale = run.logits.col(5).cwiseAbs().maxCoeff();
      CHECK((total - run.logits.col(5)).cwiseAbs().maxCoeff() <= 2e-5f * scale);
    }
  }
}

TEST_CASE("a reading against a token or the mean is the difference of two, term by term") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(47, shape);
    const Run run = run_of(model, shape);
    const auto of = [&](const Reading& reading) {
      return by_name(engine::expand(model, run, 8, reading));
    };
    const auto three = of({3}), other = of({11}), difference = of({3, Against::token, 11});
    auto above_mean = of({3, Against::mean});
    std::map<std::string, double> mean;
    for (int t = 0; t < shape.d_vocab; ++t)
      for (const auto& [term, logit] : of({t})) mean[term] += double(logit) / shape.d_vocab;
    INFO(engine::describe(shape));
    for (const auto& [term, logit] : three) {
      CHECK_THAT(double(difference.at(term)), WithinAbs(double(logit - other.at(term)), 5e-5));
      CHECK_THAT(double(above_mean.at(term)), WithinAbs(double(logit) - mean.at(term), 5e-5));
    }
  }
}

TEST_CASE("a path cut takes its term out of the logits and leaves every other as it was") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers < 2) continue;
    const Model model = engine::random_model<float>(48, shape);
    const Run uncut = run_of(model, shape), cut = run_of(model, shape, {"path:L0H0-L1H1"});
    const auto before = by_name(engine::expand(model, uncut, 8, {3}));
    const auto after = by_name(engine::expand(model, cut, 8, {3}));
    INFO(engine::describe(shape));
    for (const auto& [term, logit] : before)
      CHECK_THAT(double(after.at(term)),
                 WithinAbs(term == "virtual L0H0-L1H1" ? 0.0 : double(logit), 1e-5));
    CHECK_THAT(double(uncut.logits(3, 8) - cut.logits(3, 8)),
               WithinAbs(double(before.at("virtual L0H0-L1H1")), 5e-5));
  }
}

TEST_CASE("a cut V edge takes out exactly the paths over it") {
  const engine::Shape shape = engine::odd_shapes().back();  // three layers
  const Model model = engine::random_model<float>(49, shape);
  const Run uncut = run_of(model, shape);
  const Run cut = run_of(model, shape, {"L0H1>L2H0:V"}, &uncut);
  const auto before = by_name(engine::expand(model, uncut, 8, {3}));
  for (const Term& term : engine::expand(model, cut, 8, {3}).terms) {
    const bool over = term.path == Path{{0, 1}, {2, 0}};
    INFO(engine::name(term.path));
    CHECK(term.cut == over);
    const std::string name = std::string(engine::name(term.kind)) + " " + engine::name(term.path);
    CHECK_THAT(double(term.logit), WithinAbs(over ? 0.0 : double(before.at(name)), 1e-5));
  }
}

TEST_CASE("the largest error over the vocabulary is at least that of the token that is read") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    const Model model = engine::random_model<float>(47, shape);
    const Run run = run_of(model, shape);
    for (int target = 0; target < shape.d_vocab; ++target) {
      const Expansion expansion = engine::expand(model, run, 3, {target});
      CHECK(expansion.max_abs_error >= std::abs(expansion.sum - expansion.logit));
    }
  }
}

TEST_CASE("a model with too many paths to list is refused before they are walked") {
  engine::Shape shape;
  shape.n_layers = 12;
  shape.n_heads = 12;
  const Model model = engine::random_model<float>(48, shape);
  const Run run = run_of(model, shape);
  CHECK(engine::term_count(model.config) > 4e13);
  CHECK_THROWS_WITH(engine::expand(model, run, 3, {0}),
                    Contains("12 layers of 12 heads") && Contains("at most 1e+06"));
}

TEST_CASE("positions and tokens that are none are refused with the range") {
  const engine::Shape shape;
  const Model model = engine::random_model<float>(50, shape);
  const Run run = run_of(model, shape);
  CHECK_THROWS_WITH(engine::expand(model, run, 9, {3}), Contains("9") && Contains("0 to 8"));
  CHECK_THROWS_WITH(engine::expand(model, run, -1, {3}), Contains("-1"));
  CHECK_THROWS_WITH(engine::expand(model, run, 3, {30}), Contains("target") && Contains("0 to 29"));
  CHECK_THROWS_WITH(engine::expand(model, run, 3, {3, Against::token, -2}), Contains("against"));
  CHECK_THROWS_WITH(engine::expand(model, engine::forward(model, {}), 0, {3}), Contains("empty"));
}
