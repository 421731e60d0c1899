#include "engine/stream_work.h"

#include <cassert>
#include <utility>

#include "engine/forward.h"

namespace engine {

StreamWork::StreamWork(const Model& model, const std::vector<int>& tokens, const Cuts& cuts,
                       bool frozen)
    : run_(std::make_unique<Run>()) {
  check_tokens(model.config, tokens);
  const Matrix embedding = embed(model, tokens);
  if (frozen && !cuts.empty()) {
    whole_ = std::make_unique<Run>();
    enter(model.config, *whole_, tokens, embedding);
    first_.emplace(model, *whole_, nullptr, 0);
  }
  run_->cuts = cuts;
  enter(model.config, *run_, tokens, embedding);
  pass_.emplace(model, *run_, whole_.get(), 0);
}

double StreamWork::progress() const {
  return first_ ? (first_->progress() + pass_->progress()) / 2 : pass_->progress();
}

void StreamWork::step() {
  assert(!done());
  (first_ && !first_->done() ? *first_ : *pass_).step();
}

Run StreamWork::take() {
  assert(done());
  return std::move(*run_);
}

}  // namespace engine
