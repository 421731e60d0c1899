#include "engine/json.h"

#include <catch2/catch.hpp>

#include "engine/error.h"

using Catch::Matchers::Contains;
using engine::Error;
using engine::parse_json;

TEST_CASE("JSON is read with its values") {
  const engine::Json json = parse_json("\xef\xbb\xbf {\"a\": [1, -2.5, null], \"b\": {}} \n", "f");
  CHECK(json["a"][1] == -2.5);
  CHECK(json["b"].is_object());
}

TEST_CASE("what is no JSON is refused with the file's name and the place") {
  for (const char* text : {"", "{", "{\"a\": 1,}", "{'a': 1}", "{} {}", "{\"a\": nan}", "[1e999]",
                           "{\"a\": \"\xff\"}", "{\"a\": \"\n\"}", "nul", "{\"a\": 01}"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parse_json(text, "config.json"), Contains("config.json is not JSON"));
  }
}

TEST_CASE("a NUL does not end the text") {
  const std::string text("{}\0", 3);
  CHECK_THROWS_WITH(parse_json(text, "config.json"), Contains("not JSON") && Contains("NUL"));
}

TEST_CASE("a key that stands twice in an object is refused") {
  CHECK_THROWS_WITH(parse_json("{\"a\": {\"b\": 1, \"c\": {}, \"b\": 2}}", "config.json"),
                    Contains("config.json") && Contains("\"b\" twice"));
  CHECK_THROWS_AS(parse_json("{\"a\": 1, \"\\u0061\": 2}", "f"), Error);
  CHECK_NOTHROW(parse_json("{\"a\": {\"a\": 1}, \"b\": [{\"a\": 1}, {\"a\": 2}]}", "f"));
}

TEST_CASE("nesting is read down to the depth asked for and no deeper") {
  CHECK_NOTHROW(parse_json("[[{}]]", "f", 3));
  CHECK_THROWS_WITH(parse_json("[[{\"a\": []}]]", "f", 3), Contains("deeper than 3"));
  CHECK_THROWS_WITH(parse_json(std::string(1'000'000, '['), "f"), Contains("deeper"));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK_THROWS_WITH(parse_json(objects, "f"), Contains("deeper"));
}

TEST_CASE("names from files are shown on one line, escaped and not at length") {
  CHECK(engine::quote("embed.W_E") == "\"embed.W_E\"");
  CHECK(engine::quote("a\nb\x1b[31m") == "\"a\\nb\\u001b[31m\"");
  CHECK_NOTHROW(engine::quote("\xff\xfe"));
  CHECK(engine::quote(std::string(10'000, 'x')).size() < 200);
}
