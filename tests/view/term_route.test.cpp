#include "view/term_route.h"

#include <catch2/catch.hpp>

#include "view/explorers.h"

using Catch::Matchers::WithinAbs;
using view::TermRoute;

namespace {

// The weight of one chain of positions: what multiplies along it.
double weight(const engine::Run& run, const engine::Path& path, const std::vector<int>& chain) {
  double product = 1;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto& head = run.head(path[i]);
    product *= double(head.pattern(chain[i + 1], chain[i])) *
               double(head.scale[int(engine::Input::V)][chain[i]]);
  }
  return product;
}

}  // namespace

TEST_CASE("a route starts at the source that most of the term comes through") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    explorer::Explorer explorer = explorers::of(shape, "1 2 3 4 5 2");
    for (const engine::Term& term : explorer.expansion().terms) {
      const TermRoute route = view::term_route(explorer.run(), explorer.expansion(), term);
      if (term.kind == engine::TermKind::bias) {
        CHECK(route.source == -1);
        continue;
      }
      REQUIRE(route.source >= 0);
      for (const float part : term.sources)
        CHECK((term.logit < 0 ? route.part <= part : route.part >= part));
      CHECK_THAT(route.part + route.rest, WithinAbs(term.logit, 1e-4));
      CHECK(route.stops.size() == (term.path.size() > 1 ? term.path.size() - 1 : 0));
    }
  }
}

TEST_CASE("the stops of a virtual head are the heaviest of all, and their share is of all") {
  for (const engine::Normalization norm :
       {engine::Normalization::none, engine::Normalization::LN}) {
    engine::Shape shape;
    shape.normalization = norm;
    explorer::Explorer explorer = explorers::of(shape, "1 2 3 4 5 2");
    const int position = explorer.position();
    for (const engine::Term& term : explorer.expansion().terms) {
      if (term.kind != engine::TermKind::virtual_head) continue;
      const int source = 1;
      const TermRoute route = view::term_route(explorer.run(), explorer.expansion(), term, source);
      double best = 0, all = 0;
      for (int stop = source; stop <= position; ++stop) {
        const double each = weight(explorer.run(), term.path, {source, stop, position});
        best = std::max(best, each);
        all += each;
      }
      CHECK_THAT(weight(explorer.run(), term.path, {source, route.stops[0], position}),
                 WithinAbs(best, 1e-6));
      CHECK_THAT(route.stops_share, WithinAbs(best / all, 1e-4));
    }
  }
}

TEST_CASE("a cut term has no route") {
  explorer::Explorer explorer = explorers::of({}, "1 2 3");
  explorer.set_cuts({"path:L0H1"});
  const engine::Term* term =
      view::find_term(explorer.cut_expansion(), {{engine::HeadId{0, 1}}, false});
  REQUIRE(term);
  CHECK(view::term_route(explorer.cut_run(), explorer.cut_expansion(), *term).source == -1);
}
