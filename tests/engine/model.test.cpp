#include "engine/model.h"

#include <catch2/catch.hpp>

#include "engine/error.h"

using Catch::Matchers::Contains;
using engine::Config;
using engine::HeadId;
using engine::parse_head;

namespace {

Config heads_of(int n_layers, int n_heads) {
  Config config;
  config.n_layers = n_layers;
  config.n_heads = n_heads;
  return config;
}

}  // namespace

TEST_CASE("every head of a model is found by its name") {
  for (const Config& config : {heads_of(1, 1), heads_of(3, 7), heads_of(12, 12)})
    for (HeadId head : engine::all_heads(config)) CHECK(parse_head(name(head), config) == head);
}

TEST_CASE("heads come layer by layer") {
  const std::vector<HeadId> heads = engine::all_heads(heads_of(2, 3));
  REQUIRE(heads.size() == 6);
  for (std::size_t i = 1; i < heads.size(); ++i) CHECK(heads[i - 1] < heads[i]);
  CHECK(name(heads[4]) == "L1H1");
  CHECK(engine::all_heads(heads_of(0, 3)).empty());
}

TEST_CASE("what is no head's name is refused with what one looks like") {
  const Config config = heads_of(2, 12);
  for (const char* text :
       {"", "L", "L0", "L0H", "H0", "LH", "L0H1x", " L0H1", "L0H1 ", "l0h1", "L-1H0", "L0H-1",
        "L0H+1", "L0.0H1", "L99999999999H0", "L0H99999999999", "0.1"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parse_head(text, config), Contains(text) && Contains("L1H4"));
  }
}

TEST_CASE("a head that the model has not is refused with what it has") {
  for (const char* text : {"L2H0", "L0H12", "L7H99"})
    CHECK_THROWS_WITH(parse_head(text, heads_of(2, 12)),
                      Contains(text) && Contains("2 layers") && Contains("12 heads"));
  CHECK_THROWS_WITH(parse_head("L0H0", heads_of(0, 12)), Contains("0 layers"));
}
