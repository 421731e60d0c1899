#include "api/circuit_tables.h"

#include <catch2/catch.hpp>

#include "api/change.h"
#include "api/state.h"
#include "api/tables.h"
#include "explorer/skip_trigrams.h"
#include "report/loaded.h"
#include "report/request.h"

using explorer::Explorer;
using report::Json;

namespace {

const char* const counts = R"({"tokens":[5,2],"totals":[10,8],"next":[[1,2,3,5,6,1],[5,8]]})";

Explorer explorer_of(const std::string& text) {
  Explorer explorer(std::make_shared<const engine::LoadedModel>(report::random_loaded(73, {})));
  explorer.set_text(text);
  return explorer;
}

Json command(const Explorer& explorer, const char* name, const Json& options) {
  return report::analyse(explorer.loaded(), name, report::parse_request(name, options));
}

}  // namespace

TEST_CASE("the table of bigrams is the command's, once the counts are compared") {
  Explorer explorer = explorer_of("1 5 2");
  CHECK(api::table(explorer, "bigrams") ==
        command(explorer, "bigrams", {{"id", 2}, {"top", 20}, {"pairs", true}}));
  api::set(explorer, {{"position", 1}, {"bigramCounts", counts}});
  CHECK(api::state(explorer)["tokensCounted"] == 2);
  CHECK(api::state(explorer)["worked"].empty());
  CHECK(api::table(explorer, "bigrams").is_null());
  explorer.work<engine::BigramCorrelation>(explorer::bigrams_work, [&] {
    return engine::BigramCorrelation(explorer.loaded().model, *explorer.bigram_counts());
  });
  explorer.step_work(explorer::bigrams_work);
  CHECK(api::state(explorer)["worked"] == Json({"bigrams"}));
  CHECK(
      api::table(explorer, "bigrams") ==
      command(explorer, "bigrams", {{"id", 5}, {"top", 20}, {"pairs", true}, {"counts", counts}}));
  explorer.set_text("");
  CHECK(api::table(explorer, "bigrams").is_null());
}

TEST_CASE("the table of scores is the command's for the shown head, position and source") {
  Explorer explorer = explorer_of("1 2 3 1 2");
  api::set(explorer, {{"head", "L1H1"}, {"cuts", {"L0H0>L1H1:Q"}}});
  const auto table_without = [&](const char* key) {
    Json table = api::table(explorer, "scores");
    for (const char* name : {"head", "destination", "source", key}) table.erase(name);
    return table;
  };
  for (const auto& [position, source] : {std::pair(4, 1), {3, 3}}) {
    api::set(explorer, {{"position", position}, {"source", source}});
    const Json table = api::table(explorer, "scores");
    CHECK(table["destination"] == position);
    CHECK(table["source"] == source);
    CHECK(table_without("grid") == command(explorer, "scores",
                                           {{"text", "1 2 3 1 2"},
                                            {"head", "L1H1"},
                                            {"destination", position},
                                            {"source", source},
                                            {"cut", {"L0H0>L1H1:Q"}}}));
    CHECK(table["grid"]["keys"] == Json({"direct", "L0H0", "L0H1", "L0H2", "position"}));
    float sum = 0;
    for (const Json& row : table["grid"]["sums"])
      for (const Json& cell : row) sum += cell.get<float>();
    CHECK_THAT(sum, Catch::Matchers::WithinAbs(table["score"].get<double>(), 1e-3));
  }
  api::set(explorer, {{"frozen", true}});
  CHECK(api::table(explorer, "scores").is_null());
  api::set(explorer, {{"frozen", false}, {"text", ""}});
  CHECK(api::table(explorer, "scores").is_null());
}

TEST_CASE("the table of skip-trigrams is the command's, with the shown source's") {
  Explorer explorer = explorer_of("");
  api::set(explorer, {{"head", "L0H2"}});
  CHECK(api::table(explorer, "skip-trigrams").is_null());
  while (!explorer::search_skip_trigrams(explorer).done())
    explorer.step_work(explorer.take_asked_work());
  CHECK(api::state(explorer)["worked"] == Json({"skip-trigrams"}));
  const Json entries =
      command(explorer, "skip-trigrams", {{"head", "L0H2"}, {"top", explorer::most_skip_trigrams}});
  Json table = api::table(explorer, "skip-trigrams");
  CHECK(table["entries"] == entries["entries"]);
  CHECK(table["source"]["source"] == entries["entries"][0]["source"]);
  CHECK(table["crossed"].is_null());
  api::set(explorer, {{"sourceToken", 8}});
  table = api::table(explorer, "skip-trigrams");
  CHECK(table["source"] == command(explorer, "skip-trigrams", {{"head", "L0H2"}, {"source", 8}}));
}
