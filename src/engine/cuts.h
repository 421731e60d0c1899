// Cuts: zero ablation of heads, of the edges between them, and of single paths (design, section 4).
//   L0H3               the head's whole write
//   L0H3>L1H5:K        the later head's key input loses the earlier head's write (Q, K or V)
//   L0H3>logits        the head's direct effect on the logits alone
//   path:L0H3-L1H5     one term leaves the final sum; patterns stay as they were
//   path:direct        the same for the direct path
//   *                  all heads: the direct path alone is left
// `*` stands for all heads, those of a layer (L0*) or, after `>`, all later ones (L0H4>*:K).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model.h"

namespace engine {

// What a head reads: the residual stream three times over.
enum class Input { Q, K, V };
constexpr Input all_inputs[] = {Input::Q, Input::K, Input::V};
char letter(Input input);  // 'Q', 'K' or 'V'

class Cuts {
 public:
  Cuts() = default;  // nothing is cut
  // Throws Error naming the expression when it is none of the above for this config.
  static Cuts parse(const std::vector<std::string>& expressions, const Config& config);

  bool empty() const { return expressions_.empty(); }
  // As they were given, for people.
  const std::vector<std::string>& expressions() const { return expressions_; }

  // Is the later head's input without the earlier head's write?
  bool edge(HeadId earlier, HeadId later, Input input) const;
  // Do the logits lack the head's direct write?
  bool logits(HeadId head) const;
  // Was this term taken out of the final sum? An empty path is the direct path.
  bool path(const Path& path) const;
  const std::set<Path>& paths() const { return paths_; }
  // Is this term gone, taken out itself or cut at the logits or at a V edge on its way?
  bool removes(const Path& path) const;

  // Does any cut change what this head reads in this input?
  bool touches(HeadId later, Input input) const;

 private:
  struct Edge {
    HeadId earlier, later;
    Input input;
    bool operator<(const Edge& other) const;
  };
  void add(std::string_view expression, const Config& config);

  std::vector<std::string> expressions_;
  std::set<Edge> edges_;
  std::set<HeadId> logits_;
  std::set<Path> paths_;
};

}  // namespace engine
