// Ids of 3,392 texts by Hugging Face's own tokenizers, the Rust ones: the shipped tokenizers, and
// small ones for each component and flag (tests/oracle/tokenizer_goldens.py, which names its
// version).
#include <catch2/catch.hpp>

#include "engine/json.h"
#include "engine/tokenizer.h"
#include "files.h"

using engine::Json;
using engine::Tokenizer;

namespace {

Json golden(const std::string& name) {
  const std::string path = "tests/goldens/tokenizer/" + name + ".json";
  return engine::parse_json(read_file(path), path);
}

Tokenizer tokenizer_of(const Json& golden) {
  const Json& tokenizer = golden.at("tokenizer");
  return Tokenizer::from_json(tokenizer.is_string() ? read_file(tokenizer.get<std::string>())
                                                    : tokenizer.dump());
}

// Encodes the golden's texts; returns how many there are.
int check_texts(const std::string& name) {
  INFO("golden " << name);
  const Json file = golden(name);
  const Tokenizer tokenizer = tokenizer_of(file);
  REQUIRE(tokenizer.kind() == Tokenizer::Kind::bpe);
  for (const Json& row : file.at("texts")) {
    const std::string text = row.at(0).get<std::string>();
    CAPTURE(row.at(0).dump(-1, ' ', true));
    const std::vector<int> ids = tokenizer.encode(text);
    CHECK(ids == row.at(1).get<std::vector<int>>());
    if (!tokenizer.normalises()) CHECK(tokenizer.decode(ids) == text);
  }
  return int(file.at("texts").size());
}

}  // namespace

TEST_CASE("the shipped tokenizers give the ids that the Rust tokenizers give") {
  CHECK(check_texts("english") >= 1000);
  CHECK(check_texts("chinese") >= 600);
}

TEST_CASE("small tokenizers of every kind give the ids that the Rust tokenizers give") {
  int texts = 0;
  for (const char* name : {"byte-level-first",
                           "digits-together",
                           "flags",
                           "flags-digits",
                           "idle-keys",
                           "ignore-merges",
                           "merges-twice",
                           "neox-digits",
                           "nfc",
                           "no-regex",
                           "prefix-space",
                           "split-by-deepseek",
                           "split-by-gpt2",
                           "split-by-llama",
                           "split-by-o200k",
                           "split-by-qwen",
                           "split-contiguous",
                           "split-contiguous-inverted",
                           "split-isolated",
                           "split-isolated-inverted",
                           "split-merged_with_next",
                           "split-merged_with_next-inverted",
                           "split-merged_with_previous",
                           "split-merged_with_previous-inverted",
                           "split-removed",
                           "split-removed-inverted"})
    texts += check_texts(name);
  CHECK(texts >= 1000);
}
