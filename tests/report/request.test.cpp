#include "report/request.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "report/loaded.h"

using Catch::Matchers::Contains;
using engine::Error;
using engine::Shape;
using report::analyse;
using report::Json;
using report::parse_ids;
using report::parse_request;
using report::Request;

namespace {

Request of_ids(std::vector<int> ids) {
  Request request;
  request.ids = std::move(ids);
  return request;
}

}  // namespace

TEST_CASE("Options come in the command line's words, with their dashes or without") {
  const Request request = parse_request("paths", Json::parse(R"({
      "text": "a b", "position": 3, "target-token": " b", "against": "mean", "sources": true,
      "cut": ["L0H3", "path:direct"], "frozen": true, "top": 4})"));
  CHECK(*request.text == "a b");
  CHECK(*request.position == 3);
  CHECK(*request.target_token == " b");
  CHECK(*request.against == "mean");
  CHECK(request.sources);
  CHECK(request.frozen);
  CHECK(*request.top == 4);
  CHECK(request.cuts == std::vector<std::string>{"L0H3", "path:direct"});
  CHECK(*parse_request("paths", {{"target_token", "b"}}).target_token == "b");
  CHECK(*parse_request("paths", {{"against", 7}}).against == "7");
  CHECK(parse_request("paths", {{"cut", "L0H1"}}).cuts == std::vector<std::string>{"L0H1"});
  CHECK(*parse_request("attention", {{"head", "L1H4"}}).head == "L1H4");
  CHECK(*parse_request("tokens", {{"ids", {1, 2}}}).ids == std::vector<int>{1, 2});
}

TEST_CASE("Null is the same as not given") {
  const Request request = parse_request("paths", {{"position", nullptr}, {"cut", nullptr}});
  CHECK(!request.position);
  CHECK(request.cuts.empty());
  CHECK(!parse_request("paths", nullptr).text);
}

TEST_CASE("An option that the command does not have is refused by name") {
  CHECK_THROWS_WITH(parse_request("logits", {{"head", "L0H0"}}),
                    Contains("logits") && Contains("'head'") && Contains("top"));
  CHECK_THROWS_WITH(parse_request("paths", {{"positon", 1}}), Contains("'positon'"));
  CHECK_THROWS_WITH(parse_request("info", {{"text", "a"}}), Contains("'text'"));
  CHECK_THROWS_WITH(parse_request("path", Json::object()), Contains("'path'") && Contains("paths"));
}

TEST_CASE("A value of the wrong kind is refused by name, with what was expected and found") {
  const auto refused = [](const char* option, const Json& value, const char* expected) {
    CAPTURE(option);
    Json options = Json::object();
    options[option] = value;
    CHECK_THROWS_WITH(
        parse_request(std::string(option) == "head"   ? "attention"
                      : std::string(option) == "full" ? "logits"
                                                      : "paths",
                      options),
        Contains(option) && Contains(expected) && Contains(report::dump(value).substr(0, 80)));
  };
  refused("position", "last", "a whole number");
  refused("position", 1.5f, "a whole number");
  refused("position", true, "a whole number");
  const char* const range = "a whole number from -2147483648 to 2147483647";
  refused("position", 4294967296, range);
  refused("position", std::uint64_t(18446744073709551615u), range);
  refused("text", 5, "a string");
  refused("ids", "1,2", "a list of token ids");
  refused("cut", 3, "a string or a list of strings");
  refused("sources", 1, "true or false");
  refused("full", "yes", "true or false");
  refused("head", 14, "a string");
  CHECK_THROWS_WITH(parse_request("paths", {{"ids", {1, "x"}}}), Contains("ids"));
  CHECK_THROWS_WITH(parse_request("paths", Json("text")), Contains("object"));
}

TEST_CASE("Ids are decimal numbers between commas and nothing else") {
  CHECK(parse_ids("1,2,3") == std::vector<int>{1, 2, 3});
  CHECK(parse_ids(" 1 , 20 ") == std::vector<int>{1, 20});
  CHECK(parse_ids("2147483647") == std::vector<int>{2147483647});
  CHECK(parse_ids("").empty());
  CHECK(parse_ids("  ").empty());
  for (const char* wrong : {",", "1,", ",1", "1,,2", "1,x", "-1", "+1", "1.5", "0x1", "1e3", "1 2",
                            "2147483648", "99999999999999999999"})
    CHECK_THROWS_WITH(parse_ids(wrong), Contains("ids"));
}

