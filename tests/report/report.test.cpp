#include "report/report.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "files.h"
#include "report/loaded.h"

using Catch::Matchers::WithinAbs;
using engine::HeadId;
using engine::Run;
using engine::Shape;
using engine::Tokenizer;
using report::Json;

namespace {

std::vector<std::string> keys(const Json& json) {
  std::vector<std::string> names;
  for (const auto& item : json.items()) names.push_back(item.key());
  return names;
}

using Keys = std::vector<std::string>;

// The shipped model's tokenizer on a random model: its tokens are words and bytes.
engine::LoadedModel with_words() {
  Shape shape;
  shape.d_vocab = 4096;
  engine::LoadedModel loaded = report::random_loaded(3, shape);
  loaded.tokenizer = Tokenizer::from_json(read_file("models/two-layer/tokenizer.json"));
  return loaded;
}

}  // namespace

TEST_CASE("A float is written with the fewest digits that give it back") {
  CHECK(report::dump(Json(0.1f)) == "0.1");
  CHECK(report::dump(Json(1.0f / 3)) == "0.33333334");
  CHECK(report::dump(Json(1e-30f)) == "1e-30");
  engine::Random random(7);
  for (int i = 0; i < 1000; ++i) {
    const float value = float(random.normal() * std::pow(10, random.below(20) - 10));
    CHECK(std::stof(report::dump(Json(value))) == value);
  }
}

TEST_CASE("What is not finite is null") {
  CHECK(report::number(std::numeric_limits<float>::infinity()).is_null());
  CHECK(report::number(-std::numeric_limits<float>::infinity()).is_null());
  CHECK(report::number(std::numeric_limits<float>::quiet_NaN()).is_null());
  const engine::Vector values = engine::Vector::Constant(2, std::nanf(""));
  CHECK(report::dump(report::numbers(values)) == "[null,null]");
}

TEST_CASE("Strings that are no UTF-8 still make valid JSON") {
  CHECK(report::dump(Json("a\xff")) == "\"a\xef\xbf\xbd\"");
}

TEST_CASE("A token that is part of a character has its bytes beside its text") {
  const engine::LoadedModel loaded = with_words();
  const Json tokens = report::token_list(loaded, loaded.tokenizer.encode("the \xe4\xbd\xa0"));
  std::string bytes;
  int parts = 0;
  for (const Json& token : tokens) {
    if (token.contains("bytes")) {
      ++parts;
      CHECK(keys(token) == Keys{"id", "text", "bytes"});
      CHECK(token["text"] == "\xef\xbf\xbd");
      bytes += token["bytes"].get<std::string>();
    } else {
      CHECK(keys(token) == Keys{"id", "text"});
    }
  }
  CHECK(parts == 3);
  CHECK(bytes == "e4bda0");
}

TEST_CASE("U+FFFD that was typed has no bytes beside it") {
  engine::LoadedModel loaded = report::random_loaded(1, Shape());
  loaded.tokenizer = Tokenizer::from_symbols({"\xef\xbf\xbd", "a"});
  CHECK(keys(report::token(loaded, 0)) == Keys{"id", "text"});
}

TEST_CASE("Info has the config in TransformerLens's words") {
  for (const Shape& shape : engine::odd_shapes()) {
    CAPTURE(describe(shape));
    const Json info = report::info(report::random_loaded(1, shape));
    CHECK(keys(info) == Keys{"config", "parameters", "tokenizer", "heads", "ignored", "notices"});
    CHECK(info["config"]["n_layers"] == shape.n_layers);
    CHECK(info["heads"].size() == std::size_t(shape.n_layers * shape.n_heads));
    const Json& kind = info["config"]["normalization_type"];
    if (shape.normalization == engine::Normalization::none) CHECK(kind.is_null());
    if (shape.normalization == engine::Normalization::LN) CHECK(kind == "LN");
    if (shape.normalization == engine::Normalization::LNPre) CHECK(kind == "LNPre");
    CHECK(info["config"]["positional_embedding_type"] ==
          (shape.positions == engine::Positions::standard ? "standard" : "shortformer"));
  }
}

TEST_CASE("Top predictions are those of a full sort, lower ids first among equals") {
  engine::Random random(3);
  engine::Vector logits(50);
  for (float& logit : logits) logit = float(random.below(12));
  const engine::Vector log_probabilities = engine::log_probabilities(logits);
  std::vector<int> ids(50);
  for (int i = 0; i < 50; ++i) ids[std::size_t(i)] = i;
  std::stable_sort(ids.begin(), ids.end(), [&](int a, int b) { return logits[a] > logits[b]; });
  for (int count : {0, 1, 7, 50, 80}) {
    const auto top = report::top_predictions(logits, log_probabilities, count);
    REQUIRE(int(top.size()) == std::min(count, 50));
    for (std::size_t i = 0; i < top.size(); ++i) {
      CHECK(top[i].id == ids[i]);
      CHECK(top[i].logit == logits[ids[i]]);
      CHECK(top[i].log_probability == log_probabilities[ids[i]]);
    }
  }
}

