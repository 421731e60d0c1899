// What a tokenizer.json is refused for, and what makes the model fall back on ids: each with its
// words.
#include "engine/tokenizer.h"

#include <catch2/catch.hpp>
#include <tuple>

#include "engine/error.h"
#include "small_tokenizer.h"

using Catch::Matchers::Contains;
using engine::Error;
using engine::Tokenizer;
using small_tokenizer::added;
using small_tokenizer::file;
using small_tokenizer::Json;
using small_tokenizer::of;
using Ids = std::vector<int>;

namespace {

void check_refused(const Json& json, const std::string& words) {
  CAPTURE(words);
  CHECK_THROWS_AS(of(json), Error);
  CHECK_THROWS_WITH(of(json), Contains(words));
}

// A tokenizer of ids whose one notice has these words.
void check_not_done(const Json& json, const std::string& words) {
  CAPTURE(words);
  const Tokenizer tokenizer = of(json);
  CHECK(tokenizer.kind() == Tokenizer::Kind::ids);
  CHECK(tokenizer.size() == 0);
  REQUIRE(tokenizer.notices().size() == 1);
  CHECK_THAT(tokenizer.notices()[0], Contains(words) && Contains("read as token ids"));
  CHECK(tokenizer.encode("1 22") == Ids{1, 22});
}

}  // namespace

TEST_CASE("components that are not done give a tokenizer of ids, and are named") {
  const auto changed = [](const char* key, const Json& value) {
    Json json = file();
    json[key] = value;
    return json;
  };
  const auto model = [](const char* key, const Json& value) {
    Json json = file();
    json["model"][key] = value;
    return json;
  };
  check_not_done(changed("normalizer", {{"type", "NFKC"}}), "normalizer NFKC");
  check_not_done(
      changed("normalizer", {{"type", "Sequence"},
                             {"normalizers", {{{"type", "NFC"}}, {{"type", "Lowercase"}}}}}),
      "normalizer Lowercase");
  check_not_done(changed("pre_tokenizer", nullptr), "pre_tokenizer without ByteLevel");
  check_not_done(changed("pre_tokenizer", {{"type", "Whitespace"}}), "pre_tokenizer Whitespace");
  check_not_done(changed("pre_tokenizer", {{"type", "Digits"}, {"individual_digits", true}}),
                 "without ByteLevel");
  check_not_done(
      changed("pre_tokenizer",
              {{"type", "Sequence"},
               {"pretokenizers", {small_tokenizer::byte_level(), small_tokenizer::byte_level()}}}),
      "ByteLevel more than once");
  check_not_done(changed("pre_tokenizer", {{"type", "Split"},
                                           {"pattern", {{"Regex", R"(\b\w+\b)"}}},
                                           {"behavior", "Isolated"},
                                           {"invert", false}}),
                 R"(Split with the pattern "\\b\\w+\\b" (\b))");
  check_not_done(changed("pre_tokenizer", {{"type", "Split"},
                                           {"pattern", {{"String", ""}}},
                                           {"behavior", "Isolated"},
                                           {"invert", false}}),
                 "an empty pattern");
  check_not_done(changed("model", {{"type", "WordPiece"}}), "model WordPiece");
  check_not_done(model("dropout", 0.1), "dropout 0.1");
  check_not_done(model("continuing_subword_prefix", "##"), "continuing_subword_prefix \"##\"");
  check_not_done(model("end_of_word_suffix", "</w>"), "end_of_word_suffix \"</w>\"");
  Json json = file();
  json["model"]["vocab"].erase("a");
  check_not_done(json, "lacks 1 of 256 bytes");
  // The Rust tokenizers give the token the number of tokens as its id, which here is another's.
  json = file();
  json["model"]["vocab"]["a"] = 256;
  json["added_tokens"] = Json::array({added(97, "<|x|>")});
  check_not_done(
      json,
      "\"<|x|>\", with id 97 in the file, which Hugging Face's tokenizers make 256, is not done");
}

TEST_CASE("a file that contradicts itself is refused: which, expected, found") {
  Json json = file({{"a", "b"}});
  json["model"]["vocab"]["zz"] = 3;
  check_refused(json, "expected each id once, found 3");

  json = file();
  json["model"]["merges"] = Json::array({"a b"});
  check_refused(json, "merge 0 joins \"a\" and \"b\"; expected a token \"ab\"");
  json["model"]["merges"] = Json::array({Json::array({"a", "\u4e2d"})});
  check_refused(json, "expected a token \"\u4e2d\"");

  json = file();
  json["added_tokens"] = Json::array({added(97, "b")});
  check_refused(json, "added token \"b\": expected id 98 as in model.vocab, found 97");
  json["added_tokens"] = Json::array({added(97, "<x>")});
  check_refused(json, "expected an id of its own, found 97");
  json["added_tokens"] = {added(256, "<x>"), added(257, "<x>")};
  check_refused(json, "\"<x>\" twice");
  json["added_tokens"] = {added(256, "<x>"), added(256, "<y>")};
  check_refused(json, "expected an id of its own, found 256");
  json["normalizer"] = {{"type", "NFC"}};
  json["added_tokens"] = {added(256, "\u1e9b"), added(257, "\u017f\u0307")};
  json["added_tokens"][0]["normalized"] = json["added_tokens"][1]["normalized"] = true;
  check_refused(json, "in NFC");
}

