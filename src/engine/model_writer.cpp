#include "engine/model_writer.h"

#include <cassert>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <deque>

#include "engine/error.h"
#include "engine/json.h"
#include "engine/safetensors.h"

namespace engine {

namespace {

void append_half(float value, const std::string& name, std::string& bytes) {
  const Eigen::half half(value);
  if (!(Eigen::numext::isfinite)(half))
    fail(name, " has the weight ", value, ", which F16 cannot hold");
  bytes.push_back(char(half.x & 255));
  bytes.push_back(char(half.x >> 8));
}

void append_float(float value, const std::string&, std::string& bytes) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(char(bits >> shift & 255));
}

// Collects tensors of one dtype; their bytes stay where they are until the file is written.
class NumberTensors {
 public:
  using Append = void (*)(float value, const std::string& name, std::string& bytes);
  NumberTensors(const char* dtype, Append append) : dtype_(dtype), append_(append) {}

  // The matrices follow one another along the first axis where there are several (heads).
  void add(const std::string& name, std::vector<std::int64_t> shape,
           const std::vector<const Matrix*>& matrices) {
    std::string& bytes = bytes_.emplace_back();
    for (const Matrix* matrix : matrices)
      for (float value : matrix->reshaped()) append_(value, name, bytes);
    tensors_.push_back({name, dtype_, std::move(shape), bytes});
  }
  const std::vector<Tensor>& tensors() const { return tensors_; }

 private:
  const char* const dtype_;
  const Append append_;
  std::deque<std::string> bytes_;
  std::vector<Tensor> tensors_;
};

bool has_biases(const Model& model) {
  if (model.weights.b_U.size()) return true;
  for (const LayerWeightsOf<float>& layer : model.weights.layers) {
    if (layer.b_O.size()) return true;
    for (const HeadWeights& head : layer.heads)
      if (head.b_Q.size() || head.b_K.size() || head.b_V.size()) return true;
  }
  return false;
}

void add_weights(const Model& model, NumberTensors& out) {
  const Config& config = model.config;
  if (config.normalization != Normalization::none || has_biases(model))
    fail("this model has LayerNorm or biases; only models without are written");
  const Weights& weights = model.weights;
  const std::int64_t d_model = config.d_model, d_head = config.d_head, heads = config.n_heads;
  out.add("embed.W_E", {config.d_vocab, d_model}, {&weights.W_E});
  out.add("pos_embed.W_pos", {config.n_ctx, d_model}, {&weights.W_pos});
  for (std::size_t l = 0; l < weights.layers.size(); ++l) {
    const std::string attn = "blocks." + std::to_string(l) + ".attn.";
    std::vector<const Matrix*> W_Q, W_K, W_V, W_O;
    for (const HeadWeights& head : weights.layers[l].heads) {
      W_Q.push_back(&head.W_Q);
      W_K.push_back(&head.W_K);
      W_V.push_back(&head.W_V);
      W_O.push_back(&head.W_O);
    }
    out.add(attn + "W_Q", {heads, d_model, d_head}, W_Q);
    out.add(attn + "W_K", {heads, d_model, d_head}, W_K);
    out.add(attn + "W_V", {heads, d_model, d_head}, W_V);
    out.add(attn + "W_O", {heads, d_head, d_model}, W_O);
  }
  out.add("unembed.W_U", {d_model, config.d_vocab}, {&weights.W_U});
}

}  // namespace

std::string write_config(const Config& config) {
  nlohmann::ordered_json json = {{"n_layers", config.n_layers}, {"d_model", config.d_model},
                                 {"n_heads", config.n_heads},   {"d_head", config.d_head},
                                 {"n_ctx", config.n_ctx},       {"d_vocab", config.d_vocab}};
  const char* const normalizations[] = {nullptr, "LN", "LNPre"};
  const char* normalization = normalizations[int(config.normalization)];
  json["normalization_type"] = normalization ? nlohmann::ordered_json(normalization) : nullptr;
  json["positional_embedding_type"] =
      config.positions == Positions::standard ? "standard" : "shortformer";
  if (config.normalization != Normalization::none) json["eps"] = config.eps;
  if (std::abs(config.attn_scale - std::sqrt(double(config.d_head))) > 1e-9)
    json["attn_scale"] = config.attn_scale;
  if (config.prepend_bos) json["default_prepend_bos"] = true;
  if (!config.symbols.empty()) json["symbols"] = config.symbols;
  return json.dump(1) + "\n";
}

std::string write_weights_f16(const Model& model) {
  NumberTensors out("F16", append_half);
  add_weights(model, out);
  return write_safetensors(out.tensors());
}

std::string write_model(const Model& model, std::vector<Tensor> more,
                        std::map<std::string, std::string> metadata) {
  NumberTensors out("F32", append_float);
  add_weights(model, out);
  std::vector<Tensor> tensors = out.tensors();
  tensors.insert(tensors.end(), more.begin(), more.end());
  metadata["config"] = write_config(model.config);
  return write_safetensors(tensors, metadata);
}

void centre_W_U(Model& model) {
  Matrix& W_U = model.weights.W_U;
  assert(!has_biases(model));
  const Eigen::RowVectorXd mean = W_U.cast<double>().colwise().mean();
  W_U = (W_U.cast<double>().rowwise() - mean).cast<float>();
}

}  // namespace engine
