// Claims on what heads do to the residual stream, in one run. Paper: "High-Level Architecture",
// "Attention Heads are Independent and Additive", "Attention Heads as Information Movement".
// Each error is the largest absolute difference over the largest absolute value.
#pragma once

#include "engine/bandwidth.h"
#include "engine/claim_sources.h"

namespace engine {

// Of the stream at the end from the embedding plus every head's result (and b_O). A run without
// cuts (asserted), here as below.
double residual_sum_error(const Model& model, const Run& run);

// Of a layer's output, its heads' values side by side through their W_O side by side, from the sum
// of what each head writes in a model that has no other; the worst layer's. 0 without layers.
double heads_add_error(const Model& model, const Run& run);

// Of a head's result from W_OV of its input, which the pattern has moved first; the worst head's.
double two_operations_error(const Model& model, const Run& run);

// The same model with its heads factored another way: S W_Q and S^-T W_K, S' W_V and W_O S'^-1,
// biases likewise, with random S whose singular values are between 0.5 and 2.
Model refactored(Model model, std::uint64_t seed);
// Of the scores and results of a refactored model's run from the run's; the worst head's.
double factoring_error(const Model& model, const Run& run, std::uint64_t seed = 1);

// residual-sum, heads-add, two-operations, factored, bandwidth.
std::unique_ptr<ClaimWork> stream_claims(const ClaimSubjects& subjects,
                                         const ClaimSources& sources);

}  // namespace engine
