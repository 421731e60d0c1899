// Explorers of random models, which read ids.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "engine/random_model.h"
#include "explorer/explorer.h"

namespace explorers {

inline explorer::Explorer of(const engine::Shape& shape, const std::string& ids,
                             std::uint64_t seed = 61) {
  engine::LoadedModel loaded{engine::random_model<float>(seed, shape),
                             engine::Tokenizer::of_ids(shape.d_vocab),
                             0,
                             -1,
                             {},
                             {}};
  explorer::Explorer explorer(std::make_shared<const engine::LoadedModel>(std::move(loaded)));
  explorer.set_text(ids);
  return explorer;
}

// A text of n tokens, which come again after 25.
inline std::string counted(int n) {
  std::string ids;
  for (int i = 0; i < n; ++i) ids += std::to_string(i % 25) + " ";
  return ids;
}

}  // namespace explorers
