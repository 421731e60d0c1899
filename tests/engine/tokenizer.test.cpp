// Laws, then what each key of a tokenizer.json does, then every refusal and notice. That ids are
// those of Hugging Face's Rust tokenizers is for tokenizer_goldens.test.cpp.
#include "engine/tokenizer.h"

#include <catch2/catch.hpp>

#include "engine/random.h"
#include "files.h"
#include "small_tokenizer.h"

using Catch::Matchers::Contains;
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
