// A run's activations under TransformerLens's hook names and in its shapes, as its cache has them
// for a batch of one text: what researchers look at first when they check a program against theirs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/forward.h"

namespace report {

struct Activation {
  std::string name;                 // "blocks.0.attn.hook_pattern"
  std::vector<std::int64_t> shape;  // [1, ...]
  std::vector<float> values;        // the last index runs fastest
};

// In the order of the computation:
//   hook_embed, hook_pos_embed                        [1, pos, d_model]
//   blocks.L.hook_resid_pre, hook_attn_out, hook_resid_post  [1, pos, d_model]
//   blocks.L.ln1.hook_scale, ln_final.hook_scale      [1, pos, 1], sigma; with LN and LNPre
//   blocks.L.ln1.hook_normalized, ln_final.hook_normalized   [1, pos, d_model]; the same
//   blocks.L.attn.hook_q, hook_k, hook_v, hook_z      [1, pos, head, d_head]
//   blocks.L.attn.hook_attn_scores, hook_pattern      [1, head, destination, source]
//   blocks.L.attn.hook_result                         [1, pos, head, d_model]
//   logits                                            [1, pos, d_vocab]
// Scores are -infinity where source > destination, as there. The run has no cuts.
std::vector<Activation> activations(const engine::Model& model, const engine::Run& run);

}  // namespace report
