#include "engine/training_claims.h"

#include <algorithm>

namespace engine {

namespace {

float best_induction(const TrainingReport& report) {
  float best = 0;
  for (const TrainingReport::Head& each : report.heads)
    if (each.head.layer > 0) best = std::max(best, each.induction);
  return best;
}

class TrainingWork : public CountedWork {
 public:
  TrainingWork(const ClaimSubjects& subjects, const ClaimSources& sources)
      : CountedWork(0), config_(subjects.loaded.config()), log_(sources.log) {}

  std::vector<std::string> ids() const override { return {"formation"}; }
  std::vector<Claim> claims() const override { return {claim()}; }

 protected:
  void measure(int) override {}

 private:
  Claim claim() const {
    if (config_.n_layers < 2) return unanswered_claim("formation", too_few_layers(config_, 2));
    if (log_.empty()) return unanswered_claim("formation", "no log of this model's training");
    const std::optional<Formation> found = formation(log_);
    if (!found) {
      float best = 0;
      for (const TrainingReport& report : log_) best = std::max(best, best_induction(report));
      return unanswered_claim("formation",
                              "in the log the best induction score does not go from "
                              "0.1 to 0.5: the highest is " +
                                  rounded(double(best)));
    }
    return measured(log_[found->from], log_[found->to]);
  }

  Claim measured(const TrainingReport& from, const TrainingReport& to) const {
    std::vector<Measured> all = {
        {"tokens in which the best induction score goes from 0.1 to 0.5, over those up to then",
         to.tokens > 0 ? (to.tokens - from.tokens) / to.tokens : 0, Bound::at_most, 1.0 / 3},
        {"it reaches 0.1 after tokens", from.tokens},
        {"it reaches 0.5 after tokens", to.tokens}};
    std::string reason = "of the " + std::to_string((long long)(to.tokens)) +
                         " tokens up to a score of 0.5, the last " +
                         std::to_string((long long)(to.tokens - from.tokens)) +
                         " took it there from 0.1";
    const TrainingReport& end = log_.back();
    if (from.in_context && to.in_context && end.in_context) {
      const double before = double(*from.in_context), after = double(*end.in_context);
      all.push_back({"change of the in-context score from then to the end of training, nats",
                     after - before, Bound::below, 0});
      all.push_back({"in-context score at 0.1, nats", before});
      all.push_back({"in-context score at 0.5, nats", double(*to.in_context)});
      all.push_back({"in-context score at the end, nats", after});
      reason += "; the in-context score, of the few windows that a log measures, goes from " +
                rounded(before) + " to " + rounded(after);
    }
    return measured_claim("formation", config_.n_layers, all, reason);
  }

  const Config& config_;
  const TrainingLog& log_;
};

}  // namespace

std::optional<Formation> formation(const TrainingLog& log, float low, float high) {
  const auto reaches = [&](float score) {
    return std::find_if(log.begin(), log.end(), [score](const TrainingReport& report) {
      return best_induction(report) >= score;
    });
  };
  const auto from = reaches(low), to = reaches(high);
  // A log that begins above `low` does not tell when it was reached.
  if (to == log.end() || from == log.begin()) return {};
  return Formation{std::size_t(from - log.begin()), std::size_t(to - log.begin())};
}

std::unique_ptr<ClaimWork> training_claims(const ClaimSubjects& subjects,
                                           const ClaimSources& sources) {
  return std::make_unique<TrainingWork>(subjects, sources);
}

}  // namespace engine
