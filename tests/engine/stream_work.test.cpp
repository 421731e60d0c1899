#include "engine/stream_work.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/random_model.h"

using engine::Cuts;
using engine::Model;
using engine::Run;
using engine::Shape;
using engine::StreamWork;

namespace {

void check_same(const Model& model, const Run& have, const Run& want) {
  CHECK(have.tokens == want.tokens);
  CHECK(have.frozen == want.frozen);
  CHECK(have.residual == want.residual);
  CHECK(have.final_scale == want.final_scale);
  CHECK(have.logits.size() == 0);
  for (engine::HeadId head : engine::all_heads(model.config)) {
    CHECK(have.head(head).pattern == want.head(head).pattern);
    CHECK(have.head(head).result == want.head(head).result);
  }
}

}  // namespace

TEST_CASE("a run in steps, a head each, is the run at once, with cuts and frozen too") {
  for (const Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    const Model model = engine::random_model<float>(611, shape);
    const std::vector<int> tokens = engine::random_tokens(612, shape, 11);
    const int heads = int(engine::all_heads(model.config).size());
    for (const bool frozen : {false, true}) {
      const Cuts cuts = shape.n_layers < 2 ? Cuts() : Cuts::parse({"L0H0>*:K"}, model.config);
      StreamWork work(model, tokens, cuts, frozen);
      int steps = 0;
      for (double before = -1; !work.done(); ++steps) {
        CHECK(work.progress() > before);
        CHECK(work.progress() < 1);
        before = work.progress();
        work.step();
      }
      CHECK(work.progress() == 1);
      CHECK(steps == (heads + 1) * (frozen && !cuts.empty() ? 2 : 1));
      check_same(model, work.take(), engine::cut_stream(model, tokens, cuts, frozen));
    }
  }
}

TEST_CASE("tokens that the model cannot read are refused before the first step") {
  const Model model = engine::random_model<float>(613, Shape());
  CHECK_THROWS_AS(StreamWork(model, {0, model.config.d_vocab}), engine::Error);
  CHECK_THROWS_AS(StreamWork(model, std::vector<int>(std::size_t(model.config.n_ctx) + 1)),
                  engine::Error);
}
