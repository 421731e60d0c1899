#include "engine/weights.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <set>
#include <utility>

#include "engine/error.h"
#include "engine/json.h"

namespace engine {

namespace {

using Shape = std::vector<std::int64_t>;

const char* const attention_only =
    "; expected an attention-only transformer under TransformerLens's names (embed.W_E, "
    "blocks.0.attn.W_Q, ...), as safetensors.torch.save_file(model.state_dict(), "
    "\"model.safetensors\") writes for a HookedTransformer";

bool starts_with(const std::string& text, std::string_view start) {
  return text.compare(0, start.size(), start) == 0;
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

bool is_norm(const std::string& name) {
  return contains(name, "ln1.") || contains(name, "ln_final.");
}

// Buffers of TransformerLens that hold no weights.
bool is_buffer(const std::string& name) {
  return ends_with(name, ".attn.mask") || ends_with(name, ".attn.IGNORE");
}

// Is the name one of the modules that make the logits?
bool is_of_model(const std::string& name) {
  for (const char* module : {"blocks.", "embed.", "pos_embed.", "ln_final.", "unembed."})
    if (starts_with(name, module)) return true;
  return false;
}

void refuse_other_architecture(const Safetensors& file) {
  const struct {
    const char* part;
    const char* what;
  } signs[] = {
      {"wte.weight", "a GPT-2 under Hugging Face's names, a model with MLPs"},
      {".attn.c_attn.", "a GPT-2 under Hugging Face's names, a model with MLPs"},
      {"gpt_neox.", "a GPT-NeoX or Pythia under Hugging Face's names, a model with MLPs"},
      {".self_attn.q_proj.", "a Llama or its like under Hugging Face's names, a model with MLPs"},
      {"encoder.layer.", "a BERT or its like under Hugging Face's names, a model with MLPs"},
  };
  for (const auto& [name, tensor] : file.tensors)
    for (const auto& sign : signs)
      if (contains(name, sign.part))
        fail(file.name, " holds ", sign.what, " (tensor ", quote(name), ")", attention_only);
  std::string found;
  int named = 0;
  for (const auto& [name, tensor] : file.tensors)
    if (named++ < 3) found += (found.empty() ? "" : ", ") + quote(name);
  fail(file.name, " has no tensor embed.W_E; found ", file.tensors.size(), " tensors",
       found.empty() ? "" : ": ", found, file.tensors.size() > 3 ? ", ..." : "", attention_only);
}

using Part = WeightsReading::Part;

const std::int64_t numbers_a_step = 1 << 18;

// The tensors by the names of the registry; remembers which were used, and what is to be read.
class Registry {
 public:
  Registry(const Safetensors& file, const std::string& prefix, std::vector<Part>& parts)
      : file_(file), prefix_(prefix), parts_(parts) {}

  bool has(const std::string& name) const { return file_.find(prefix_ + name) != nullptr; }

  // The tensor, with the shape that the config asks for; `words` are that shape's names.
  const Tensor& use(const std::string& name, const Shape& shape, const char* words) {
    const Tensor* tensor = file_.find(prefix_ + name);
    if (!tensor)
      fail(file_.name, " has no tensor ", name, ", expected one of shape ", shape_text(shape),
           " = [", words, "]");
    if (tensor->shape != shape)
      fail("tensor ", tensor->name, " has shape ", shape_text(tensor->shape), ", expected ",
           shape_text(shape), " = [", words, "] of the config");
    used_.insert(tensor->name);
    std::int64_t count = 1;
    for (std::int64_t n : shape) count *= n;
    parameters_ += count;
    return *tensor;
  }

  // A whole tensor; the file's rows are the matrix's columns. A target that moves keeps its numbers
  // where they are.
  template <class Target>
  void read(const std::string& name, const Shape& shape, const char* words, Target& target) {
    const Tensor& tensor = use(name, shape, words);
    fill(tensor, shape, 0, target);
  }

  // A bias: nothing happens where the file has none.
  template <class Target>
  void read_bias(const std::string& name, const Shape& shape, const char* words, Target& target) {
    if (has(name)) read(name, shape, words, target);
  }

  // One matrix or vector a head; the tensor's first axis counts the heads.
  template <class Target>
  void read_heads(const std::string& name, const Shape& shape, const char* words,
                  Target HeadWeights::*member, std::vector<HeadWeights>& heads) {
    const Tensor& tensor = use(name, shape, words);
    heads.resize(std::size_t(shape[0]));
    const Shape of_head(shape.begin() + 1, shape.end());
    std::int64_t first = 0;
    for (HeadWeights& head : heads) {
      fill(tensor, of_head, first, head.*member);
      first += (head.*member).size();
    }
  }

  std::int64_t parameters() const { return parameters_; }
  bool used(const std::string& name) const { return used_.count(name) > 0; }

 private:
  template <class Target>
  void fill(const Tensor& tensor, const Shape& shape, std::int64_t first, Target& target) {
    const std::int64_t columns = shape.size() > 1 ? shape[0] : 1;
    target.resize(Eigen::Index(shape.back()), Eigen::Index(columns));
    for (std::int64_t at = 0; at < target.size(); at += numbers_a_step) {
      const std::int64_t count = std::min<std::int64_t>(numbers_a_step, target.size() - at);
      parts_.push_back({&tensor, first + at, count, target.data() + at});
    }
  }

  const Safetensors& file_;
  const std::string& prefix_;
  std::vector<Part>& parts_;
  std::set<std::string> used_;
  std::int64_t parameters_ = 0;
};

// The layers that tensors name must be 0 .. n_layers - 1.
void check_layers(const Safetensors& file, const std::string& prefix, const Config& config) {
  const std::string blocks = prefix + "blocks.";
  std::set<int> layers;
  for (const auto& [name, tensor] : file.tensors) {
    if (!starts_with(name, blocks)) continue;
    int layer = 0;
    const char* end = name.data() + name.size();
    if (std::from_chars(name.data() + blocks.size(), end, layer).ec == std::errc() && layer >= 0)
      layers.insert(layer);
  }
  const int highest = layers.empty() ? -1 : *layers.rbegin();
  if (int(layers.size()) != config.n_layers || highest != config.n_layers - 1)
    fail(file.name, " has tensors of ", layers.size(), " layers",
         layers.empty() ? "" : ", the highest blocks.",
         layers.empty() ? "" : std::to_string(highest), ", expected n_layers = ", config.n_layers,
         " of the config, counted from 0");
}

void read_norm(Registry& registry, const Config& config, const std::string& name,
               NormWeightsOf<float>& norm) {
  if (config.normalization != Normalization::LN) return;
  registry.read(name + ".w", {config.d_model}, "d_model", norm.w);
  registry.read(name + ".b", {config.d_model}, "d_model", norm.b);
}

LayerWeightsOf<float> read_layer(Registry& registry, const Config& config, int index) {
  const std::string block = "blocks." + std::to_string(index);
  const std::string attn = block + ".attn.";
  const Shape qkv = {config.n_heads, config.d_model, config.d_head};
  const Shape bias = {config.n_heads, config.d_head};
  LayerWeightsOf<float> layer;
  const struct {
    char input;
    Matrix HeadWeights::*W;
    Vector HeadWeights::*b;
  } inputs[] = {{'Q', &HeadWeights::W_Q, &HeadWeights::b_Q},
                {'K', &HeadWeights::W_K, &HeadWeights::b_K},
                {'V', &HeadWeights::W_V, &HeadWeights::b_V}};
  for (const auto& in : inputs) {
    registry.read_heads(attn + "W_" + in.input, qkv, "n_heads, d_model, d_head", in.W, layer.heads);
    const std::string b = attn + "b_" + in.input;
    if (registry.has(b)) registry.read_heads(b, bias, "n_heads, d_head", in.b, layer.heads);
  }
  registry.read_heads(attn + "W_O", {config.n_heads, config.d_head, config.d_model},
                      "n_heads, d_head, d_model", &HeadWeights::W_O, layer.heads);
  registry.read_bias(attn + "b_O", {config.d_model}, "d_model", layer.b_O);
  read_norm(registry, config, block + ".ln1", layer.ln1);
  return layer;
}

// A tensor of the model that is not in the registry would change the logits.
[[noreturn]] void refuse_unknown(const std::string& name, const Config& config) {
  if (is_norm(name) && config.normalization != Normalization::LN)
    fail("tensor ", quote(name), " is a LayerNorm's, but normalization_type is ",
         config.normalization == Normalization::none ? "null" : "\"LNPre\"",
         ", which has no weights; expected \"LN\", or a file without them");
  if (contains(name, ".mlp.") || contains(name, ".ln2."))
    fail("tensor ", quote(name), " is an MLP's: models with MLPs, such as GPT-2, are not read",
         attention_only);
  fail("tensor ", quote(name),
       " is none that an attention-only transformer has; left out, the "
       "logits would be others");
}

}  // namespace

std::string name_prefix(const Safetensors& file) {
  const std::string name = "embed.W_E";
  if (file.find(name)) return "";
  std::vector<std::string> prefixes;
  for (const auto& [found, tensor] : file.tensors)
    if (ends_with(found, "." + name))
      prefixes.push_back(found.substr(0, found.size() - name.size()));
  if (prefixes.empty()) refuse_other_architecture(file);
  if (prefixes.size() > 1)
    fail(file.name, " holds more than one model, with names that start ", quote(prefixes[0]),
         " and ", quote(prefixes[1]), "; expected one");
  return prefixes[0];
}

bool has_norm_weights(const Safetensors& file, const std::string& prefix) {
  return file.find(prefix + "ln_final.w") || file.find(prefix + "blocks.0.ln1.w");
}

WeightsReading::WeightsReading(const Safetensors& file, const std::string& prefix,
                               const Config& config) {
  Registry registry(file, prefix, parts_);
  Weights& weights = result_.weights;
  registry.read("embed.W_E", {config.d_vocab, config.d_model}, "d_vocab, d_model", weights.W_E);
  registry.read("pos_embed.W_pos", {config.n_ctx, config.d_model}, "n_ctx, d_model", weights.W_pos);
  check_layers(file, prefix, config);
  for (int layer = 0; layer < config.n_layers; ++layer)
    weights.layers.push_back(read_layer(registry, config, layer));
  read_norm(registry, config, "ln_final", weights.ln_final);
  registry.read("unembed.W_U", {config.d_model, config.d_vocab}, "d_model, d_vocab", weights.W_U);
  registry.read_bias("unembed.b_U", {config.d_vocab}, "d_vocab", weights.b_U);
  for (const auto& [name, tensor] : file.tensors) {
    if (registry.used(name)) continue;
    const std::string plain = starts_with(name, prefix) ? name.substr(prefix.size()) : "";
    if (is_of_model(plain) && !is_buffer(plain)) refuse_unknown(name, config);
    result_.ignored.push_back(name);
  }
  result_.parameters = registry.parameters();
  for (const Part& part : parts_) all_ += part.count;
}

double WeightsReading::progress() const {
  return done() ? 1 : double(read_) / double(all_);
}

void WeightsReading::step() {
  assert(!done());
  const Part& part = parts_[next_++];
  read_floats(*part.tensor, part.first, part.count, part.to);
  read_ += part.count;
}

WeightsFile WeightsReading::take() {
  assert(done());
  return std::move(result_);
}

WeightsFile read_weights(const Safetensors& file, const std::string& prefix, const Config& config) {
  WeightsReading reading(file, prefix, config);
  while (!reading.done()) reading.step();
  return reading.take();
}

}  // namespace engine
