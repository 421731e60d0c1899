// Laws, then what each key of a tokenizer.json does, then every refusal and notice. That ids are
// those of Hugging Face's Rust tokenizers is for tokenizer_goldens.test.cpp.
#include "engine/tokenizer.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "engine/error.h"
#include "engine/random.h"
#include "files.h"
#include "small_tokenizer.h"

using Catch::Matchers::Contains;
using engine::Error;
using engine::Random;
using engine::Tokenizer;
using small_tokenizer::added;
using small_tokenizer::file;
using small_tokenizer::Json;
using small_tokenizer::of;
using Ids = std::vector<int>;

namespace {

const Tokenizer& shipped() {
  static const Tokenizer tokenizer =
      Tokenizer::from_json(read_file("models/two-layer/tokenizer.json"));
  return tokenizer;
}

// Well-formed text: code points of all planes, the lower ones more often, and blanks.
std::string random_text(Random& random, int most) {
  const char32_t below[] = {0x80, 0x80, 0x300, 0x3000, 0x10000, 0x110000};
  std::string text;
  for (int n = random.below(most); n > 0; --n) {
    char32_t c = char32_t(random.below(int(below[random.below(6)])));
    if (random.below(4) == 0) c = U" \n\t\u0085\u00a0\u3000\ufeff\u2028"[random.below(8)];
    if (c < 0xD800 || c > 0xDFFF) engine::append_utf8(text, c);
  }
  return text;
}

std::string bytes_of(const Tokenizer& tokenizer, const Ids& ids) {
  std::string bytes;
  for (const int id : ids) bytes += tokenizer.bytes(id);
  return bytes;
}

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

void check_notice(const Json& json, const std::string& words) {
  CAPTURE(words);
  const Tokenizer tokenizer = of(json);
  CHECK(tokenizer.kind() == Tokenizer::Kind::bpe);
  REQUIRE(tokenizer.notices().size() == 1);
  CHECK_THAT(tokenizer.notices()[0], Contains(words));
}

}  // namespace

TEST_CASE("any well-formed text comes back byte for byte") {
  Json with_tokens = file({{"Ġ", "t"}, {"Ġt", "h"}});
  with_tokens["added_tokens"] = {added(258, "<|x|>"), added(259, "\u4e2d"), added(260, "  ")};
  with_tokens["pre_tokenizer"] = {
      {"type", "Sequence"},
      {"pretokenizers",
       {{{"type", "Digits"}, {"individual_digits", true}}, small_tokenizer::byte_level()}}};
  const Tokenizer tokenizers[] = {shipped(), of(with_tokens)};
  Random random(1);
  for (const Tokenizer& tokenizer : tokenizers) {
    CHECK_FALSE(tokenizer.normalises());
    for (int i = 0; i < 3000; ++i) {
      const std::string text = random_text(random, 40);
      const Ids ids = tokenizer.encode(text);
      REQUIRE(bytes_of(tokenizer, ids) == text);
      REQUIRE(tokenizer.decode(ids) == text);
    }
  }
}

TEST_CASE("text that is not well-formed is read as its well-formed version") {
  Random random(2);
  for (int i = 0; i < 3000; ++i) {
    std::string bytes;
    for (int n = random.below(30); n > 0; --n) bytes += char(random.below(256));
    REQUIRE(shipped().encode(bytes) == shipped().encode(engine::well_formed(bytes)));
    REQUIRE(shipped().decode(shipped().encode(bytes)) == engine::well_formed(bytes));
  }
  CHECK(shipped().encode("").empty());
}

TEST_CASE("every token of the shipped tokenizer is found by its bytes") {
  REQUIRE(shipped().kind() == Tokenizer::Kind::bpe);
  CHECK(shipped().size() == 4096);
  CHECK(shipped().notices().empty());
  CHECK_FALSE(shipped().bos());
  for (int id = 0; id < shipped().size(); ++id) REQUIRE(shipped().find(shipped().bytes(id)) == id);
  CHECK(shipped().find("<|endoftext|>") == 0);
  CHECK_FALSE(shipped().find("no such token"));
  CHECK_FALSE(shipped().find(""));
  CHECK(shipped().bytes(4096) == "#4096");
  CHECK(shipped().bytes(-1) == "#-1");
}

TEST_CASE("a text of a megabyte takes time in proportion") {
  const std::size_t n = 1 << 20;  // quadratic: hours
  CHECK(shipped().decode(shipped().encode(std::string(n, 'a'))).size() == n);
  CHECK(shipped().decode(shipped().encode(std::string(n, ' '))).size() == n);
  CHECK(shipped().decode(shipped().encode(std::string(n, '\n') + "x")).size() == n + 1);
}

