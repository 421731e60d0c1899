#include "engine/composition_claims.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace engine {

namespace {

const char* const id = "composition-sparse";

class CompositionWork : public ClaimWork {
 public:
  explicit CompositionWork(const ClaimSubjects& subjects) : subject_(subjects.loaded) {
    previous_ = subject_.best(&HeadScores::previous_token);
    if (subject_.config().n_layers > 1 && previous_) readings_.emplace(*subject_.model);
  }

  std::vector<std::string> ids() const override { return {id}; }
  bool done() const override { return !readings_ || readings_->done(); }
  double progress() const override { return readings_ ? readings_->progress() : 1; }
  void step() override { readings_->step(); }

  std::vector<Claim> claims() const override {
    if (subject_.config().n_layers < 2)
      return {unanswered_claim(id, too_few_layers(subject_.config(), 2))};
    if (!previous_)
      return {unanswered_claim(id, "n_ctx is too short to find a previous-token head")};
    return {composition_sparse()};
  }

 private:
  Claim composition_sparse() const {
    const CompositionBaseline baseline = readings_->baseline();
    const StrongestEdges edges = strongest_edges(readings_->pairs(), baseline, previous_->head);
    // Others that are at chance or below are counted as one deviation above it.
    const double ratio = edges.best / std::max(edges.others, baseline.deviation.k);
    const std::string previous = name(previous_->head);
    const std::string reason = "the strongest K edge above chance goes out of " + name(edges.head) +
                               ", and the best previous-token head is " + previous + " (score " +
                               rounded(previous_->scores->previous_token) +
                               "), whose strongest is " + rounded(edges.best) + " against " +
                               rounded(edges.others) + " of any other head";
    return measured_claim(id, subject_.config().n_layers,
                          {{"strongest K edge out of the best previous-token head, " + previous +
                                ", over that of any other head, both above chance",
                            ratio, Bound::at_least, 1.5},
                           {"its K-composition above chance", edges.best},
                           {"of all other heads' pairs, the median", edges.median},
                           {"largest Q-composition above chance", edges.largest_q},
                           {"largest V-composition above chance", edges.largest_v}},
                          reason);
  }

  const Subject& subject_;
  std::optional<HeadReading> previous_;
  std::optional<CompositionReadings> readings_;
};

}  // namespace

StrongestEdges strongest_edges(const std::vector<HeadPair>& pairs,
                               const CompositionBaseline& baseline, HeadId of) {
  assert(!pairs.empty());
  const double none = -std::numeric_limits<double>::infinity();
  StrongestEdges found;
  found.best = found.others = found.largest_q = found.largest_v = none;
  double strongest = none;
  std::vector<double> others;
  for (const HeadPair& pair : pairs) {
    const double k = pair.scores.k - baseline.mean.k;
    found.largest_q = std::max(found.largest_q, pair.scores.q - baseline.mean.q);
    found.largest_v = std::max(found.largest_v, pair.scores.v - baseline.mean.v);
    double& best = pair.earlier == of ? found.best : found.others;
    best = std::max(best, k);
    if (pair.earlier != of) others.push_back(k);
    if (k > strongest) {
      strongest = k;
      found.head = pair.earlier;
    }
  }
  if (others.empty()) {
    found.others = 0;
    return found;
  }
  const auto middle = others.begin() + std::ptrdiff_t(others.size() / 2);
  std::nth_element(others.begin(), middle, others.end());
  found.median = *middle;
  return found;
}

std::unique_ptr<ClaimWork> composition_claims(const ClaimSubjects& subjects) {
  return std::make_unique<CompositionWork>(subjects);
}

}  // namespace engine
