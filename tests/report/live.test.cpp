// A live run at the door: configs and texts that are taken or refused, and the file.
#include "report/live.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "engine/model_file.h"
#include "engine/model_writer.h"

using Catch::Matchers::Contains;

namespace {

const std::string model =
    R"("n_layers": 1, "d_model": 8, "n_heads": 2, "d_head": 4, "n_ctx": 8,
       "normalization_type": null, "positional_embedding_type": "shortformer")";

const std::string repeat =
    R"({"model": {)" + model + R"(, "d_vocab": 20}, "task": "repeat", "batch": 2, "steps": 50})";
const std::string by_characters =
    R"({"model": {)" + model + R"(}, "task": "text", "batch": 2, "steps": 50})";

report::Json told(report::Live& live) {
  return report::live_report(live, live.run.report(), 1.5);
}

}  // namespace

TEST_CASE("a text is learnt by its characters, which are the model's symbols") {
  const std::string text =
      "e\u0301tude, \U0001f1e9\U0001f1ea und e\u0301tude";  // two of two points
  report::Live live = report::start_live(by_characters, text);
  const engine::Config& config = live.run.trainer().config().model;
  CHECK(config.symbols == std::vector<std::string>{"e\u0301", "t", "u", "d", "e", ",", " ",
                                                   "\U0001f1e9\U0001f1ea", "n"});
  CHECK(config.d_vocab == 9);
  live.run.step();
  const engine::LoadedModel saved = engine::load_model({{}, report::save_live(live), {}, {}});
  CHECK(engine::read_text(saved, "und") == std::vector<int>{2, 8, 3});
  const report::Json sequence = told(live)["sequence"];
  CHECK(sequence.size() == 8);
  for (const report::Json& token : sequence)
    CHECK(token["text"] == config.symbols[token["id"].get<std::size_t>()]);
}

TEST_CASE("a report is the command's line and what the figure shows") {
  report::Live live = report::start_live(repeat, "");
  live.run.step();
  live.run.set_cuts({{0, 1}});
  const report::Json json = told(live);
  CHECK(json["step"] == 1);
  CHECK(json["seconds"] == 1.5);
  CHECK(json["cuts"] == report::Json{"L0H1"});
  REQUIRE(json["heads"].size() == 2);
  REQUIRE(json["patterns"].size() == 2);
  CHECK(json["patterns"][1]["head"] == "L0H1");
  CHECK(json["patterns"][1]["pattern"].size() == json["sequence"].size());
  CHECK(json["patterns"][1]["pattern"][0][0] == 1.0f);
  CHECK(json["patterns"][1]["pattern"][0][1] == 0.0f);
  CHECK(json["sequence"][0]["loss"].is_null());
  CHECK(json["sequence"][1]["loss"].get<float>() > 0);
  CHECK(json["sequence"][0]["id"] == json["sequence"][4]["id"]);
}

TEST_CASE("a saved run comes back with its config and text and goes on bit for bit") {
  const std::string text = "she sells sea shells by the sea shore";
  for (const std::string& config : {repeat, by_characters}) {
    report::Live live = report::start_live(config, text);
    for (int i = 0; i < 3; ++i) live.run.step();
    report::Live again = report::restore_live(report::save_live(live));
    CHECK(again.config == live.config);
    CHECK(again.text == live.text);
    live.run.step();
    again.run.step();
    CHECK(report::save_live(again) == report::save_live(live));
  }
}

TEST_CASE("what a live run cannot do is refused by name") {
  CHECK_THROWS_WITH(report::start_live(by_characters, ""), Contains("d_vocab"));
  CHECK_THROWS_WITH(report::start_live(by_characters, "short"), Contains("expected at least"));
  CHECK_THROWS_WITH(report::start_live("[]", ""), Contains("train.json"));
  std::string corpus = repeat;
  corpus.replace(corpus.find("\"repeat\""), 8, "\"corpus\", \"tokenizer\": \"t.json\"");
  CHECK_THROWS_WITH(report::start_live(corpus, "text"), Contains("no tokenizer"));
  report::Live live = report::start_live(repeat, "");
  const std::string plain = engine::write_model(live.run.trainer().model());
  CHECK_THROWS_WITH(report::restore_live(plain), Contains("holds no training run"));
  CHECK_THROWS_AS(report::restore_live("rubbish"), engine::Error);
}
