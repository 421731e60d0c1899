// Skip-trigrams on texts, and the paper's "bugs": a head that raises `keep ... in -> mind` and
// `keep ... at -> bay` must raise `keep ... in -> bay` too, for it looks for the source and raises
// the output apart. Paper: "Interpretation as Skip-Trigrams", its "bugs".
#pragma once

#include <optional>

#include "engine/bigrams.h"
#include "engine/forward.h"
#include "engine/random.h"
#include "engine/skip_trigrams.h"

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

// Of one source, the crossed pair of destination and output with the largest product of qk and ov,
// both positive, that the counts call unlikely: both are counted tokens, the output is not listed
// after the destination; but it is listed after another destination that the head looks for the
// source from, and the destination has an output of its own that is listed and raised. Looked for
// among the `top` counted tokens that are highest in each table. None where there is no such pair.
std::optional<SkipTrigram> crossed_trigram(const TokenTables& tables, const BigramCounts& counts,
                                           int source, int top);

}  // namespace engine
