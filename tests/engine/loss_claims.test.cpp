#include "engine/loss_claims.h"

#include <catch2/catch.hpp>

#include "engine/claim_answers.h"
#include "engine/random_model.h"
#include "engine/term_importance.h"

using Catch::Matchers::WithinAbs;
using engine::Claim;
using engine::Model;
using engine::Shape;

namespace {

double loss(const Model& model, const std::vector<int>& text,
            const std::vector<std::string>& cuts) {
  return engine::held_out_loss(model, text, 12, engine::Cuts::parse(cuts, model.config)).loss;
}

}  // namespace

TEST_CASE("what terms and composition are worth is a difference of held-out losses under cuts") {
  const Shape shape{3, 2, 3, 10, 12, 27};
  const Model model = engine::random_model<float>(471, shape);
  engine::ClaimSources sources;
  sources.text = engine::random_tokens(472, shape, 200);  // more than the windows measured
  const auto claims = engine::all_claims(model, sources);
  const double whole = loss(model, sources.text, {});
  const double lower =
      loss(model, sources.text, {"path:L0H0", "path:L0H1", "path:L1H0", "path:L1H1"}) - whole;
  const double last = loss(model, sources.text, {"path:L2H0", "path:L2H1"}) - whole;
  const Claim layers = engine::find(claims, "layer-1-heads");
  CHECK_THAT(engine::value(layers), WithinAbs(last / lower, 1e-6));
  CHECK_THAT(engine::value(layers, 1), WithinAbs(last, 1e-9));
  const double scores =
      loss(model, sources.text, {"L0*>*:Q", "L0*>*:K", "L1*>*:Q", "L1*>*:K"}) - whole;
  const double logits = loss(model, sources.text, {"L0*>logits", "L1*>logits"}) - whole;
  const Claim composition = engine::find(claims, "composition-counts");
  CHECK_THAT(engine::value(composition), WithinAbs(scores - logits, 1e-9));
  CHECK(composition.holds == (scores > logits));

  engine::TermImportanceMeter meter(model, sources.text, {}, false, 4);
  while (!meter.done()) meter.step();
  const engine::TermImportance importance = meter.result();
  CHECK_THAT(engine::value(engine::find(claims, "terms")),
             WithinAbs((importance.loss_by_order[1] - importance.loss) /
                           (importance.loss_uniform - importance.loss),
                       1e-9));
}

TEST_CASE("the in-context score of two layers is held against that of one") {
  const Shape small{1, 1, 2, 4, 256, 9};
  Shape larger = small;
  larger.n_layers = 2;
  const Model one = engine::random_model<float>(473, small);
  const Model two = engine::random_model<float>(474, larger);
  engine::ClaimSources sources;
  sources.text = engine::random_tokens(475, small, 600);
  sources.one_layer = &one;
  const double of_one = *engine::held_out_loss(one, sources.text).in_context;
  const double of_two = *engine::held_out_loss(two, sources.text).in_context;
  const Claim claim = engine::find(engine::all_claims(two, sources), "in-context");
  CHECK_THAT(engine::value(claim), WithinAbs(of_two - of_one, 1e-9));
  CHECK(claim.holds == false);  // there are no induction heads to cut
  CHECK(claim.reason.find("no head with an induction score above") != std::string::npos);
  engine::ClaimSources of_set = sources;  // with one layer loaded, the set's two layers
  of_set.one_layer = nullptr;
  of_set.two_layer = &two;
  CHECK_THAT(engine::value(engine::find(engine::all_claims(one, of_set), "in-context")),
             WithinAbs(of_two - of_one, 1e-9));
}

TEST_CASE("without a text, or with windows too short, there is no answer") {
  const Shape shape;
  const Model model = engine::random_model<float>(476, shape);
  Shape one_layer = shape;
  one_layer.n_layers = 1;
  const Model one = engine::random_model<float>(477, one_layer);
  engine::ClaimSources sources;
  sources.one_layer = &one;
  for (const char* id : {"in-context", "terms", "layer-1-heads", "composition-counts"})
    CHECK(engine::find(engine::all_claims(model, sources), id).reason ==
          "no held-out text was given");
  sources.text = engine::random_tokens(478, shape, 30);
  const auto claims = engine::all_claims(model, sources);
  CHECK(engine::find(claims, "in-context").reason.find("252 tokens") != std::string::npos);
  CHECK(engine::find(claims, "terms").holds.has_value());
}
