// tokenizer.json files with random damage: each is read, or refused with an Error; never worse.
#include <catch2/catch.hpp>

#include "engine/error.h"
#include "engine/random.h"
#include "files.h"
#include "small_tokenizer.h"

using engine::Random;
using engine::Tokenizer;
using small_tokenizer::Json;

namespace {

const std::string text = "The  caf\u00e9 <mask> foo123 \U0001F469\u200D\U0001F467'll\n\t\u0085x";

// Whether the file was read; then it must also encode and decode.
bool survives(const std::string& file) {
  try {
    const Tokenizer tokenizer = Tokenizer::from_json(file);
    if (tokenizer.kind() == Tokenizer::Kind::ids) {
      REQUIRE_FALSE(tokenizer.notices().empty());
      return true;
    }
    const std::vector<int> ids = tokenizer.encode(text);
    for (const int id : ids) REQUIRE((id >= 0 && id < tokenizer.size()));
    if (!tokenizer.normalises()) REQUIRE(tokenizer.decode(ids) == text);
    return true;
  } catch (const engine::Error& error) {
    REQUIRE(std::string(error.what()).size() > 10);
    return false;
  }
}

// Every value of a document, by its address in it.
void collect(Json& value, std::vector<Json*>& all) {
  all.push_back(&value);
  if (value.is_structured())
    for (Json& part : value) collect(part, all);
}

Json random_value(Random& random) {
  const Json values[] = {nullptr,
                         true,
                         false,
                         0,
                         97,
                         -1,
                         1.5,
                         1e300,
                         4294967296,
                         "",
                         "a",
                         "a b",
                         "\u0120",
                         "Split",
                         "NFC",
                         "ByteLevel",
                         "Sequence",
                         Json::array(),
                         Json::object(),
                         Json::array({"a", "b"}),
                         {{"type", "Digits"}}};
  return values[random.below(21)];
}

const char* const goldens[] = {"flags", "neox-digits", "split-by-llama", "split-removed-inverted",
                               "prefix-space"};

Json golden_tokenizer(const char* name) {
  return Json::parse(read_file(std::string("tests/goldens/tokenizer/") + name + ".json"))
      .at("tokenizer");
}

}  // namespace

TEST_CASE("a tokenizer.json with values changed, moved or missing is read or refused") {
  Random random(1);
  int read = 0, refused = 0;
  for (const char* name : goldens) {
    Json whole = golden_tokenizer(name);
    REQUIRE(survives(whole.dump()));
    // The vocabulary outweighs the rest a hundredfold: keep the damage to what stands around it.
    for (int i = 0; i < 60; ++i) {
      Json json = whole;
      std::vector<Json*> all;
      for (auto& [key, value] : json.items())
        if (key != "model") collect(value, all);
      for (auto& [key, value] : json["model"].items()) {
        all.push_back(&value);
        if (value.is_structured() && !value.empty())
          all.push_back(&*std::next(value.begin(), random.below(int(value.size()))));
      }
      Json& victim = *all[std::size_t(random.below(int(all.size())))];
      const int kind = random.below(3);
      if (kind == 0)
        victim = random_value(random);
      else if (kind == 1 && victim.is_object() && !victim.empty())
        victim.erase(std::next(victim.begin(), random.below(int(victim.size()))));
      else
        victim = Json(*all[std::size_t(random.below(int(all.size())))]);
      CAPTURE(name, i);
      (survives(json.dump()) ? read : refused)++;
    }
  }
  CHECK(read > 20);
  CHECK(refused > 20);
}

TEST_CASE("a tokenizer.json with bytes changed, cut or doubled is read or refused") {
  Random random(2);
  int refused = 0;
  for (const char* name : goldens) {
    const std::string whole = golden_tokenizer(name).dump();
    for (int i = 0; i < 60; ++i) {
      std::string bytes = whole;
      const auto at = [&] { return std::size_t(random.below(int(bytes.size()))); };
      const int kind = random.below(4);
      const std::size_t place = at();
      if (kind == 0) bytes[place] = char(random.below(256));
      if (kind == 1) bytes.resize(place);
      if (kind == 2) bytes.insert(place, bytes.substr(at(), 40));
      if (kind == 3) bytes.erase(place, std::size_t(random.below(20)));
      CAPTURE(name, i, kind);
      refused += !survives(bytes);
    }
  }
  CHECK(refused > 100);
}
