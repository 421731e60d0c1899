#include "engine/claim.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace engine {

const std::vector<ClaimText>& claim_texts() {
  static const std::vector<ClaimText> texts = {
      {"residual-sum", "residual stream",
       "The residual stream is the sum of what every layer wrote; nothing else happens to it."},
      {"heads-add", "attention heads are independent and additive",
       "A layer's output is the sum of its heads' outputs, each alone."},
      {"two-operations", "attention heads as information movement",
       "A head moves (its pattern) and transforms (W_OV) independently: A ⊗ W_OV."},
      {"factored", "observations about attention heads",
       "W_Q and W_K only ever act together, and so do W_O and W_V."},
      {"bandwidth", "residual stream bandwidth",
       "Heads read and write small subspaces of the residual stream."},
      {"zero-bigram", "zero-layer transformers",
       "Without layers, W_U W_E approximates bigram log-likelihoods."},
      {"one-layer-sum", "one-layer transformers, path expansion",
       "With the patterns given, one-layer logits are exactly the direct path plus one term a "
       "head."},
      {"direct-bigram", "one-layer transformers, path expansion",
       "The direct path of a one-layer model still carries bigram statistics: those that the heads "
       "don't."},
      {"skip-trigram", "one-layer transformers, skip-trigrams",
       "A head's QK and OV tables together are skip-trigrams, read without running the model."},
      {"copying", "copying, primitive in-context learning",
       "Most heads of a one-layer model give capacity to copying."},
      {"copying-context", "primitive in-context learning",
       "A one-layer model can raise a token because it occurred, also where it doesn't belong."},
      {"bugs", "skip-trigram bugs",
       "A head that raises two skip-trigrams of a source must raise their cross terms too."},
      {"positional", "primarily positional heads",
       "Some heads attend by position, mostly to the token before."},
      {"two-layer-sum", "two-layer transformers, path expansion",
       "With the patterns given, logits are exactly direct path + heads + virtual heads."},
      {"score-sum", "path expansion of attention scores",
       "A score of a later layer's head is a sum over query path times key path."},
      {"composition-sparse", "analyzing a two-layer model",
       "Few pairs of heads compose much beyond chance; K-composition with a previous-token head "
       "stands out."},
      {"induction-exists", "induction heads",
       "Some heads look for where the present token stood before and attend to what came next."},
      {"induction-needs-two", "induction heads", "One layer can't do that."},
      {"induction-random", "checking the mechanistic theory",
       "Induction works on random tokens too, far from any text."},
      {"induction-copies", "checking the mechanistic theory",
       "An induction head's OV circuit copies."},
      {"induction-matches", "checking the mechanistic theory",
       "Its QK circuit, through the previous-token head, matches a token with itself."},
      {"induction-cause", "checking the mechanistic theory",
       "The K edge from the previous-token head is what makes an induction head work."},
      {"in-context", "induction heads",
       "Induction heads are much of in-context learning: the loss falls along the context in two "
       "layers more than in one."},
      {"terms", "term importance analysis", "Single heads matter most, virtual heads little."},
      {"layer-1-heads", "term importance analysis",
       "Of the single-head terms, those of the last layer carry nearly all."},
      {"composition-counts", "two-layer transformers",
       "What layer 0 is for is mostly composition: its direct terms matter little, its effect on "
       "later patterns much."},
      {"formation", "In-context Learning and Induction Heads (2022)",
       "Induction heads form in a short window of training, and the in-context score moves with "
       "them."},
  };
  return texts;
}

const char* name(Bound bound) {
  const char* const names[] = {"", ">=", ">", "<=", "<"};
  return names[int(bound)];
}

bool Measured::holds() const {
  switch (bound) {
    case Bound::none:
      return true;
    case Bound::at_least:
      return value >= threshold;
    case Bound::above:
      return value > threshold;
    case Bound::at_most:
      return value <= threshold;
    case Bound::below:
      return value < threshold;
  }
  return false;
}

namespace {

Claim claim_of(std::string_view id) {
  Claim claim;
  for (const ClaimText& text : claim_texts())
    if (text.id == id) claim.text = &text;
  assert(claim.text);
  return claim;
}

}  // namespace

Claim measured_claim(std::string_view id, int n_layers, std::vector<Measured> measured,
                     const std::string& reason) {
  Claim claim = claim_of(id);
  claim.n_layers = n_layers;
  claim.measured = std::move(measured);
  const auto& all = claim.measured;
  const auto is_bound = [](const Measured& each) { return each.bound != Bound::none; };
  const auto holds = [](const Measured& each) { return each.holds(); };
  if (std::any_of(all.begin(), all.end(), is_bound))
    claim.holds = std::all_of(all.begin(), all.end(), holds);
  if (claim.holds != true) claim.reason = reason;
  return claim;
}

Claim unanswered_claim(std::string_view id, const std::string& reason) {
  Claim claim = claim_of(id);
  claim.reason = reason;
  return claim;
}

std::string rounded(double value) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(3) << value;
  return text.str();
}

}  // namespace engine
