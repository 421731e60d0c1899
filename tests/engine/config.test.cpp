#include "engine/config.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/error.h"
#include "engine/json.h"

using Catch::Matchers::Contains;
using engine::Config;
using engine::ConfigFile;
using engine::Json;
using engine::Normalization;
using engine::Positions;

namespace {

Json smallest() {
  return {{"n_layers", 2},
          {"d_model", 16},
          {"n_heads", 4},
          {"d_head", 8},
          {"n_ctx", 12},
          {"d_vocab", 3},
          {"normalization_type", nullptr},
          {"positional_embedding_type", "shortformer"}};
}

ConfigFile read(const Json& json, bool has_norm_weights = false) {
  return engine::read_config(json.dump(), has_norm_weights);
}

Config with(const char* key, const Json& value) {
  Json json = smallest();
  json[key] = value;
  return read(json).config;
}

void check_refused(const char* key, const Json& value) {
  CAPTURE(key, value.dump());
  CHECK_THROWS_WITH(with(key, value), Contains("config.json") && Contains(key));
}

}  // namespace

TEST_CASE("a config says the model's shape") {
  const ConfigFile file = read(smallest());
  CHECK(file.config.n_layers == 2);
  CHECK(file.config.d_model == 16);
  CHECK(file.config.n_heads == 4);
  CHECK(file.config.d_head == 8);
  CHECK(file.config.n_ctx == 12);
  CHECK(file.config.d_vocab == 3);
  CHECK(file.config.normalization == Normalization::none);
  CHECK(file.config.positions == Positions::shortformer);
  CHECK(file.config.eps == 1e-5);
  CHECK(file.config.attn_scale == std::sqrt(8.0));
  CHECK_FALSE(file.config.prepend_bos);
  CHECK(file.config.symbols.empty());
  CHECK(file.ignored.empty());
}

TEST_CASE("each number of the shape is needed, whole and in range") {
  for (const char* key : {"n_layers", "d_model", "n_heads", "d_head", "n_ctx", "d_vocab"}) {
    Json json = smallest();
    json.erase(key);
    CAPTURE(key);
    CHECK_THROWS_WITH(read(json), Contains("config.json has no " + std::string(key) +
                                           ", expected a whole number from "));
    for (const Json& value : {Json(), Json("8"), Json(8.0), Json(1.5), Json(-1), Json(true),
                              Json{8}, Json(2147483648u), Json(18446744073709551615u)})
      check_refused(key, value);
    if (std::string(key) != "n_layers") check_refused(key, 0);
  }
  CHECK(with("d_vocab", 2147483647).d_vocab == 2147483647);
}

TEST_CASE("a model without layers may say that it has no heads") {
  Json json = smallest();
  json["n_layers"] = json["n_heads"] = json["d_head"] = 0;
  CHECK(read(json).config.n_heads == 0);
  json["d_model"] = 0;
  CHECK_THROWS_WITH(read(json), Contains("d_model"));
}

TEST_CASE("normalization and positions are read in TransformerLens's words") {
  CHECK(with("normalization_type", "LN").normalization == Normalization::LN);
  CHECK(with("normalization_type", "LNPre").normalization == Normalization::LNPre);
  CHECK(with("positional_embedding_type", "standard").positions == Positions::standard);
  for (const Json& value :
       {Json("RMS"), Json("RMSPre"), Json("ln"), Json(""), Json(false), Json(1)})
    check_refused("normalization_type", value);
  for (const Json& value : {Json("rotary"), Json("alibi"), Json("Standard"), Json(), Json(0)})
    check_refused("positional_embedding_type", value);
}

TEST_CASE("a missing normalization or kind of positions is refused with both names and defaults") {
  for (const char* key : {"normalization_type", "positional_embedding_type"}) {
    Json json = smallest();
    json.erase(key);
    CHECK_THROWS_WITH(read(json),
                      Contains("has no " + std::string(key)) && Contains("normalization_type (") &&
                          Contains("positional_embedding_type (") && Contains("\"LN\"") &&
                          Contains("\"standard\"") && Contains("TransformerLens"));
  }
}

TEST_CASE("a missing normalization is LN where the tensors say so") {
  Json json = smallest();
  json.erase("normalization_type");
  CHECK(read(json, true).config.normalization == Normalization::LN);
  json.erase("positional_embedding_type");
  CHECK_THROWS_WITH(read(json, true), Contains("positional_embedding_type"));
}

TEST_CASE("scores are divided by attn_scale, sqrt(d_head) or 1") {
  CHECK(with("attn_scale", 2.5).attn_scale == 2.5);
  CHECK(with("attn_scale", 3).attn_scale == 3.0);
  CHECK(with("attn_scale", -1.0).attn_scale == std::sqrt(8.0));
  CHECK(with("attn_scale", nullptr).attn_scale == std::sqrt(8.0));
  CHECK(with("use_attn_scale", nullptr).attn_scale == std::sqrt(8.0));
  Json json = smallest();
  json["attn_scale"] = 2.5;
  json["use_attn_scale"] = false;
  CHECK(read(json).config.attn_scale == 1.0);
  for (const Json& value : {Json(0), Json(-2), Json("1"), Json(1e-300), Json(1e300), Json(true)})
    check_refused("attn_scale", value);
  check_refused("use_attn_scale", 1);
}