TEST_CASE("merges go by rank, not from left to right, in both spellings") {
  Json json = file({{"b", "c"}, {"a", "b"}, {"bc", "d"}, {"a", "a"}});
  const std::pair<const char*, Ids> cases[] = {{"abc", {97, 256}}, {"abd", {257, 100}},
                                               {"bcd", {258}},     {"abcd", {97, 258}},
                                               {"aaa", {259, 97}}, {"aaab", {259, 257}}};
  for (const auto& [text, ids] : cases) CHECK(of(json).encode(text) == ids);
  Json pairs = Json::array();
  for (const Json& merge : json["model"]["merges"]) {
    const std::string line = merge.get<std::string>();
    const auto space = line.find(' ');
    pairs.push_back({line.substr(0, space), line.substr(space + 1)});
  }
  json["model"]["merges"] = pairs;
  for (const auto& [text, ids] : cases) CHECK(of(json).encode(text) == ids);
}

TEST_CASE("a token may be part of a character") {
  const Tokenizer tokenizer = of(file());
  const Ids ids = tokenizer.encode("\U0001F917");
  CHECK(ids == Ids{0xF0, 0x9F, 0xA4, 0x97});
  CHECK(tokenizer.bytes(0xF0) == "\xF0");
  CHECK(tokenizer.decode({0xA4}) == "\xA4");
}

TEST_CASE("added tokens come first, the longest at each place, as text") {
  Json json = file({{"f", "o"}});
  json["added_tokens"] = {added(257, "foo"), added(258, "foobar"), added(259, "\u0120G")};
  const Tokenizer tokenizer = of(json);
  CHECK(tokenizer.encode("foobar") == Ids{258});
  CHECK(tokenizer.encode("fofooba") == Ids{256, 257, 'b', 'a'});
  CHECK(tokenizer.encode("x\u0120G") == Ids{'x', 259});
  CHECK(tokenizer.encode(" G") == Ids{' ', 'G'});
  CHECK(tokenizer.bytes(259) == "\u0120G");  // not " G", as the byte alphabet would have it
  CHECK(tokenizer.find("foo") == 257);
}

TEST_CASE("an added token that the vocabulary has keeps its id there") {
  Json json = file();
  json["added_tokens"] = {added('!', "!"), added(256, "<|x|>")};
  CHECK(of(json).encode("!<|x|>") == Ids{'!', 256});
}

TEST_CASE("an added token that shares its id with other bytes leaves them what they are") {
  Json json = file();
  json["added_tokens"] = Json::array({added(0xE9, "\u00e9")});  // in the alphabet: byte E9
  const Tokenizer tokenizer = of(json);
  CHECK(tokenizer.encode("\u00e9") == Ids{0xE9});
  CHECK(tokenizer.encode("\u9000") == Ids{0xE9, 0x80, 0x80});
  CHECK(tokenizer.decode({0xE9, 0x80, 0x80}) == "\u9000");
  CHECK(tokenizer.normalises());
  REQUIRE(tokenizer.notices().size() == 1);
  CHECK_THAT(tokenizer.notices()[0], Contains("shares its id"));
}

TEST_CASE("single_word, lstrip, rstrip and normalized do what their names say") {
  Json json = file();
  json["normalizer"] = {{"type", "NFC"}};
  json["added_tokens"] = {added(256, "word"), added(257, "<l>"), added(258, "<r>"),
                          added(259, "e\u0301"), added(260, "o\u0301")};
  json["added_tokens"][0]["single_word"] = true;
  json["added_tokens"][1]["lstrip"] = true;
  json["added_tokens"][2]["rstrip"] = true;
  json["added_tokens"][3]["normalized"] = true;
  const Tokenizer tokenizer = of(json);
  CHECK(tokenizer.encode("word.") == Ids{256, '.'});
  CHECK(tokenizer.encode("words") == Ids{'w', 'o', 'r', 'd', 's'});
  CHECK(tokenizer.encode("_word") == Ids{'_', 'w', 'o', 'r', 'd'});
  CHECK(tokenizer.encode("a \u3000<l> b") == Ids{'a', 257, ' ', 'b'});
  CHECK(tokenizer.encode("a <r> \u0085b") == Ids{'a', ' ', 258, 'b'});
  CHECK(tokenizer.encode("\u00e9") == Ids{259});  // its normal form, in the normal form of the text
  CHECK(tokenizer.encode("e\u0301") == Ids{259});
  CHECK(tokenizer.bytes(259) == "\u00e9");
  CHECK(tokenizer.encode("o\u0301") == Ids{260});  // as it stands, in the text as it stands
  CHECK(tokenizer.encode("\u00f3") == Ids{0xC3, 0xB3});
  CHECK(tokenizer.normalises());
  CHECK(tokenizer.notices().size() == 3);  // NFC, and two tokens that swallow blanks
}

