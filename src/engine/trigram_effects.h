// What skip-trigrams that were read off the weights do on texts: does the source raise the output?
// Paper: "Interpretation as Skip-Trigrams".
#pragma once

#include <optional>

#include "engine/crossed_trigrams.h"
#include "engine/forward.h"
#include "engine/random.h"

namespace engine {

struct HeadTrigram {
  HeadId head;
  SkipTrigram trigram;
};

// The strongest of both, strongest first, at most `count`.
std::vector<HeadTrigram> strongest(std::vector<HeadTrigram> trigrams, std::size_t count);

// What a source does on texts, mean over contexts.
struct SourceEffect {
  double nats = 0;       // log-probability of the output less that with another token in its place
  double attention = 0;  // the head's, from the destination to the source
};

// Of `source ... destination` with random tokens between them, `n` tokens in all, at least two; the
// token in the source's place is random too. One context or more, two tokens or more in the
// vocabulary (all asserted).
SourceEffect source_effect(const Model& model, const HeadTrigram& of, int n, int contexts,
                           Random& random);

// The stronger of the two crossed skip-trigrams of a source; none where it has none. As
// crossed_trigrams.h has them, `most` likewise.
std::optional<SkipTrigram> stronger_crossed(const TokenTables& tables, const BigramCounts& counts,
                                            int source, int most);

}  // namespace engine
