// A random model with a tokenizer, as load_model would give it.
#pragma once

#include "engine/model_file.h"
#include "engine/random_model.h"

namespace report {

inline engine::LoadedModel random_loaded(std::uint64_t seed, const engine::Shape& shape) {
  engine::LoadedModel loaded;
  loaded.model = engine::random_model<float>(seed, shape);
  loaded.tokenizer = engine::Tokenizer::of_ids(shape.d_vocab);
  loaded.parameters = 12345;
  return loaded;
}

}  // namespace report
