// A term of the path expansion as the tensor product that it is: A (x) W, a pattern over positions
// and a matrix over the vocabulary, here over some tokens. Paper: "Path Expansion Trick".
#pragma once

#include <vector>

#include "engine/path_expansion.h"

namespace engine {

struct TermTensor {
  Path path;
  bool cut = false;  // a cut of the run takes the term out: its pattern is 0
  // n x n (destination, source): A^hk ... A^h1, the identity for the direct path. With LayerNorm
  // each A has the 1/sigma that its values were read with, and the last LayerNorm's is in front.
  Matrix pattern;
  // (output, source) over the tokens: W_U W_OV^hk ... W_OV^h1 W_E, LayerNorm's linear parts in it.
  Matrix weights;
  // (output, source position), tokens x n: the same of W_pos. Empty with shortformer positions.
  Matrix positions;
};

// The text's tokens, each once, in the order in which they come first.
std::vector<int> distinct_tokens(const std::vector<int>& tokens);

// The paths of a model: by their number of heads, then by the heads. At most max_terms / 2 (else
// Error).
std::vector<Path> all_paths(const Config& config);

// For a run and the term of a path whose heads are the model's, layers rising (asserted); `tokens`
// are in the vocabulary. The sum over all terms and sources of
//   pattern(destination, source) * (weights(output, token at source) + positions(output, source))
// and of the bias terms is the run's logit.
TermTensor term_tensor(const Model& model, const Run& run, const std::vector<int>& tokens,
                       const Path& path);

}  // namespace engine
