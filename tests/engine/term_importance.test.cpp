#include "engine/term_importance.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "engine/path_expansion.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Cuts;
using engine::Model;
using engine::Path;
using engine::Shape;
using engine::TermImportance;
using engine::TermImportanceMeter;

namespace {

TermImportance measured(TermImportanceMeter meter) {
  double progress = -1;
  while (!meter.done()) {
    CHECK(meter.progress() > progress);
    progress = meter.progress();
    meter.step();
  }
  CHECK(meter.progress() == 1);
  return meter.result();
}

TermImportance importance(const Model& model, const std::vector<int>& tokens,
                          const std::vector<std::string>& cuts = {}, bool frozen = false) {
  return measured({model, tokens, Cuts::parse(cuts, model.config), frozen});
}

// The loss of one window by an ordinary run.
double loss_of(const Model& model, const std::vector<int>& tokens, std::vector<std::string> cuts,
               bool frozen, const std::string& path) {
  const engine::Run whole = engine::forward(model, tokens);
  if (!path.empty()) cuts.push_back("path:" + path);
  const engine::Run run =
      engine::forward(model, tokens, Cuts::parse(cuts, model.config), frozen ? &whole : nullptr);
  double sum = 0;
  for (int i = 0; i + 1 < run.n(); ++i)
    sum -= double(
        engine::log_probabilities(engine::Vector(run.logits.col(i)))[tokens[std::size_t(i + 1)]]);
  return sum / (run.n() - 1);
}

// The same from the sums of all terms of at most `order` heads, and of the biases.
double loss_up_to(const Model& model, const engine::Run& run, std::size_t order) {
  double sum = 0;
  for (int i = 0; i + 1 < run.n(); ++i) {
    engine::Vector logits(model.config.d_vocab);
    for (int token = 0; token < model.config.d_vocab; ++token) {
      double logit = 0;
      for (const engine::Term& term : engine::expand(model, run, i, {token}).terms)
        if (term.kind == engine::TermKind::bias || term.path.size() <= order)
          logit += double(term.logit);
      logits[token] = float(logit);
    }
    sum -= double(engine::log_probabilities(logits)[run.tokens[std::size_t(i + 1)]]);
  }
  return sum / (run.n() - 1);
}

void check_terms(const Model& model, const std::vector<int>& tokens,
                 const std::vector<std::string>& cuts, bool frozen) {
  const TermImportance found = importance(model, tokens, cuts, frozen);
  const double loss = loss_of(model, tokens, cuts, frozen, "");
  CHECK_THAT(found.loss, WithinAbs(loss, 1e-5));
  for (const auto& terms : {found.heads, found.virtual_heads})
    for (const engine::TermNats& term : terms) {
      INFO(engine::name(term.path));
      const double without = loss_of(model, tokens, cuts, frozen, engine::name(term.path));
      CHECK_THAT(term.nats, WithinAbs(without - loss, 3e-5));
    }
}

const std::vector<std::string> some_cuts = {"L0H1>L1H0:V", "L0H0>logits", "path:L0H1-L1H1",
                                            "L0H0>L1H1:K"};

}  // namespace

TEST_CASE("a term is worth what the loss rises by when its path is cut") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(describe(shape));
    const Model model = engine::random_model<float>(301, shape);
    const std::vector<int> tokens = engine::random_tokens(302, shape, 7);
    check_terms(model, tokens, {}, false);
    if (shape.n_layers < 2) continue;
    check_terms(model, tokens, some_cuts, false);
    check_terms(model, tokens, some_cuts, true);
  }
}

TEST_CASE("heads and pairs of heads in different layers are listed, each once, in order") {
  const Shape shape{3, 2, 3, 10, 12, 27};
  const TermImportance found =
      importance(engine::random_model<float>(303, shape), engine::random_tokens(304, shape, 5));
  REQUIRE(found.heads.size() == 6);
  CHECK(engine::name(found.heads[3].path) == "L1H1");
  REQUIRE(found.virtual_heads.size() == 12);
  for (std::size_t i = 1; i < 12; ++i)
    CHECK(found.virtual_heads[i - 1].path < found.virtual_heads[i].path);
  CHECK(found.loss_uniform == std::log(27.0));
  CHECK(found.predictions == 4);
}

