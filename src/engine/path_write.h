// One term of the expansion as a whole: what it writes to the residual stream, and to all logits.
// And the biases that enter a path. Paper: "Path Expansion Trick".
#pragma once

#include "engine/run.h"

namespace engine {

// d_model x n: what the biases that enter in front of the path (or in its first head) write through
// it; b_U and ln_final.b, which enter after the stream, are not in it.
// The path's heads are the model's, layers rising (asserted), here as below.
Matrix bias_flow(const Model& model, const Run& run, const Path& path);

// The path's share of the residual stream at `position`, before the last LayerNorm; with `bias` its
// bias term's. d_model. Position in 0 .. n-1 (else Error).
Vector path_write(const Model& model, const Run& run, int position, const Path& path,
                  bool bias = false);

// One term over the whole vocabulary: d_vocab logits. Errors as above.
Vector term_logits(const Model& model, const Run& run, int position, const Path& path,
                   bool bias = false);

// d_vocab: the logits of a share of the residual stream, through the last LayerNorm's linear part.
Vector unembed(const Model& model, const Run& run, int position, const Vector& write);

// d_vocab: what enters after the stream: b_U, and ln_final.b through W_U.
Vector logit_bias(const Model& model);

// d_model: the b_O of the first `layers` layers.
Vector output_bias(const Model& model, int layers);

// d_head: what biases add to a head's values at every position, LayerNorm's b through W_V included.
Vector value_bias(const Model& model, HeadId id);

// Throws Error unless `position` is one of the run's.
void check_position(const Run& run, int position);

}  // namespace engine