TEST_CASE("Text and ids exclude each other, and one of them is needed") {
  const engine::LoadedModel loaded = report::random_loaded(1, Shape());
  Request both = of_ids({1});
  both.text = "1";
  CHECK_THROWS_AS(analyse(loaded, "tokens", both), Error);
  CHECK_THROWS_WITH(analyse(loaded, "tokens", {}), Contains("no text"));
  CHECK_THROWS_WITH(analyse(loaded, "tokens", of_ids({30})), Contains("30") && Contains("29"));
  CHECK_THROWS_WITH(analyse(loaded, "tokens", of_ids({-1})), Contains("-1"));
}

TEST_CASE("An empty text has empty lists, and no paths") {
  for (const Shape& shape : engine::odd_shapes()) {
    CAPTURE(describe(shape));
    const engine::LoadedModel loaded = report::random_loaded(1, shape);
    CHECK(analyse(loaded, "tokens", of_ids({})) == Json({{"tokens", Json::array()}}));
    CHECK(analyse(loaded, "logits", of_ids({}))["positions"] == Json::array());
    const Json attention = analyse(loaded, "attention", of_ids({}));
    for (const Json& head : attention["heads"]) CHECK(head["pattern"] == Json::array());
    CHECK_THROWS_WITH(analyse(loaded, "paths", of_ids({})), Contains("empty"));
  }
}

TEST_CASE("More tokens than n_ctx are refused with both numbers, but can be listed") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(1, shape);
  const Request request = of_ids(engine::random_tokens(1, shape, shape.n_ctx + 1));
  CHECK(analyse(loaded, "tokens", request)["tokens"].size() == 13);
  for (const char* command : {"logits", "attention", "paths"})
    CHECK_THROWS_WITH(analyse(loaded, command, request), Contains("12") && Contains("13"));
}

TEST_CASE("The default reading is the top token's at the last position, of the run with its cuts") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(2, shape);
  Request request = of_ids(engine::random_tokens(3, shape, 7));
  for (const char* cut : {"", "L1*", "path:direct"}) {
    request.cuts.clear();
    if (*cut) request.cuts = {cut};
    const engine::Vector logits =
        engine::logits_at(loaded.model, report::stream_of(loaded, request), 6);
    const Json json = analyse(loaded, "paths", request);
    CHECK(json["position"] == 6);
    CHECK(json["target"]["id"] == engine::top_token(logits));
    CHECK(json["logit"].get<float>() == logits.maxCoeff());
  }
}

TEST_CASE("Frozen cuts leave the patterns of the run without cuts") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(2, shape);
  Request request = of_ids(engine::random_tokens(3, shape, 7));
  const Json before = analyse(loaded, "attention", request);
  request.cuts = {"L0*"};
  const Json anew = analyse(loaded, "attention", request);
  request.frozen = true;
  CHECK(analyse(loaded, "attention", request) == before);
  CHECK(anew != before);
}

TEST_CASE("Against a token and against the mean are differences of logits") {
  const Shape shape;
  const engine::LoadedModel loaded = report::random_loaded(2, shape);
  Request request = of_ids(engine::random_tokens(3, shape, 7));
  request.position = 3;
  request.target = 8;
  const engine::Vector logits =
      engine::logits_at(loaded.model, report::stream_of(loaded, request), 3);
  request.against = "11";
  CHECK(analyse(loaded, "paths", request)["logit"].get<float>() == logits[8] - logits[11]);
  request.against = "mean";
  const double mean = logits.cast<double>().mean();
  CHECK(analyse(loaded, "paths", request)["logit"].get<float>() == float(double(logits[8]) - mean));
  for (const char* wrong : {"30", "-1", "median", "", "1.5"}) {
    request.against = wrong;
    CHECK_THROWS_WITH(analyse(loaded, "paths", request), Contains("against"));
  }
}

TEST_CASE("Positions, targets, heads and counts outside of their range are named") {
  const engine::LoadedModel loaded = report::random_loaded(2, Shape());
  const auto refused = [&](const char* command, Json options, const char* found,
                           const char* expected) {
    options["ids"] = {1, 2, 3};
    CHECK_THROWS_WITH(analyse(loaded, command, parse_request(command, options)),
                      Contains(found) && Contains(expected));
  };
  refused("paths", {{"position", 3}}, "3", "0 to 2");
  refused("paths", {{"position", -1}}, "-1", "0 to 2");
  refused("paths", {{"target", 30}}, "30", "29");
  refused("paths", {{"target_token", "#1"}, {"target", 1}}, "target-token", "one of the two");
  refused("attention", {{"head", "L2H0"}}, "L2H0", "");
  refused("logits", {{"top", 0}}, "top", "0");
}
