// What each term of the path expansion is worth over a text: the loss without it, patterns (and
// LayerNorm scales) as they were in the run. Paper: "Term Importance Analysis". A term that is left
// out is the cut `path:...` of cuts.h.
#pragma once

#include <memory>
#include <vector>

#include "engine/held_out.h"
#include "engine/path_expansion.h"

namespace engine {

struct TermNats {
  Path path;
  double nats = 0;  // the loss without the term, minus the loss; 0 where a cut took the term out
};

struct TermImportance {
  long long predictions = 0;
  double loss_uniform = 0;  // log d_vocab
  double loss = 0;          // nats a token, of the run with its cuts
  // [k]: of the paths of at most k heads, and the biases, which are always in; n_layers + 1 of
  // them. The last is the loss.
  std::vector<double> loss_by_order;
  std::vector<TermNats> heads;          // paths of one head, in the order of all_heads
  std::vector<TermNats> virtual_heads;  // paths of two, by the earlier head, then the later
};

// What is measured: the loss without each term, or that by order alone, a small part of the work.
enum class ImportanceOf { each_term, orders };

// Sums of losses over predictions, in nats; as TermImportance has them.
struct TermLosses {
  double whole = 0;
  std::vector<double> orders;   // but the last
  std::vector<double> without;  // each head, then each virtual head
};

// Measures over the windows of held_out.h, in steps of some milliseconds: a head of a window's run,
// or some rows of the vocabulary. A step throws Error for logits that are not finite.
class TermImportanceMeter {
 public:
  // `windows` of the text's windows (all, where 0); with `frozen`, cuts leave patterns and
  // LayerNorm scales as they were. Of orders alone no heads are listed. The model must outlive
  // this. Throws Error for fewer than two tokens.
  TermImportanceMeter(const Model& model, std::vector<int> tokens, const Cuts& cuts = {},
                      bool frozen = false, int windows = 0,
                      ImportanceOf of = ImportanceOf::each_term);
  ~TermImportanceMeter();

  void step();  // not after the last (asserted)
  bool done() const { return window_ == windows_.count; }
  double progress() const;  // 0 to 1
  bool has_result() const { return window_ > 0; }
  // Over the windows that are finished, at least one (asserted).
  TermImportance result() const;

 private:
  class Window;

  const Model& model_;
  const std::vector<int> tokens_;
  const Cuts cuts_;
  const bool frozen_;
  const HeldOutWindows windows_;
  const std::vector<Path> terms_;    // heads, then virtual heads; none where orders are asked for
  int window_ = 0;                   // finished ones
  std::unique_ptr<Window> current_;  // the one after them, once it has begun
  TermLosses sums_;                  // of the finished ones
};

}  // namespace engine
