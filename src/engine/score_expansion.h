// An attention score as a sum: of each path that reaches the query, with each that reaches the key.
// Paper: "Path Expansion of Attention Scores QK Circuit" of two-layer transformers. Patterns of the
// earlier heads and LayerNorm's 1/sigma are as they were in the run, and the sum is exact.
#pragma once

#include <vector>

#include "engine/path_expansion.h"

namespace engine {

// What reaches a head's query or key: a path of earlier heads (none: the token at that place, with
// its position where positions are standard), shortformer's W_pos, or all biases together.
struct ScoreSide {
  enum class Kind { path, position, bias };
  Kind kind = Kind::path;
  Path path;
};
std::string name(const ScoreSide& side);  // "direct", "L0H3", "L0H3-L1H5", "position", "bias"

// `position` if either side is one, else `bias` if either is, else which sides pass a head.
enum class ScoreKind { none, Q, K, QK, position, bias };
const ScoreKind all_score_kinds[] = {ScoreKind::none, ScoreKind::Q,        ScoreKind::K,
                                     ScoreKind::QK,   ScoreKind::position, ScoreKind::bias};
const char* name(ScoreKind kind);

struct ScoreTerm {
  ScoreSide query, key;
  float score = 0;   // divided by attn_scale, as scores are
  bool cut = false;  // a cut of the run takes it out: the score is 0
  ScoreKind kind() const;
};

struct ScoreExpansion {
  HeadId head;
  int destination = 0, source = 0;
  float score = 0;               // the run's
  float sum = 0;                 // of the terms
  std::vector<ScoreTerm> terms;  // by falling |score|
};

// Terms that a score of the head has, those of positions and biases included.
double score_term_count(const Config& config, HeadId head);

// The head is the model's; the run is not frozen, for then its scores are another run's (asserted).
// Destination in 0 .. n-1, source in 0 .. destination, at most max_terms terms (else Error).
ScoreExpansion expand_score(const Model& model, const Run& run, HeadId head, int destination,
                            int source);

}  // namespace engine