TEST_CASE("ids without a token are shown as ids") {
  Json json = file();
  json["model"]["vocab"]["zz"] = 300;
  const Tokenizer tokenizer = of(json);
  CHECK(tokenizer.size() == 301);
  CHECK(tokenizer.bytes(300) == "zz");
  CHECK(tokenizer.bytes(299) == "#299");
  CHECK(tokenizer.decode({'a', 299}) == "a#299");
  CHECK_FALSE(tokenizer.find("#299"));
}

TEST_CASE("the post-processor says which token starts a text, and puts nothing in front") {
  const Json piece = {{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}};
  const Json sequence = {{"Sequence", {{"id", "A"}, {"type_id", 0}}}};
  const Json tokens = {
      {"<s>", {{"id", "<s>"}, {"ids", Json::array({256})}, {"tokens", Json::array({"<s>"})}}}};
  const Json templated = {{"type", "TemplateProcessing"},
                          {"single", {piece, sequence}},
                          {"pair", Json::array()},
                          {"special_tokens", tokens}};
  Json json = file();
  json["added_tokens"] = Json::array({added(256, "<s>")});
  json["post_processor"] = templated;
  CHECK(of(json).bos() == 256);
  CHECK(of(json).encode("a") == Ids{'a'});

  json["post_processor"]["single"] = {sequence, piece};
  CHECK_FALSE(of(json).bos());
  json["post_processor"] = {{"type", "Sequence"},
                            {"processors", {small_tokenizer::byte_level(), templated}}};
  CHECK(of(json).bos() == 256);
  json["post_processor"] = {
      {"type", "RobertaProcessing"}, {"sep", {"</s>", 2}}, {"cls", {"<s>", 256}}};
  CHECK(of(json).bos() == 256);
  json["post_processor"] = small_tokenizer::byte_level();
  CHECK_FALSE(of(json).bos());

  json["post_processor"] = templated;
  json["post_processor"]["special_tokens"] = Json::object();
  check_refused(json, "expected the key \"<s>\"");
  json["post_processor"] = {{"type", "RobertaProcessing"}, {"cls", {"<s>", -1}}};
  check_refused(json, "post_processor.cls: expected an id");
}

TEST_CASE("an added token that is out of the order of ids gets the id of the Rust tokenizers") {
  Json json = file();
  json["added_tokens"] = {added(300, "<|x|>"), added(257, "<|y|>")};
  const Tokenizer tokenizer = of(json);
  CHECK(tokenizer.encode("<|x|><|y|>") == Ids{256, 257});
  CHECK(tokenizer.size() == 258);
  REQUIRE(tokenizer.notices().size() == 1);
  CHECK_THAT(tokenizer.notices()[0],
             Contains("\"<|x|>\", with id 300 in the file") && Contains("256"));
}

TEST_CASE("what changes the text is said") {
  Json json = file();
  json["normalizer"] = {{"type", "Sequence"}, {"normalizers", Json::array({{{"type", "NFC"}}})}};
  check_notice(json, "NFC");
  CHECK(of(json).normalises());
  CHECK(of(json).encode("e\u0301") == Ids{0xC3, 0xA9});

  json = file();
  json["pre_tokenizer"]["add_prefix_space"] = true;
  check_notice(json, "a space in front");
  CHECK(of(json).normalises());
  CHECK(of(json).encode("a") == Ids{' ', 'a'});
  CHECK(of(json).encode(" a") == Ids{' ', 'a'});

  json = file();
  json["pre_tokenizer"] = {{"type", "Sequence"},
                           {"pretokenizers",
                            {{{"type", "Split"},
                              {"pattern", {{"String", "-"}}},
                              {"behavior", "Removed"},
                              {"invert", false}},
                             small_tokenizer::byte_level()}}};
  check_notice(json, "leaves out");
  CHECK(of(json).encode("a-b") == Ids{'a', 'b'});

  json = file();
  json["truncation"] = {{"max_length", 1}};
  check_notice(json, "truncation");
  CHECK(of(json).encode("ab") == Ids{'a', 'b'});
}

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
      {"/post_processor", {{"type", "TemplateProcessing"}}, "expected the key \"single\""}};
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

