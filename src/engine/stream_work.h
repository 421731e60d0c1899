// A run without logits in steps, a head a step: over a wide model and a long text the whole takes
// the better part of a second. All at once: cut_stream() of forward.h.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/pass.h"

namespace engine {

// The model must outlive it.
class StreamWork {
 public:
  // With `frozen`, cuts leave patterns and LayerNorm scales as they are without them. Throws Error
  // for tokens that the model cannot read.
  StreamWork(const Model& model, const std::vector<int>& tokens, const Cuts& cuts = {},
             bool frozen = false);

  bool done() const { return pass_->done(); }
  double progress() const;  // 0 to 1
  void step();              // not after the last (asserted); throws Error as Pass does
  Run take();               // once it is done (asserted), and then it has none

 private:
  std::unique_ptr<Run> whole_, run_;         // whole: without cuts, where that is what freezes
  std::optional<Pass<float>> first_, pass_;  // through each of them
};

}  // namespace engine
