#include "engine/held_out.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/error.h"

namespace engine {

namespace {

// Mean over positions first .. last, both included.
double mean_between(const std::vector<double>& values, int first, int last) {
  double sum = 0;
  for (int i = first; i <= last; ++i) sum += values[std::size_t(i)];
  return sum / (last - first + 1);
}

}  // namespace

HeldOutWindows held_out_windows(const Config& config, const std::vector<int>& tokens, int windows) {
  const int n_ctx = config.n_ctx, size = int(tokens.size());
  if (n_ctx < 2)
    fail("the model's n_ctx is ", n_ctx, ", expected 2 or more: a window of one token has nothing ",
         "to predict");
  if (size < 2) fail("the held-out text has ", size, " tokens, expected 2 or more");
  HeldOutWindows result;
  result.width = std::min(n_ctx, size);
  result.of = std::max(1, size / n_ctx);
  result.count = windows > 0 ? std::min(result.of, windows) : result.of;
  return result;
}

std::vector<int> HeldOutWindows::tokens(const std::vector<int>& text, int index) const {
  const auto first = text.begin() + std::ptrdiff_t(index) * of / count * width;
  return {first, first + width};
}

double mean_loss(const Model& model, const Run& run) {
  assert(run.n() >= 2);
  Predictions predictions = next_predictions(model, run);
  while (!predictions.done()) predictions.step();
  double sum = 0;
  for (int i = 0; i + 1 < run.n(); ++i) sum -= predictions.log_probability(std::size_t(i));
  return sum / (run.n() - 1);
}

HeldOutMeter::HeldOutMeter(const Model& model, std::vector<int> tokens, int windows,
                           const Cuts& cuts)
    : model_(model),
      tokens_(std::move(tokens)),
      windows_(held_out_windows(model.config, tokens_, windows)),
      cuts_(cuts),
      sums_(std::size_t(windows_.width - 1)) {}

double HeldOutMeter::progress() const {
  double part = stream_ ? stream_->progress() / 2 : 0;
  if (predictions_) part = (1 + predictions_->progress()) / 2;
  return (window_ + part) / windows_.count;
}

void HeldOutMeter::step() {
  assert(!done());
  if (!predictions_) {
    if (!stream_) stream_.emplace(model_, windows_.tokens(tokens_, window_), cuts_);
    stream_->step();
    if (!stream_->done()) return;
    predictions_.emplace(next_predictions(model_, stream_->take()));
    stream_.reset();
    return;
  }
  predictions_->step();
  if (!predictions_->done()) return;
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] -= predictions_->log_probability(i);
  predictions_.reset();
  ++window_;
}

HeldOutLoss HeldOutMeter::result() const {
  assert(window_ > 0);
  const int width = windows_.width;
  HeldOutLoss result;
  result.loss_by_position = sums_;
  for (double& loss : result.loss_by_position) loss /= window_;
  result.predictions = (long long)(window_) * (width - 1);
  result.loss = mean_between(result.loss_by_position, 0, width - 2);
  if (width >= 252)
    result.in_context = mean_between(result.loss_by_position, 200, 250) -
                        mean_between(result.loss_by_position, 20, 40);
  return result;
}

HeldOutLoss held_out_loss(const Model& model, const std::vector<int>& tokens, int windows,
                          const Cuts& cuts) {
  HeldOutMeter meter(model, tokens, windows, cuts);
  while (!meter.done()) meter.step();
  return meter.result();
}

}  // namespace engine
