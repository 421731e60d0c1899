#include "report/expansions.h"

#include <catch2/catch.hpp>

#include "report/loaded.h"
#include "report/request.h"

using engine::Shape;
using report::Json;

namespace {

// The answer by its options' JSON.
Json answer(const engine::LoadedModel& loaded, const char* command, const Json& options) {
  return report::analyse(loaded, command, report::parse_request(command, options));
}

}  // namespace

TEST_CASE("Importance has the meter's numbers, over a text longer than the context") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(41, shape);
  const std::vector<int> tokens = engine::random_tokens(42, shape, 30);
  const Json json = answer(loaded, "importance", {{"ids", tokens}, {"cut", "L0H1>L1H0:V"}});
  engine::TermImportanceMeter meter(loaded.model, tokens,
                                    engine::Cuts::parse({"L0H1>L1H0:V"}, loaded.model.config));
  while (!meter.done()) meter.step();
  const engine::TermImportance importance = meter.result();
  CHECK(json["tokens"] == 30);
  CHECK(json["loss_uniform"].get<float>() == float(importance.loss_uniform));
  CHECK(json["loss"].get<float>() == float(importance.loss));
  REQUIRE(json["loss_by_order"].size() == 3);
  CHECK(json["loss_by_order"][2] == json["loss"]);
  REQUIRE(json["heads"].size() == 6);
  CHECK(json["heads"][4]["head"] == "L1H1");
  CHECK(json["heads"][4]["nats"].get<float>() == float(importance.heads[4].nats));
  REQUIRE(json["virtual"].size() == 9);
  CHECK(json["virtual"][5]["path"] == Json::array({"L0H1", "L1H2"}));
  CHECK(json["virtual"][5]["nats"].get<float>() == float(importance.virtual_heads[5].nats));
  CHECK(json["virtual"][3]["nats"] == 0);  // L0H1-L1H0, which is cut
}
