// A claim of the paper, in our own words, and what was measured for it. Each names its section of
// the paper. The thresholds are ours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

struct ClaimText {
  const char* id;
  const char* section;
  const char* claim;
};

// All of them, in the paper's order.
const std::vector<ClaimText>& claim_texts();

// How a number is held to its threshold.
enum class Bound { none, at_least, above, at_most, below };
const char* name(Bound bound);  // "", ">=", ">", "<=", "<"

struct Measured {
  std::string what;  // with its unit
  double value = 0;
  Bound bound = Bound::none;
  double threshold = 0;

  bool holds() const;  // true without a bound; NaN is within none
};

struct Claim {
  const ClaimText* text = nullptr;
  int n_layers = 0;                // of the model that it was measured on
  std::vector<Measured> measured;  // the claim's own number first; empty where there is none
  std::optional<bool> holds;       // none where there is no answer
  std::string reason;              // why there is none, or why it does not hold; else empty
};

// Holds where every number is within its bound; without any bound there is no answer, and `reason`
// says so. `reason` is kept only where it does not hold. The id is in the list (asserted).
Claim measured_claim(std::string_view id, int n_layers, std::vector<Measured> measured,
                     const std::string& reason);
Claim unanswered_claim(std::string_view id, const std::string& reason);

// "0.956": for reasons.
std::string rounded(double value);

}  // namespace engine
