// A model as the bytes of its folder, for tests of the reader: every tensor under its name in
// TransformerLens's order of axes, and a config.json with what the model's config says.
#pragma once

#include <string>
#include <vector>

#include "engine/json.h"
#include "engine/model_file.h"
#include "engine/safetensors.h"

namespace engine {

struct StoredTensor {
  std::string name, dtype;
  std::vector<std::int64_t> shape;
  std::string bytes;
};

struct ModelFolder {
  Json config;
  std::vector<StoredTensor> tensors;
  std::map<std::string, std::string> metadata;
  std::string tokenizer, tokenizer_config;

  StoredTensor& tensor(const std::string& name) {
    for (StoredTensor& stored : tensors)
      if (stored.name == name) return stored;
    throw std::out_of_range(name);
  }

  std::string weights() const {
    std::vector<Tensor> views;
    for (const StoredTensor& t : tensors) views.push_back({t.name, t.dtype, t.shape, t.bytes});
    return write_safetensors(views, metadata);
  }

  LoadedModel load() const {
    const std::string config_text = config.is_null() ? "" : config.dump();
    const std::string weight_bytes = weights();
    return load_model({config_text, weight_bytes, tokenizer, tokenizer_config});
  }
};

inline Json json_of(const Config& config) {
  const char* const normalizations[] = {nullptr, "LN", "LNPre"};
  const char* const normalization = normalizations[int(config.normalization)];
  return {{"n_layers", config.n_layers},
          {"d_model", config.d_model},
          {"n_heads", config.n_heads},
          {"d_head", config.d_head},
          {"n_ctx", config.n_ctx},
          {"d_vocab", config.d_vocab},
          {"normalization_type", normalization ? Json(normalization) : Json()},
          {"positional_embedding_type",
           config.positions == Positions::standard ? "standard" : "shortformer"}};
}

// float32; a matrix's columns are the file's rows.
template <class Values>
std::string bytes_of(const Values& values) {
  return {reinterpret_cast<const char*>(values.data()), std::size_t(values.size()) * sizeof(float)};
}

inline ModelFolder folder_of(const Model& model) {
  ModelFolder folder;
  const Config& config = model.config;
  const Weights& weights = model.weights;
  folder.config = json_of(config);
  const auto add = [&](const std::string& name, std::vector<std::int64_t> shape,
                       const std::string& bytes) {
    if (!bytes.empty()) folder.tensors.push_back({name, "F32", std::move(shape), bytes});
  };
  add("embed.W_E", {config.d_vocab, config.d_model}, bytes_of(weights.W_E));
  add("pos_embed.W_pos", {config.n_ctx, config.d_model}, bytes_of(weights.W_pos));
  const std::int64_t n_heads = config.n_heads, d_head = config.d_head, d_model = config.d_model;
  for (std::size_t l = 0; l < weights.layers.size(); ++l) {
    const std::string block = "blocks." + std::to_string(l) + ".";
    std::string bytes[7];
    for (const HeadWeights& head : weights.layers[l].heads) {
      const Matrix* matrices[] = {&head.W_Q, &head.W_K, &head.W_V, &head.W_O};
      const Vector* biases[] = {&head.b_Q, &head.b_K, &head.b_V};
      for (int i = 0; i < 4; ++i) bytes[i] += bytes_of(*matrices[i]);
      for (int i = 0; i < 3; ++i) bytes[4 + i] += bytes_of(*biases[i]);
    }
    const std::string attn = block + "attn.";
    for (int i = 0; i < 3; ++i) {
      add(
          attn + "W_" + "QKV" [i], { n_heads, d_model, d_head }, bytes[i]);
      add(
          attn + "b_" + "QKV" [i], { n_heads, d_head }, bytes[4 + i]);
    }
    add(attn + "W_O", {n_heads, d_head, d_model}, bytes[3]);
    add(attn + "b_O", {d_model}, bytes_of(weights.layers[l].b_O));
    add(block + "ln1.w", {d_model}, bytes_of(weights.layers[l].ln1.w));
    add(block + "ln1.b", {d_model}, bytes_of(weights.layers[l].ln1.b));
  }
  add("ln_final.w", {d_model}, bytes_of(weights.ln_final.w));
  add("ln_final.b", {d_model}, bytes_of(weights.ln_final.b));
  add("unembed.W_U", {config.d_model, config.d_vocab}, bytes_of(weights.W_U));
  add("unembed.b_U", {config.d_vocab}, bytes_of(weights.b_U));
  return folder;
}

}  // namespace engine
