// Model -> the files of a model folder: config.json and model.safetensors in F16, with
// TransformerLens's names and shapes. What load_model() reads.
#pragma once

#include <string>

#include "engine/model.h"

namespace engine {

// config.json, in TransformerLens's words.
std::string write_config(const Config& config);

// model.safetensors with every weight rounded to the nearest F16 (ties to even). Throws Error
// naming the tensor for a weight that F16 cannot hold, and for a model with LayerNorm or biases.
std::string write_weights_f16(const Model& model);

}  // namespace engine
