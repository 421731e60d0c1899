// A term of the present position as the tensor product that it is, over the text's tokens and the
// token whose logit is read. Paper: "Path Expansion Trick".
#pragma once

#include <memory>
#include <vector>

#include "engine/term_tensor.h"
#include "explorer/explorer.h"

namespace explorer {

// The text's tokens, each once, in the order in which they come first; and the target, last, where
// it is none of them. Of a text that is not empty.
std::vector<int> term_tokens(Explorer& explorer);

// Of the run with the present cuts; `path` is one of the model's.
std::shared_ptr<const engine::TermTensor> term_tensor(Explorer& explorer, const engine::Path& path);

}  // namespace explorer
