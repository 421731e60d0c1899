#include "engine/held_out.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/random_model.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::HeldOutLoss;
using engine::Model;
using engine::Shape;

namespace {

// The mean of -log p(next) over positions 0 .. n-2 of one window.
double loss_of_window(const Model& model, const std::vector<int>& tokens, int start, int n) {
  const engine::Run run =
      engine::forward(model, {tokens.begin() + start, tokens.begin() + start + n});
  double sum = 0;
  for (int i = 0; i + 1 < n; ++i) {
    double total = 0;
    for (float logit : run.logits.col(i)) total += std::exp(double(logit));
    sum += std::log(total) - double(run.logits(tokens[std::size_t(start + i + 1)], i));
  }
  return sum / (n - 1);
}

}  // namespace

TEST_CASE("the held-out loss is the mean over whole windows that do not overlap") {
  const Shape shape;  // n_ctx 12
  const Model model = engine::random_model<float>(91, shape);
  const std::vector<int> tokens = engine::random_tokens(92, shape, 40);
  const HeldOutLoss all = engine::held_out_loss(model, tokens);
  double expected = 0;
  for (int start : {0, 12, 24}) expected += loss_of_window(model, tokens, start, 12) / 3;
  CHECK_THAT(all.loss, WithinAbs(expected, 1e-5));
  CHECK(all.predictions == 33);
  CHECK(all.loss_by_position.size() == 11);
  CHECK_FALSE(all.in_context.has_value());
  CHECK_THAT(engine::held_out_loss(model, tokens, 1).loss,
             WithinAbs(loss_of_window(model, tokens, 0, 12), 1e-5));
}

TEST_CASE("a few windows are spread evenly over the text") {
  const Shape shape;  // n_ctx 12
  const Model model = engine::random_model<float>(97, shape);
  const std::vector<int> tokens = engine::random_tokens(98, shape, 12 * 6 + 5);
  double expected = 0;
  for (int window : {0, 1, 3, 4}) expected += loss_of_window(model, tokens, 12 * window, 12) / 4;
  CHECK_THAT(engine::held_out_loss(model, tokens, 4).loss, WithinAbs(expected, 1e-5));
}

TEST_CASE("a model that reads one token at a time has no loss") {
  Shape shape;
  shape.n_ctx = 1;
  const Model model = engine::random_model<float>(99, shape);
  CHECK_THROWS_WITH(engine::held_out_loss(model, {1, 2, 3}), Contains("n_ctx is 1"));
}

TEST_CASE("a text shorter than the context is one window, one token is none") {
  const Shape shape;
  const Model model = engine::random_model<float>(93, shape);
  const HeldOutLoss loss = engine::held_out_loss(model, {3, 1, 4});
  CHECK_THAT(loss.loss, WithinAbs(loss_of_window(model, {3, 1, 4}, 0, 3), 1e-5));
  CHECK(loss.predictions == 2);
  CHECK_THROWS_WITH(engine::held_out_loss(model, {3}), Contains("1 tokens, expected 2 or more"));
}

TEST_CASE("the in-context score is the mean loss at 200 to 250 minus that at 20 to 40") {
  Shape shape{1, 1, 2, 4, 256, 9};
  const Model model = engine::random_model<float>(94, shape);
  const HeldOutLoss loss = engine::held_out_loss(model, engine::random_tokens(95, shape, 300));
  double late = 0, early = 0;
  for (int i = 200; i <= 250; ++i) late += loss.loss_by_position[std::size_t(i)] / 51;
  for (int i = 20; i <= 40; ++i) early += loss.loss_by_position[std::size_t(i)] / 21;
  REQUIRE(loss.in_context.has_value());
  CHECK_THAT(*loss.in_context, WithinAbs(late - early, 1e-9));
}

TEST_CASE("cuts change the held-out loss as they change a run") {
  const Shape shape;
  const Model model = engine::random_model<float>(96, shape);
  const std::vector<int> tokens = engine::random_tokens(97, shape, 12);
  const engine::Cuts cuts = engine::Cuts::parse({"L0H1"}, model.config);
  const engine::Run run = engine::forward(model, tokens, cuts);
  double expected = 0;
  for (int i = 0; i < 11; ++i)
    expected -= double(engine::log_probabilities(
                    engine::Vector(run.logits.col(i)))[tokens[std::size_t(i + 1)]]) /
                11;
  CHECK_THAT(engine::held_out_loss(model, tokens, 0, cuts).loss, WithinAbs(expected, 1e-5));
}
