#include "explorer/term_reading.h"

#include <algorithm>

namespace explorer {

std::vector<int> term_tokens(Explorer& explorer) {
  std::vector<int> tokens = engine::distinct_tokens(explorer.tokens());
  const int target = explorer.target();
  if (std::find(tokens.begin(), tokens.end(), target) == tokens.end()) tokens.push_back(target);
  return tokens;
}

std::shared_ptr<const engine::TermTensor> term_tensor(Explorer& explorer,
                                                      const engine::Path& path) {
  return explorer.remembered("tensor " + engine::name(path), [&] {
    return engine::term_tensor(explorer.loaded().model, explorer.cut_run(), term_tokens(explorer),
                               path);
  });
}

}  // namespace explorer
