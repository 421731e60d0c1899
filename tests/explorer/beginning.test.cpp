#include "explorer/beginning.h"

#include <catch2/catch.hpp>
#include <string>

#include "explorer/explorer.h"
#include "files.h"

namespace {

const engine::LoadedModel& shipped() {
  static const std::string config = read_file("models/two-layer/config.json");
  static const std::string weights = read_file("models/two-layer/model.safetensors");
  static const std::string tokenizer = read_file("models/two-layer/tokenizer.json");
  static const engine::LoadedModel loaded = engine::load_model({config, weights, tokenizer, {}});
  return loaded;
}

std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

}  // namespace

TEST_CASE("the beginning of a long text has the first tokens of the whole, however it is written") {
  const std::size_t n_ctx = std::size_t(shipped().model.config.n_ctx);
  for (const char* piece :
       {"one two ", "我在河边遇见一只白色的鹤。", "a", " ", "é👩‍👩‍👧", "\n\n\t",
        "averyverylongwordthatnobodyhaseverwrittenbefore", "3 1 4 1 5 9, "}) {
    INFO(piece);
    const std::string text = repeated(piece, 70000);
    const explorer::Beginning beginning = explorer::read_beginning(shipped(), text);
    const std::vector<int> whole = engine::read_text(shipped(), text);
    REQUIRE(beginning.tokens.size() >= n_ctx);
    CHECK(
        std::equal(whole.begin(), whole.begin() + std::ptrdiff_t(n_ctx), beginning.tokens.begin()));
    CHECK(beginning.whole == (beginning.tokens == whole));
  }
}

TEST_CASE("a text that is not very long is read whole, so that what is left out can be counted") {
  const std::string text = repeated("one two ", 20000);
  const explorer::Beginning beginning = explorer::read_beginning(shipped(), text);
  CHECK(beginning.whole);
  CHECK(beginning.tokens == engine::read_text(shipped(), text));
}
