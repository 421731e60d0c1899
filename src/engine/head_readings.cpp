#include "engine/head_readings.h"

#include <cassert>

namespace engine {

HeadReadings::HeadReadings(const Model& model, bool predictions) : model_(model), products_(model) {
  for (HeadId head : all_heads(model.config)) readings_.push_back({head, {}, 0, {}});
  RepeatedOptions options;
  options.heads_only = !predictions;
  if (!readings_.empty() && can_repeat(model.config)) runs_.emplace(model, options, Cuts());
}

bool HeadReadings::done() const {
  return read_ == readings_.size() && (!runs_ || runs_->done());
}

double HeadReadings::progress() const {
  if (done()) return 1;
  const double heads = double(read_) / double(readings_.size());
  const double circuits = (products_.progress() + heads) / 2;
  return runs_ ? (circuits + runs_->progress()) / 2 : circuits;
}

void HeadReadings::step() {
  if (read_ == readings_.size()) return runs_->step();
  if (!products_.done()) return products_.step();
  if (!circuits_) circuits_.emplace(model_, products_);
  HeadReading& reading = readings_[read_++];
  reading.eigenvalues = circuits_->of(reading.head);
  reading.copying = copying_score(reading.eigenvalues.ov);
}

std::vector<HeadReading> HeadReadings::result() const {
  assert(done());
  std::vector<HeadReading> readings = readings_;
  if (!runs_) return readings;
  const std::vector<HeadScores> scores = runs_->result().heads;
  for (std::size_t h = 0; h < readings.size(); ++h) readings[h].scores = scores[h];
  return readings;
}

std::optional<RepeatedScores> HeadReadings::repeated() const {
  assert(done());
  if (!runs_) return {};
  return runs_->result();
}

}  // namespace engine
