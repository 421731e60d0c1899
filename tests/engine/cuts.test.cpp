#include "engine/cuts.h"

#include <catch2/catch.hpp>

#include "engine/error.h"

using Catch::Matchers::Contains;
using engine::Config;
using engine::Cuts;
using engine::HeadId;
using engine::Input;

namespace {

Config three_layers_of_two_heads() {
  Config config;
  config.n_layers = 3;
  config.n_heads = 2;
  return config;
}

Cuts cuts_of(const std::string& expression) {
  return Cuts::parse({expression}, three_layers_of_two_heads());
}

int edges(const Cuts& cuts) {
  int count = 0;
  const Config config = three_layers_of_two_heads();
  for (HeadId earlier : engine::all_heads(config))
    for (HeadId later : engine::all_heads(config))
      for (Input input : {Input::Q, Input::K, Input::V}) count += cuts.edge(earlier, later, input);
  return count;
}

}  // namespace

TEST_CASE("nothing is cut by default") {
  const Cuts cuts;
  CHECK(cuts.empty());
  CHECK(edges(cuts) == 0);
  CHECK_FALSE(cuts.path({}));
}

TEST_CASE("a head's cut takes its whole write: every edge out of it, and the logits") {
  const Cuts cuts = cuts_of("L0H1");
  CHECK(edges(cuts) == 4 * 3);  // two later layers of two heads, three inputs each
  CHECK(cuts.logits({0, 1}));
  CHECK_FALSE(cuts.logits({0, 0}));
  CHECK(cuts.touches({1, 0}, Input::K));
  CHECK_FALSE(cuts.touches({0, 0}, Input::K));
}

TEST_CASE("an edge's cut takes one input of one later head") {
  const Cuts cuts = cuts_of("L0H1>L2H0:K");
  CHECK(edges(cuts) == 1);
  CHECK(cuts.edge({0, 1}, {2, 0}, Input::K));
  CHECK_FALSE(cuts.logits({0, 1}));
}

TEST_CASE("a star stands for all heads of a layer or all later heads") {
  CHECK(edges(cuts_of("L0H1>*:K")) == 4);
  CHECK(edges(cuts_of("L1H1>*:K")) == 2);
  CHECK(edges(cuts_of("L0*>L1H1:Q")) == 2);
  CHECK(edges(cuts_of("L0H0>L2*:V")) == 2);
  CHECK(edges(cuts_of("*>*:V")) == 4 + 4 + 4);  // layer 0 to 1, 0 to 2, 1 to 2
  const Cuts layer = cuts_of("L2*");
  CHECK((layer.logits({2, 0}) && layer.logits({2, 1}) && !layer.logits({1, 0})));
  const Cuts all = cuts_of("*");
  CHECK(edges(all) == 3 * edges(cuts_of("*>*:V")));  // every input of every later head
  CHECK((all.logits({0, 0}) && all.logits({2, 1}) && !all.path({})));
}

TEST_CASE("a path's cut takes one term, whatever its length") {
  CHECK(cuts_of("path:direct").path({}));
  CHECK(cuts_of("path:L0H1").path({{0, 1}}));
  CHECK(cuts_of("path:L0H1-L2H0").path({{0, 1}, {2, 0}}));
  CHECK_FALSE(cuts_of("path:L0H1-L2H0").path({{0, 1}}));
  CHECK(cuts_of("L0H1>logits").logits({0, 1}));
}

TEST_CASE("a cut that is none is refused with what was found and what was expected") {
  for (const char* bad : {"",
                          "L0",
                          "L0H",
                          "L9H0",
                          "L9*",
                          "L1H*",
                          "L0H2",
                          "L0H1>",
                          "L0H1>L1H0",
                          "L0H1>L1H0:X",
                          "L1H0>L0H0:K",
                          "L1H0>L1H1:K",
                          "L2H0>*:K",
                          "path:",
                          "path:L1H0-L0H0",
                          "path:L0H0-L0H1",
                          "path:L0*",
                          "path:L0H0-",
                          "L-1H0",
                          "L0H1 ",
                          "l0h1",
                          "L0H99999999999999999999",
                          "L0H1>>L1H0:K"}) {
    INFO(bad);
    CHECK_THROWS_WITH(cuts_of(bad),
                      Contains("cut '" + std::string(bad) + "'") && Contains("expected"));
  }
}