TEST_CASE("a file that is malformed is refused: which, expected, found") {
  CHECK_THROWS_WITH(Tokenizer::from_json(""), Contains("tokenizer.json"));
  CHECK_THROWS_WITH(Tokenizer::from_json("{"), Contains("tokenizer.json is not JSON"));
  CHECK_THROWS_WITH(Tokenizer::from_json("[]"), Contains("expected an object, found []"));
  CHECK_THROWS_WITH(Tokenizer::from_json("{}"), Contains("expected the key \"model\""));
  CHECK_THROWS_WITH(Tokenizer::from_json(R"({"model": 1, "model": 2})"),
                    Contains("\"model\" twice"));

  const std::tuple<const char*, Json, const char*> cases[] = {
      {"/version", "2.0", "version: expected \"1.0\", found \"2.0\""},
      {"/model/type", 3, "model.type: expected a string, found 3"},
      {"/model/vocab", Json::array(), "model.vocab: expected an object, found []"},
      {"/model/vocab/a", "97",
       "model.vocab \"a\": expected an id from 0 to 16777215, found \"97\""},
      {"/model/vocab/a", -1, "expected an id from 0 to 16777215, found -1"},
      {"/model/vocab/a", 1.5, "expected an id from 0 to 16777215, found 1.5"},
      {"/model/vocab/a", 99999999999, "expected an id from 0 to 16777215, found 99999999999"},
      {"/model/merges", nullptr, "model.merges: expected a list, found null"},
      {"/model/merges", Json::array({"ab"}),
       "model.merges: expected \"a b\" or [\"a\", \"b\"], found \"ab\""},
      {"/model/merges", Json::array({"a b c"}), "found \"a b c\""},
      {"/model/merges", Json::array({Json::array({"a", 1})}), "found [\"a\",1]"},
      {"/model/dropout", 2, "model.dropout: expected 0 to 1, found 2"},
      {"/model/dropout", "x", "model.dropout: expected 0 to 1, found \"x\""},
      {"/model/end_of_word_suffix", 1, "model.end_of_word_suffix: expected a string, found 1"},
      {"/model/ignore_merges", 1, "model.ignore_merges: expected true or false, found 1"},
      {"/added_tokens", 1, "added_tokens: expected a list, found 1"},
      {"/added_tokens", Json::array({1}), "added_tokens: expected an object, found 1"},
      {"/normalizer", "NFC", "normalizer: expected an object, found \"NFC\""},
      {"/normalizer", {{"type", "Sequence"}}, "normalizer: expected the key \"normalizers\""},
      {"/pre_tokenizer/type", nullptr, "pre_tokenizer.type: expected a string, found null"},
      {"/pre_tokenizer/use_regex", 1, "pre_tokenizer.use_regex: expected true or false, found 1"},
      {"/pre_tokenizer", {{"type", "ByteLevel"}}, "expected the key \"add_prefix_space\""},
      {"/pre_tokenizer", {{"type", "Digits"}}, "expected the key \"individual_digits\""},
      {"/pre_tokenizer", {{"type", "Split"}, {"pattern", "x"}}, "pre_tokenizer.pattern: expected"},
      {"/pre_tokenizer",
       {{"type", "Split"}, {"pattern", {{"String", "x"}}}, {"invert", false}, {"behavior", "Cut"}},
       "pre_tokenizer.behavior: expected Isolated"},
      {"/post_processor", {{"type", "TemplateProcessing"}}, "expected the key \"single\""},
      {"/post_processor",
       {{"type", "TemplateProcessing"},
        {"single", Json::array({{{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}}})},
        {"special_tokens", Json::object()}},
       "post_processor.special_tokens: expected the key \"<s>\""},
      {"/post_processor",
       {{"type", "RobertaProcessing"}, {"cls", Json::array({"<s>", -1})}},
       "post_processor.cls: expected an id"}};
  for (const auto& [pointer, value, words] : cases) {
    CAPTURE(pointer);
    Json json = file();
    json[Json::json_pointer(pointer)] = value;
    check_refused(json, words);
  }
  for (const char* key : {"id", "content", "single_word", "lstrip", "rstrip", "normalized"}) {
    Json json = file();
    json["added_tokens"] = Json::array({added(256, "<x>")});
    json["added_tokens"][0].erase(key);
    check_refused(json, std::string("expected the key \"") + key + "\"");
  }
}
