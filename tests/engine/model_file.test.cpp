#include "engine/model_file.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "engine/byte_alphabet.h"
#include "engine/error.h"
#include "engine/forward.h"
#include "engine/model_folder.h"
#include "engine/random_model.h"
#include "files.h"

using Catch::Matchers::Contains;
using engine::Error;
using engine::HeadId;
using engine::Json;
using engine::LoadedModel;
using engine::Model;
using engine::ModelFolder;
using engine::Normalization;
using engine::Positions;
using engine::Random;
using engine::Shape;
using engine::StoredTensor;

namespace {

ModelFolder random_folder(std::uint64_t seed, const Shape& shape) {
  return folder_of(engine::random_model<float>(seed, shape));
}

Shape with_everything() {
  Shape shape;
  shape.biases = true;
  shape.normalization = Normalization::LN;
  return shape;
}

// Equal bit for bit, sizes included.
bool same_weights(const Model& a, const Model& b) {
  const std::vector<StoredTensor> x = folder_of(a).tensors, y = folder_of(b).tensors;
  if (x.size() != y.size()) return false;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (x[i].name != y[i].name || x[i].shape != y[i].shape || x[i].bytes != y[i].bytes)
      return false;
  return true;
}

bool lists(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A tokenizer.json of the 256 bytes, ids as the bytes, and <|bos|> with id 256.
Json byte_tokenizer() {
  Json vocab;
  for (int byte = 0; byte < 256; ++byte) {
    const char32_t c = engine::byte_character(std::uint8_t(byte));
    const std::string utf8 =
        c < 128 ? std::string(1, char(c)) : std::string{char(0xc0 | c >> 6), char(0x80 | (c & 63))};
    vocab[utf8] = byte;
  }
  const Json bos = {{"id", 256},       {"content", "<|bos|>"}, {"single_word", false},
                    {"lstrip", false}, {"rstrip", false},      {"normalized", false},
                    {"special", true}};
  return {{"version", "1.0"},
          {"added_tokens", Json::array({bos})},
          {"normalizer", nullptr},
          {"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}}},
          {"post_processor", nullptr},
          {"decoder", {{"type", "ByteLevel"}}},
          {"model", {{"type", "BPE"}, {"vocab", vocab}, {"merges", Json::array()}}}};
}

Json bos_post_processor() {
  return {{"type", "TemplateProcessing"},
          {"single", Json::array({{{"SpecialToken", {{"id", "<|bos|>"}, {"type_id", 0}}}},
                                  {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}})},
          {"pair", Json::array()},
          {"special_tokens",
           {{"<|bos|>", {{"id", "<|bos|>"}, {"ids", {256}}, {"tokens", {"<|bos|>"}}}}}}};
}

ModelFolder byte_model(int d_vocab = 257) {
  Shape shape;
  shape.d_vocab = d_vocab;
  ModelFolder folder = random_folder(1, shape);
  folder.tokenizer = byte_tokenizer().dump();
  return folder;
}

}  // namespace

TEST_CASE("any model is read as it was written") {
  for (const Shape& shape : engine::odd_shapes()) {
    CAPTURE(describe(shape));
    const Model model = engine::random_model<float>(7, shape);
    const LoadedModel loaded = folder_of(model).load();
    CHECK(same_weights(loaded.model, model));
    CHECK(loaded.model.config.n_layers == shape.n_layers);
    CHECK(loaded.model.config.normalization == shape.normalization);
    CHECK(loaded.model.config.positions == shape.positions);
    CHECK(loaded.model.config.attn_scale == std::sqrt(double(shape.d_head)));
    CHECK(loaded.tokenizer.kind() == engine::Tokenizer::Kind::ids);
    CHECK(loaded.ignored.empty());
    CHECK(loaded.notices.empty());
    std::int64_t numbers = 0;
    for (const StoredTensor& tensor : folder_of(model).tensors)
      numbers += std::int64_t(tensor.bytes.size() / 4);
    CHECK(loaded.parameters == numbers);
  }
}

TEST_CASE("a large model is read in steps of at most 2^18 numbers, and comes to the same") {
  Shape shape;
  shape.d_vocab = 50021;
  const Model model = engine::random_model<float>(8, shape);
  const ModelFolder folder = folder_of(model);
  const std::string config = folder.config.dump(), weights = folder.weights();
  engine::ModelReading reading({config, weights, {}, {}});
  int steps = 0;
  for (double before = -1; !reading.done(); ++steps) {
    CHECK(reading.progress() > before);
    before = reading.progress();
    reading.step();
  }
  CHECK(reading.progress() == 1);
  const LoadedModel loaded = reading.take();
  CHECK(steps >= int(loaded.parameters >> 18));
  CHECK(same_weights(loaded.model, model));
}

TEST_CASE("a tensor's rows are the matrix's columns, head after head") {
  ModelFolder folder = random_folder(1, Shape());  // 3 heads of 5, d_model 12
  StoredTensor& W_K = folder.tensor("blocks.1.attn.W_K");
  float* numbers = reinterpret_cast<float*>(&W_K.bytes[0]);
  for (int i = 0; i < 3 * 12 * 5; ++i) numbers[i] = float(i);
  const LoadedModel loaded = folder.load();
  // W_K[head 2][residual 7][head dimension 4] = (2 * 12 + 7) * 5 + 4
  CHECK(loaded.model.head({1, 2}).W_K(4, 7) == 159.0f);
}

TEST_CASE("a missing tensor is refused by name, unless it is a bias") {
  const ModelFolder whole = random_folder(2, with_everything());
  for (std::size_t i = 0; i < whole.tensors.size(); ++i) {
    ModelFolder folder = whole;
    const std::string name = folder.tensors[i].name;
    folder.tensors.erase(folder.tensors.begin() + std::ptrdiff_t(i));
    CAPTURE(name);
    if (name.find("b_") != name.npos)
      CHECK_NOTHROW(folder.load());
    else
      CHECK_THROWS_WITH(folder.load(), Contains(name));
  }
}

TEST_CASE(
    "a tensor of another shape is refused with its name, the shape expected and the one found") {
  const ModelFolder whole = random_folder(2, with_everything());
  for (std::size_t i = 0; i < whole.tensors.size(); ++i) {
    for (int change = 0; change < 3; ++change) {
      ModelFolder folder = whole;
      StoredTensor& tensor = folder.tensors[i];
      const std::vector<std::int64_t> expected = tensor.shape;
      if (change == 0) tensor.shape.push_back(1);
      if (change == 1) tensor.shape = {std::int64_t(tensor.bytes.size() / 4)};
      if (change == 2)
        std::rotate(tensor.shape.begin(), tensor.shape.begin() + 1, tensor.shape.end());
      if (tensor.shape == expected) continue;
      CHECK_THROWS_WITH(folder.load(), Contains(tensor.name) &&
                                           Contains(engine::shape_text(tensor.shape)) &&
                                           Contains(engine::shape_text(expected)));
    }
  }
}

TEST_CASE("a config that promises more than the tensors hold is refused before memory is taken") {
  for (const char* key : {"n_layers", "d_model", "n_heads", "d_head", "n_ctx", "d_vocab"}) {
    for (int n : {2147483647, 65536, 13}) {
      ModelFolder folder = random_folder(3, Shape());
      folder.config[key] = n;
      CAPTURE(key, n);
      CHECK_THROWS_WITH(folder.load(), Contains("expected"));
    }
  }
}

TEST_CASE("the layers of the file must be those of the config") {
  ModelFolder folder = random_folder(3, Shape());
  folder.config["n_layers"] = 1;
  CHECK_THROWS_WITH(folder.load(), Contains("2 layers") && Contains("n_layers = 1"));
  folder.config["n_layers"] = 3;
  CHECK_THROWS_WITH(folder.load(), Contains("2 layers") && Contains("n_layers = 3"));
  folder.config["n_layers"] = 2;
  for (StoredTensor& tensor : folder.tensors)
    if (tensor.name.substr(0, 8) == "blocks.1") tensor.name[7] = '7';
  CHECK_THROWS_WITH(folder.load(), Contains("blocks.7"));
}

TEST_CASE("numbers that are not finite are refused by tensor") {
  for (const char* name : {"embed.W_E", "blocks.0.attn.b_V", "ln_final.w", "blocks.1.attn.W_O"}) {
    ModelFolder folder = random_folder(4, with_everything());
    reinterpret_cast<float*>(&folder.tensor(name).bytes[0])[3] = NAN;
    CHECK_THROWS_WITH(folder.load(), Contains(name) && Contains("nan"));
  }
}

TEST_CASE("a tensor of whole numbers in a weight's place is refused") {
  ModelFolder folder = random_folder(4, Shape());
  folder.tensor("embed.W_E").dtype = "I32";
  CHECK_THROWS_WITH(folder.load(), Contains("embed.W_E") && Contains("I32") && Contains("F32"));
}

TEST_CASE("tensors that are no part of the model are ignored and listed") {
  ModelFolder folder = random_folder(5, Shape());
  folder.tensors.push_back({"blocks.0.attn.mask", "BOOL", {2, 2}, std::string(4, '\1')});
  const float minus_infinity = -INFINITY;
  folder.tensors.push_back(
      {"blocks.0.attn.IGNORE", "F32", {}, {reinterpret_cast<const char*>(&minus_infinity), 4}});
  folder.tensors.push_back({"step", "I64", {1}, std::string(8, '\0')});
  folder.config["init_mode"] = "gpt2";
  const LoadedModel loaded = folder.load();
  for (const char* name : {"blocks.0.attn.mask", "blocks.0.attn.IGNORE", "step", "init_mode"})
    CHECK(lists(loaded.ignored, name));
  CHECK(loaded.ignored.size() == 4);
}

TEST_CASE("a tensor that would change the logits is not ignored") {
  const auto refused = [](const std::string& name, const std::string& word) {
    ModelFolder folder = random_folder(5, Shape());
    folder.tensors.push_back({name, "F32", {1}, std::string(4, '\0')});
    CAPTURE(name);
    CHECK_THROWS_WITH(folder.load(), Contains(name) && Contains(word));
  };
  refused("blocks.0.mlp.W_in", "MLP");
  refused("blocks.1.ln2.w", "MLP");
  refused("ln_final.w", "normalization_type");
  refused("blocks.0.ln1.b", "normalization_type");
  refused("blocks.0.attn._W_K", "logits");
  refused("blocks.0.attn.rotary_sin", "logits");
  refused("embed.ln.w", "logits");
}

TEST_CASE("a prefix on every name is taken off with a notice") {
  const Model model = engine::random_model<float>(6, with_everything());
  for (const char* prefix : {"_orig_mod.", "module.", "model.", "module._orig_mod."}) {
    ModelFolder folder = folder_of(model);
    for (StoredTensor& tensor : folder.tensors) tensor.name = prefix + tensor.name;
    const LoadedModel loaded = folder.load();
    CHECK(same_weights(loaded.model, model));
    REQUIRE(loaded.notices.size() == 1);
    CHECK_THAT(loaded.notices[0], Contains(prefix));
  }
  ModelFolder two = folder_of(model);
  for (StoredTensor& tensor : two.tensors) tensor.name = "a." + tensor.name;
  two.tensors.push_back({"b.embed.W_E", "F32", {1}, std::string(4, '\0')});
  CHECK_THROWS_WITH(two.load(), Contains("\"a.\"") && Contains("\"b.\""));
}

TEST_CASE("a model of another architecture is named, with the way to one that is read") {
  const auto refused = [](const std::string& name, const std::string& word) {
    ModelFolder folder;
    folder.config = random_folder(1, Shape()).config;
    folder.tensors.push_back({name, "F32", {1}, std::string(4, '\0')});
    CAPTURE(name);
    CHECK_THROWS_WITH(folder.load(), Contains(name) && Contains(word) && Contains("embed.W_E") &&
                                         Contains("save_file"));
  };
  refused("transformer.wte.weight", "GPT-2");
  refused("h.0.attn.c_attn.weight", "GPT-2");
  refused("gpt_neox.layers.0.attention.dense.bias", "GPT-NeoX");
  refused("model.layers.0.self_attn.q_proj.weight", "Llama");
  refused("fc.weight", "1 tensors");
  ModelFolder nothing;
  CHECK_THROWS_WITH(nothing.load(), Contains("no tensor embed.W_E"));
}

TEST_CASE("a file of another kind in the weights' place is named") {
  const auto refused = [](const std::string& bytes, const std::string& word) {
    CAPTURE(word);
    const std::string config = random_folder(1, Shape()).config.dump();
    CHECK_THROWS_WITH(engine::load_model({config, bytes, {}, {}}),
                      Contains("model.safetensors") && Contains(word));
  };
  const std::string zeros(64, '\0');
  refused("", "empty");
  refused("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n", "git lfs pull");
  refused("\n<!DOCTYPE html>\n<html><body>Not found</body></html>", "web page");
  refused("PK\3\4\x14" + zeros, "save_file");
  refused("\x80\2\x8a\x0a\x6c\xfc" + zeros, "pickle");
  refused("GGUF\3" + zeros, "GGUF");
  refused("\x89HDF\r\n" + zeros, "HDF5");
  refused(std::string("\0\5\x16\7\0\2", 6) + zeros, "._");
  refused("\x1f\x8b\x08" + std::string(600'000, '\0'), "gzip");
  refused("{\"n_layers\": 2}", "no safetensors file");
  refused(zeros, "no safetensors file");
}

TEST_CASE("a missing normalization is LN where the file has a LayerNorm's weights") {
  ModelFolder folder = random_folder(8, with_everything());
  folder.config.erase("normalization_type");
  CHECK(folder.load().model.config.normalization == Normalization::LN);
  ModelFolder plain = random_folder(8, Shape());
  plain.config.erase("normalization_type");
  CHECK_THROWS_WITH(plain.load(), Contains("normalization_type"));
}

TEST_CASE("LNPre has no weights, and a file that has some contradicts it") {
  ModelFolder folder = random_folder(8, with_everything());
  folder.config["normalization_type"] = "LNPre";
  CHECK_THROWS_WITH(folder.load(), Contains("ln1") && Contains("LNPre"));
  folder.config["normalization_type"] = nullptr;
  CHECK_THROWS_WITH(folder.load(), Contains("ln1") && Contains("null"));
}

TEST_CASE("one safetensors file alone carries its config and tokenizer") {
  ModelFolder folder = byte_model();
  folder.metadata = {{"config", folder.config.dump()}, {"tokenizer", folder.tokenizer}};
  folder.config = nullptr;
  folder.tokenizer.clear();
  const LoadedModel loaded = folder.load();
  CHECK(loaded.tokenizer.kind() == engine::Tokenizer::Kind::bpe);
  CHECK(read_text(loaded, "a b") == std::vector<int>{97, 32, 98});
  folder.metadata["config"] = "{}";
  CHECK_THROWS_WITH(folder.load(), Contains("__metadata__") && Contains("n_layers"));
  folder.metadata.clear();
  CHECK_THROWS_WITH(folder.load(), Contains("config.json is missing"));
}

TEST_CASE("without a tokenizer texts are ids, or the config's symbols") {
  ModelFolder folder = random_folder(9, Shape());  // d_vocab 30
  CHECK(read_text(folder.load(), "3, 29 0") == std::vector<int>{3, 29, 0});
  CHECK_THROWS_WITH(read_text(folder.load(), "30"), Contains("because the model has no tokenizer"));
  std::vector<std::string> symbols;
  for (int i = 0; i < 30; ++i) symbols.push_back(std::string(1, char('A' + i)));
  folder.config["symbols"] = symbols;
  CHECK(read_text(folder.load(), "CAB") == std::vector<int>{2, 0, 1});
  CHECK(folder.load().model.config.symbols == symbols);
  CHECK_THROWS_AS(read_text(folder.load(), "C!"), Error);
}

TEST_CASE("a text for a tokenizer that is not done is told so where it is no list of ids") {
  ModelFolder folder = byte_model();
  engine::Json tokenizer = engine::Json::parse(folder.tokenizer);
  tokenizer["normalizer"] = {{"type", "Lowercase"}};
  folder.tokenizer = tokenizer.dump();
  const LoadedModel loaded = folder.load();
  CHECK(read_text(loaded, "1 22") == std::vector<int>{1, 22});
  CHECK_THROWS_WITH(
      read_text(loaded, "hi"),
      Contains("position 0: expected a token id (a decimal number), found \"hi\"; the "
               "text is read as ids because the tokenizer's normalizer Lowercase is "
               "not done here"));
}

TEST_CASE("a tokenizer.json comes before symbols") {
  ModelFolder folder = byte_model(257);
  std::vector<std::string> symbols;
  for (int i = 0; i < 257; ++i)
    symbols.push_back({char(0xc4 + i / 64), char(0x80 + i % 64)});  // U+0100 and on
  folder.config["symbols"] = symbols;
  const LoadedModel loaded = folder.load();
  CHECK(read_text(loaded, "A") == std::vector<int>{65});
  CHECK(loaded.model.config.symbols.empty());
  CHECK(lists(loaded.ignored, "symbols"));
}

TEST_CASE("a tokenizer with fewer tokens than the model leaves ids without a text") {
  const LoadedModel loaded = byte_model(300).load();
  CHECK(loaded.tokenizer.bytes(280) == "#280");
  CHECK(read_text(loaded, "\xe4\xb8\xad") == std::vector<int>{0xe4, 0xb8, 0xad});
  CHECK(loaded.notices.empty());
}

TEST_CASE("a tokenizer with more tokens than the model is noticed, and the rest refused") {
  const LoadedModel loaded = byte_model(100).load();
  REQUIRE(loaded.notices.size() == 1);
  CHECK_THAT(loaded.notices[0], Contains("257") && Contains("d_vocab = 100"));
  CHECK(read_text(loaded, "AB") == std::vector<int>{65, 66});
  CHECK_THROWS_WITH(read_text(loaded, "Az"),
                    Contains("\"z\"") && Contains("122") && Contains("d_vocab = 100"));
}

TEST_CASE("what is no tokenizer.json is named") {
  ModelFolder folder = byte_model();
  folder.tokenizer = "<html></html>";
  CHECK_THROWS_WITH(folder.load(), Contains("tokenizer.json is a web page"));
  folder.tokenizer = "version https://git-lfs.github.com/spec/v1\n";
  CHECK_THROWS_WITH(folder.load(), Contains("tokenizer.json is a Git LFS pointer"));
  folder.tokenizer = "{}";
  CHECK_THROWS_AS(folder.load(), Error);
}

TEST_CASE("nothing stands in front of a text unless the config says so") {
  ModelFolder folder = byte_model();
  Json tokenizer = byte_tokenizer();
  tokenizer["post_processor"] = bos_post_processor();
  folder.tokenizer = tokenizer.dump();
  folder.tokenizer_config = "{\"bos_token\": \"<|bos|>\"}";
  CHECK(folder.load().bos == -1);
  CHECK(read_text(folder.load(), "hi") == std::vector<int>{104, 105});
}

TEST_CASE("default_prepend_bos puts the post-processor's token in front, or the bos_token") {
  ModelFolder folder = byte_model();
  folder.config["default_prepend_bos"] = true;
  SECTION("of the post-processor") {
    Json tokenizer = byte_tokenizer();
    tokenizer["post_processor"] = bos_post_processor();
    folder.tokenizer = tokenizer.dump();
  }
  SECTION("of tokenizer_config.json") {
    folder.tokenizer_config = "{\"bos_token\": \"<|bos|>\"}";
  }
  SECTION("of tokenizer_config.json, as an added token") {
    folder.tokenizer_config = "{\"bos_token\": {\"content\": \"<|bos|>\", \"lstrip\": false}}";
  }
  const LoadedModel loaded = folder.load();
  CHECK(loaded.bos == 256);
  CHECK(read_text(loaded, "hi") == std::vector<int>{256, 104, 105});
  CHECK(read_text(loaded, "").empty());
}

TEST_CASE("default_prepend_bos without a token to put there is refused") {
  ModelFolder folder = byte_model();
  folder.config["default_prepend_bos"] = true;
  CHECK_THROWS_WITH(folder.load(), Contains("default_prepend_bos") && Contains("bos_token"));
  folder.tokenizer_config = "{\"bos_token\": null}";
  CHECK_THROWS_WITH(folder.load(), Contains("default_prepend_bos"));
  folder.tokenizer_config = "{\"bos_token\": \"<s>\"}";
  CHECK_THROWS_WITH(folder.load(), Contains("\"<s>\""));
  folder.tokenizer_config = "{\"bos_token\"";
  CHECK_THROWS_WITH(folder.load(), Contains("tokenizer_config.json is not JSON"));
}

TEST_CASE("a token in front that the model lacks is refused") {
  ModelFolder folder = byte_model(256);
  folder.config["default_prepend_bos"] = true;
  folder.tokenizer_config = "{\"bos_token\": \"<|bos|>\"}";
  CHECK_THROWS_WITH(folder.load(), Contains("256"));
}

TEST_CASE("ids never get a token in front") {
  ModelFolder folder = random_folder(9, Shape());
  folder.config["default_prepend_bos"] = true;
  CHECK(folder.load().bos == -1);
  CHECK(read_text(folder.load(), "4 5") == std::vector<int>{4, 5});
}

TEST_CASE("a damaged model is read or refused; what is read can run") {
  Shape shape;
  shape.n_layers = 1;
  shape.n_heads = 2;
  shape.d_head = 1;
  shape.d_model = 2;
  shape.n_ctx = 3;
  shape.d_vocab = 4;
  shape.biases = true;
  shape.normalization = Normalization::LN;
  const ModelFolder folder = random_folder(10, shape);
  const std::string whole[] = {folder.config.dump(), folder.weights(),
                               "{\"bos_token\": {\"content\": \"a\"}}"};
  Random random(11);
  int read = 0, refused = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string files[] = {whole[0], whole[1], whole[2]};
    for (int n = random.below(3); n >= 0; --n) {
      std::string& file = files[random.below(4) ? random.below(2) : 2];
      const std::size_t at = std::size_t(random.below(int(file.size())));
      switch (random.below(4)) {
        case 0:
          file[at] = char(random.below(256));
          break;
        case 1:
          file[at] = "\"{}[]:,0159-."[random.below(12)];
          break;
        case 2:
          file.erase(at, std::size_t(1 + random.below(3)));
          break;
        case 3:
          file.insert(at, file.substr(std::size_t(random.below(int(file.size()))), 8));
          break;
      }
      if (file.empty()) file = " ";
    }
    try {
      const LoadedModel loaded = engine::load_model({files[0], files[1], {}, files[2]});
      engine::forward(loaded.model, {0});
      ++read;
    } catch (const Error&) {
      ++refused;
    }
  }
  CHECK(read > 100);
  CHECK(refused > 1000);
}

TEST_CASE("any part of a model's weights is refused") {
  Shape shape;
  shape.n_layers = 1;
  shape.d_vocab = 4;
  const ModelFolder folder = random_folder(12, shape);
  const std::string config = folder.config.dump(), weights = folder.weights();
  for (std::size_t n = 0; n < weights.size(); n += 1 + n / 64)
    CHECK_THROWS_AS(engine::load_model({config, std::string_view(weights).substr(0, n), {}, {}}),
                    Error);
}

TEST_CASE("the shipped model is read number for number") {
  const std::string folder = "models/two-layer/";
  const std::string config = read_file(folder + "config.json");
  const std::string weights = read_file(folder + "model.safetensors");
  const std::string tokenizer = read_file(folder + "tokenizer.json");
  const LoadedModel loaded = engine::load_model({config, weights, tokenizer, {}});
  const Model& model = loaded.model;
  const Json expected = Json::parse(config);
  const Json found = json_of(model.config);
  for (const char* key : {"n_layers", "d_model", "n_heads", "d_head", "n_ctx", "d_vocab",
                          "normalization_type", "positional_embedding_type"}) {
    CAPTURE(key);
    CHECK(found[key] == expected[key]);
  }
  CHECK(loaded.notices.empty());
  CHECK(loaded.ignored.empty());
  CHECK(loaded.bos == -1);
  CHECK(loaded.tokenizer.size() == model.config.d_vocab);

  // The same tensors straight from the file's F16, in its own order.
  const engine::Safetensors file = engine::read_safetensors(weights);
  std::size_t numbers = 0, wrong = 0;
  for (const StoredTensor& read : folder_of(model).tensors) {
    const engine::Tensor* tensor = file.find(read.name);
    REQUIRE(tensor);
    REQUIRE(tensor->dtype == "F16");
    REQUIRE(tensor->shape == read.shape);
    REQUIRE(tensor->bytes.size() * 2 == read.bytes.size());
    const std::string halves = tensor->bytes.text();
    for (std::size_t i = 0; i < halves.size() / 2; ++i, ++numbers) {
      const int low = std::uint8_t(halves[2 * i]);
      const int high = std::uint8_t(halves[2 * i + 1]);
      const int exponent = high >> 2 & 31, fraction = (high & 3) << 8 | low;
      const double size =
          std::ldexp(exponent ? 1024 + fraction : fraction, exponent ? exponent - 25 : -24);
      float number;
      std::memcpy(&number, read.bytes.data() + 4 * i, 4);
      wrong += double(number) != (high & 128 ? -size : size);
    }
  }
  CHECK(wrong == 0);
  CHECK(loaded.parameters == std::int64_t(numbers));
}
