// The path expansion trick: the model is a product of layers; expanded, its logits are a sum over
// paths, each through some heads of ever later layers. Paper: "Path Expansion Trick", for two
// layers
//   T = Id (x) W_U W_E + sum_h A^h (x) W_U W_OV^h W_E
//       + sum_h1,h2 (A^h2 A^h1) (x) W_U W_OV^h2 W_OV^h1 W_E.
// With patterns (and LayerNorm's 1/sigma) as they were in the run, the sum is exact.
#pragma once

#include <vector>

#include "engine/forward.h"

namespace engine {

enum class TermKind { direct, head, virtual_head, bias };
const char* name(TermKind kind);  // "direct", "head", "virtual", "bias"

// A path's value. Of a bias term, `path` holds the heads passed after the bias entered.
struct Term {
  Path path;
  TermKind kind = TermKind::direct;
  float logit = 0;
  Vector sources;    // position + 1: what came through each source token; empty for bias terms
  bool cut = false;  // a cut of the run takes it out: logit and sources are 0
};

// What is read off the logits: the logit of a token, or its difference from another token's, or
// from the mean over the vocabulary (softmax ignores what all logits share). Each is exact.
struct Reading {
  enum class Against { none, token, mean };
  int target = 0;
  Against against = Against::none;
  int against_token = 0;
};

struct Expansion {
  int position = 0;
  Reading reading;
  float logit = 0;  // read off the run's logits
  float sum = 0;    // of the terms
  // Over the vocabulary, of the plain logits: |sum of the paths' writes through W_U - logit|. Each
  // path is carried forwards for it; the terms read the same paths backwards from one token. At
  // least |sum - logit| where the plain logit is read.
  float max_abs_error = 0;
  float max_abs_logit = 0;  // over the vocabulary: max_abs_error / max_abs_logit is "exact to"
  std::vector<Term> terms;  // by falling |logit|
};

// Terms that a model has for a position, bias terms included: each layer's heads may be passed or
// not. Infinity where a double cannot hold it.
double term_count(const Config& config);
const double max_terms = 1e6;  // more are not listed: they would take seconds and gigabytes

// All terms of a position's reading, for any number of layers; those of a run with cuts describe
// the cut run. Position in 0 .. n-1, tokens in the vocabulary, at most max_terms (else Error).
Expansion expand(const Model& model, const Run& run, int position, const Reading& reading);

// The reading of a column of logits, d_vocab of them; the reading's tokens are in the vocabulary.
float read(const Vector& logits, const Reading& reading);

}  // namespace engine