TEST_CASE("eps is a number from 0") {
  CHECK(with("eps", 1e-6).eps == 1e-6);
  CHECK(with("eps", 0).eps == 0);
  CHECK(with("eps", nullptr).eps == 1e-5);
  for (const Json& value : {Json(-1e-5), Json("1e-5"), Json(1e300), Json(false)})
    check_refused("eps", value);
}

TEST_CASE("default_prepend_bos is false unless the config says otherwise") {
  CHECK(with("default_prepend_bos", true).prepend_bos);
  CHECK_FALSE(with("default_prepend_bos", false).prepend_bos);
  CHECK_FALSE(with("default_prepend_bos", nullptr).prepend_bos);
  check_refused("default_prepend_bos", 1);
}

TEST_CASE("arithmetic that is not done is refused by its key") {
  check_refused("attention_dir", "bidirectional");
  check_refused("attn_only", false);
  check_refused("use_local_attn", true);
  check_refused("scale_attn_by_inverse_layer_idx", true);
  check_refused("attn_scores_soft_cap", 50.0);
  check_refused("output_logits_soft_cap", 30);
  check_refused("use_qk_norm", true);
  check_refused("n_key_value_heads", 2);
  check_refused("post_embedding_ln", true);
  check_refused("use_normalization_before_and_after", true);
  check_refused("parallel_attn_mlp", true);
  check_refused("d_vocab_out", 4);
  check_refused("use_alibi", true);
  check_refused("use_qk_norm", "yes");
}

TEST_CASE("the same keys change nothing when they are off or say what the model is") {
  Json json = smallest();
  json["attention_dir"] = "causal";
  json["attn_only"] = true;
  json["n_key_value_heads"] = 4;
  json["d_vocab_out"] = 3;
  CHECK(read(json).ignored.empty());
  for (const char* key :
       {"use_local_attn", "scale_attn_by_inverse_layer_idx", "attn_scores_soft_cap",
        "output_logits_soft_cap", "use_qk_norm", "n_key_value_heads", "post_embedding_ln",
        "parallel_attn_mlp", "use_normalization_before_and_after", "d_vocab_out", "use_alibi"})
    for (const Json& value : {Json(), Json(false), Json(-1), Json(-1.0)}) {
      CAPTURE(key, value.dump());
      CHECK_NOTHROW(with(key, value));
    }
  CHECK_NOTHROW(with("attn_only", nullptr));
  CHECK_NOTHROW(with("attention_dir", nullptr));
}

TEST_CASE("final_rms matters where there is a LayerNorm") {
  CHECK_NOTHROW(with("final_rms", true));
  Json json = smallest();
  json["normalization_type"] = "LN";
  CHECK_NOTHROW(read(json));
  json["final_rms"] = true;
  CHECK_THROWS_WITH(read(json), Contains("final_rms"));
}

TEST_CASE("other keys are ignored and listed") {
  Json json = smallest();
  json["init_mode"] = "gpt2";
  json["d_mlp"] = nullptr;
  json["nested"] = {{"a", {1, 2}}};
  CHECK(read(json).ignored == std::vector<std::string>{"d_mlp", "init_mode", "nested"});
}

TEST_CASE("symbols are d_vocab distinct strings") {
  const std::vector<std::string> symbols = {"a", "\xe4\xb8\xad", " "};
  CHECK(with("symbols", symbols).symbols == symbols);
  CHECK(with("symbols", nullptr).symbols.empty());
  for (const Json& value : {Json("abc"), Json{"a", "b"}, Json{"a", "b", "a"}, Json{"a", "b", ""},
                            Json{"a", "b", 1}, Json::array()})
    check_refused("symbols", value);
}

TEST_CASE("what is no config is named") {
  const auto refused = [](const std::string& text, const std::string& word) {
    CAPTURE(text);
    CHECK_THROWS_WITH(engine::read_config(text, false), Contains("config.json") && Contains(word));
  };
  refused("", "empty");
  refused("[]", "object");
  refused("{\"n_layers\": 1, \"n_layers\": 2}", "twice");
  refused("<!DOCTYPE html><html></html>", "web page");
  refused("  <?xml version=\"1.0\"?><Error/>", "web page");
  refused("version https://git-lfs.github.com/spec/v1\n", "Git LFS");
  refused(std::string("\0\5\x16\7\0", 5), "._");
  refused(std::string("\xff\xfe{\0", 4), "UTF-16");
  refused("{\"model_type\": \"gpt2\", \"n_layer\": 12}", "Hugging Face");
  refused("n_layers: 2", "not JSON");
}