TEST_CASE("The loss stands at the position that predicts, and is null at the end") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(4, shape);
  const Run run = engine::forward(loaded.model, engine::random_tokens(5, shape, 6));
  const Json json = report::logits(loaded, run, {3, true});
  CHECK(keys(json) == Keys{"tokens", "positions", "logits"});
  REQUIRE(json["positions"].size() == 6);
  for (int i = 0; i < 6; ++i) {
    const Json& position = json["positions"][std::size_t(i)];
    CHECK(keys(position) == Keys{"position", "loss", "top"});
    CHECK(position["position"] == i);
    REQUIRE(position["top"].size() == 3);
    CHECK(keys(position["top"][0]) == Keys{"id", "text", "logit", "log_prob"});
    if (i == 5) {
      CHECK(position["loss"].is_null());
      continue;
    }
    const engine::Vector column = run.logits.col(i);
    const float loss = -engine::log_probabilities(column)[run.tokens[std::size_t(i) + 1]];
    CHECK(position["loss"].get<float>() == loss);
    CHECK(json["logits"][std::size_t(i)][7].get<float>() == run.logits(7, i));
  }
}

TEST_CASE("Attention has a row a destination, null scores and no weight on what comes later") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(4, shape);
  const Run run = engine::forward(loaded.model, engine::random_tokens(5, shape, 5));
  const Json all = report::attention(loaded, run);
  REQUIRE(all["heads"].size() == 6);
  const Json one = report::attention(loaded, run, HeadId{1, 2});
  CHECK(one["heads"][0] == all["heads"][5]);
  const engine::HeadRunOf<float>& head = run.head({1, 2});
  for (int destination = 0; destination < 5; ++destination)
    for (int source = 0; source < 5; ++source) {
      const auto row = std::size_t(destination), column = std::size_t(source);
      const Json& score = one["heads"][0]["scores"][row][column];
      CHECK(one["heads"][0]["pattern"][row][column].get<float>() ==
            head.pattern(destination, source));
      if (source > destination) {
        CHECK(score.is_null());
        CHECK(head.pattern(destination, source) == 0);
      } else {
        CHECK(score.get<float>() == head.scores(destination, source));
      }
    }
}

TEST_CASE("Paths have the expansion's terms, and what top leaves out is summed") {
  for (const Shape& shape : engine::odd_shapes()) {
    CAPTURE(describe(shape));
    const engine::LoadedModel loaded = report::random_loaded(6, shape);
    const Run run = engine::forward(loaded.model, engine::random_tokens(7, shape, 6));
    engine::Reading reading;
    reading.target = 5;
    const engine::Expansion expansion = engine::expand(loaded.model, run, 4, reading);
    const Json json = report::paths(loaded, expansion, {true, {}});
    CHECK(keys(json) == Keys{"position", "target", "logit", "sum", "max_abs_error", "terms"});
    REQUIRE(json["terms"].size() == expansion.terms.size());
    double sum = 0;
    for (std::size_t i = 0; i < expansion.terms.size(); ++i) {
      const Json& term = json["terms"][i];
      CHECK(keys(term) == Keys{"path", "kind", "logit", "sources"});
      CHECK(term["path"].size() == expansion.terms[i].path.size());
      CHECK(term["sources"].size() == (term["kind"] == "bias" ? 0 : 5));
      sum += double(term["logit"].get<float>());
    }
    CHECK_THAT(sum, WithinAbs(double(json["logit"].get<float>()), 1e-3));

    const Json part = report::paths(loaded, expansion, {false, 1});
    REQUIRE(part["terms"].size() == 1);
    CHECK(keys(part["terms"][0]) == Keys{"path", "kind", "logit"});
    CHECK(part["rest"]["terms"] == expansion.terms.size() - 1);
    const double shown = double(part["terms"][0]["logit"].get<float>());
    CHECK_THAT(shown + double(part["rest"]["logit"].get<float>()), WithinAbs(sum, 1e-4));
  }
}

TEST_CASE("Terms that a cut took out are marked") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(6, shape);
  const engine::Cuts cuts = engine::Cuts::parse({"L0H1"}, loaded.model.config);
  const Run run = engine::forward(loaded.model, engine::random_tokens(7, shape, 6), cuts);
  const Json json = report::paths(loaded, engine::expand(loaded.model, run, 5, {}));
  int marked = 0;
  for (const Json& term : json["terms"]) {
    const bool through = term["path"].size() > 0 && term["path"][0] == "L0H1";
    CHECK(term.contains("cut") == through);
    if (!through) continue;
    ++marked;
    CHECK(term["cut"] == true);
    CHECK(term["logit"] == 0);
  }
  CHECK(marked == 4);
}