TEST_CASE("a model of symbols reads a text one symbol at a time") {
  const std::vector<std::string> symbols = {
      "a", "b", "e\u0301", "\r", "\n", "\U0001F469", "\U0001F469\u200D\U0001F467", "\u4e2d", "\0"};
  const Tokenizer tokenizer = Tokenizer::from_symbols({symbols.begin(), symbols.begin() + 8});
  CHECK(tokenizer.kind() == Tokenizer::Kind::symbols);
  CHECK(tokenizer.size() == 8);
  CHECK(tokenizer.encode("ab\u4e2de\u0301a") == Ids{0, 1, 7, 2, 0});
  CHECK(tokenizer.encode("\r\n") == Ids{3, 4});  // one grapheme of two symbols
  CHECK(tokenizer.encode("\U0001F469\u200D\U0001F467\U0001F469") == Ids{6, 5});
  CHECK(tokenizer.encode("").empty());
  CHECK(tokenizer.bytes(2) == "e\u0301");
  CHECK(tokenizer.find("\u4e2d") == 7);
  CHECK_FALSE(tokenizer.normalises());

  Random random(3);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (int k = 0; k < 10; ++k) text += symbols[random.below(8)];
    const Ids ids = tokenizer.encode(text);
    REQUIRE(tokenizer.decode(ids) == text);
  }
}

TEST_CASE("an unknown symbol is named, with its place") {
  const Tokenizer tokenizer = Tokenizer::from_symbols({"a", "b", "e"});
  CHECK_THROWS_AS(tokenizer.encode("abc"), Error);
  CHECK_THROWS_WITH(tokenizer.encode("abc"),
                    "position 2: expected one of the model's 3 symbols, found \"c\" (U+0063)");
  CHECK_THROWS_WITH(tokenizer.encode("abe\u0301"), Contains("\"e\u0301\" (U+0065 U+0301)"));
  CHECK_THROWS_WITH(tokenizer.encode("a\n"), Contains("position 1") && Contains("found U+000A"));
  CHECK_THROWS_WITH(tokenizer.encode("a\xFF"), Contains("U+FFFD"));
  std::string marks = "x";
  for (int i = 0; i < 100000; ++i) marks += "\u0301";
  CHECK_THROWS_WITH(tokenizer.encode(marks), Contains("position 0"));
}

TEST_CASE("symbols are single characters, each once") {
  CHECK_THROWS_WITH(Tokenizer::from_symbols({"a", "bc"}), Contains("found \"bc\" at 1"));
  CHECK_THROWS_WITH(Tokenizer::from_symbols({"a", ""}), Contains("found \"\" at 1"));
  CHECK_THROWS_WITH(Tokenizer::from_symbols({"a", "b", "a"}), Contains("found \"a\" again at 2"));
  CHECK_THROWS_AS(Tokenizer::from_symbols({"\xFF"}), Error);
}

TEST_CASE("ids are decimal numbers between blanks or commas") {
  const Tokenizer tokenizer = Tokenizer::of_ids(100);
  CHECK(tokenizer.kind() == Tokenizer::Kind::ids);
  CHECK(tokenizer.size() == 0);
  CHECK(tokenizer.encode("").empty());
  CHECK(tokenizer.encode(" \n").empty());
  CHECK(tokenizer.encode("1,22, 3 ,\t4\n99 007") == Ids{1, 22, 3, 4, 99, 7});
  CHECK(tokenizer.decode({17, 4}) == "#17 #4");
  CHECK(tokenizer.bytes(17) == "#17");
  CHECK_FALSE(tokenizer.find("17"));
  Ids all(100);
  std::iota(all.begin(), all.end(), 0);
  CHECK(tokenizer.encode(tokenizer.decode(all)) == all);
}

TEST_CASE("what is no list of ids is refused, naming the place") {
  const Tokenizer tokenizer = Tokenizer::of_ids(100);
  const std::pair<const char*, const char*> cases[] = {
      {"1 x", "position 1: expected a token id (a decimal number), found \"x\""},
      {"1,,2", "position 1: expected a token id beside the comma, found none"},
      {",1", "position 0: expected a token id beside the comma"},
      {"1,", "position 1: expected a token id beside the comma"},
      {"1 , , 2", "position 1: expected a token id beside the comma"},
      {"-1", "position 0: expected a token id (a decimal number), found \"-1\""},
      {"+1", "found \"+1\""},
      {"1.5", "found \"1.5\""},
      {"0x1", "found \"0x1\""},
      {"12a", "found \"12a\""},
      {"#", "found \"#\""},
      {"##1", "found \"##1\""},
      {"\u0663", "expected a token id (a decimal number)"},
      {"\xFF", "expected a token id (a decimal number)"},
      {"1;2", "found \"1;2\""},
      {"100", "position 0: expected a token id from 0 to 99, found \"100\""},
      {"5 4294967297", "position 1: expected a token id from 0 to 99, found \"4294967297\""},
      {"99999999999999999999999", "expected a token id from 0 to 99"}};
  for (const auto& [text, words] : cases) {
    CAPTURE(text);
    CHECK_THROWS_AS(tokenizer.encode(text), Error);
    CHECK_THROWS_WITH(tokenizer.encode(text), Contains(words));
  }
}