TEST_CASE("the loss by order is that of the sum of terms, and ends in the loss") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(describe(shape));
    const Model model = engine::random_model<float>(305, shape);
    const std::vector<int> tokens = engine::random_tokens(306, shape, 6);
    std::vector<std::vector<std::string>> all_cuts = {{}};
    if (shape.n_layers > 1) all_cuts.push_back(some_cuts);
    for (const auto& cuts : all_cuts) {
      const TermImportance found = importance(model, tokens, cuts);
      const engine::Run run = engine::forward(model, tokens, Cuts::parse(cuts, model.config));
      REQUIRE(found.loss_by_order.size() == std::size_t(shape.n_layers) + 1);
      for (std::size_t order = 0; order < found.loss_by_order.size(); ++order)
        CHECK_THAT(found.loss_by_order[order], WithinAbs(loss_up_to(model, run, order), 5e-5));
      CHECK(found.loss_by_order.back() == found.loss);
    }
  }
}

TEST_CASE("orders alone have the losses that they have beside the terms, and list no term") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(describe(shape));
    const Model model = engine::random_model<float>(313, shape);
    const std::vector<int> tokens = engine::random_tokens(314, shape, 20);
    const TermImportance all = importance(model, tokens);
    const TermImportance orders =
        measured({model, tokens, {}, false, 0, engine::ImportanceOf::orders});
    CHECK(orders.loss_by_order == all.loss_by_order);
    CHECK(orders.loss == all.loss);
    CHECK(orders.predictions == all.predictions);
    CHECK(orders.heads.empty());
    CHECK(orders.virtual_heads.empty());
  }
}

TEST_CASE("what a cut took out is worth nothing") {
  const Shape shape;
  const Model model = engine::random_model<float>(307, shape);
  const TermImportance found = importance(model, engine::random_tokens(308, shape, 9), {"L0H1"});
  CHECK(found.heads[0].nats != 0);
  CHECK(found.heads[1].nats == 0);
  for (const engine::TermNats& term : found.virtual_heads)
    CHECK((term.nats == 0) == (term.path.front().head == 1));
}

TEST_CASE("a long text is measured over the windows of the held-out loss") {
  Shape shape;
  shape.d_vocab = 600;  // more than two blocks of the vocabulary
  const Model model = engine::random_model<float>(309, shape);
  const std::vector<int> tokens = engine::random_tokens(310, shape, 40);
  const TermImportance all = importance(model, tokens);
  CHECK_THAT(all.loss, WithinAbs(engine::held_out_loss(model, tokens).loss, 1e-5));
  CHECK(all.predictions == 33);
  for (const engine::TermNats& term : all.virtual_heads) {
    const Cuts cut = Cuts::parse({"path:" + engine::name(term.path)}, model.config);
    CHECK_THAT(term.nats,
               WithinAbs(engine::held_out_loss(model, tokens, 0, cut).loss - all.loss, 3e-5));
  }
  const TermImportance first = measured({model, tokens, {}, false, 1});
  CHECK_THAT(first.loss, WithinAbs(engine::held_out_loss(model, tokens, 1).loss, 1e-5));
}

TEST_CASE("a result is there as soon as one window is finished") {
  const Shape shape;
  const Model model = engine::random_model<float>(311, shape);
  TermImportanceMeter meter(model, engine::random_tokens(312, shape, 24));
  while (meter.progress() < 0.5) meter.step();
  CHECK_FALSE(meter.done());
  CHECK(meter.result().predictions == 11);
}

TEST_CASE("large logits have a loss, and a text of one token is refused") {
  const Shape shape;
  Model model = engine::random_model<float>(313, shape);
  model.weights.W_U *= 60;
  const std::vector<int> tokens = engine::random_tokens(314, shape, 12);
  const double loss = engine::held_out_loss(model, tokens).loss;
  CHECK(loss > 100);
  CHECK_THAT(importance(model, tokens).loss, WithinAbs(loss, 1e-3 * loss));
  CHECK_THROWS_WITH(TermImportanceMeter(model, {3}), Contains("1 tokens, expected 2 or more"));
}
