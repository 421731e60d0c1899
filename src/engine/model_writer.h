// Model -> the files of a model folder: config.json and model.safetensors, with TransformerLens's
// names and shapes. What load_model() reads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/model.h"
#include "engine/safetensors.h"

namespace engine {

// config.json, in TransformerLens's words.
std::string write_config(const Config& config);

// model.safetensors with every weight rounded to the nearest F16 (ties to even). Throws Error
// naming the tensor for a weight that F16 cannot hold, and for a model with LayerNorm or biases.
std::string write_weights_f16(const Model& model);

// A model in one file, every weight in F32 as it is: config.json stands in the __metadata__ under
// "config". What `more` and `metadata` hold goes with it, under names that no model has; a reader
// of models leaves it aside. Throws Error for a model with LayerNorm or biases.
std::string write_model(const Model& model, std::vector<Tensor> more = {},
                        std::map<std::string, std::string> metadata = {});

// Takes the mean over the vocabulary out of W_U (of each column; d_vocab x d_model). All logits of
// a position change by the same number, which softmax ignores: the model is the same, and a logit
// reads as "above the vocabulary's mean". Models without b_U and the last LayerNorm's b (asserted).
void centre_W_U(Model& model);

}  // namespace engine
