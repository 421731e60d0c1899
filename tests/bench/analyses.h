// The engine's analyses, each beside the naive way to the same numbers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/model.h"

namespace bench {

struct Analysis {
  std::string name;
  std::function<void()> ours;
  std::function<void()> naive;  // none where there is but one way
  double part = 1;              // of the naive work that `naive` does: the whole may take hours
  std::string naive_way;
};

// On a text of as many random tokens as the context holds. The model, of two layers, must outlive
// them.
std::vector<Analysis> analyses(const engine::Model& model);

}  // namespace bench
