#include "engine/induction_claims.h"

#include <cassert>

namespace engine {

namespace {

const char* const too_short = "n_ctx is too short for random tokens that come twice";

// The runs with cuts, after the subjects' runs without.
class InductionWork : public ClaimWork {
 public:
  explicit InductionWork(const ClaimSubjects& subjects)
      : subjects_(subjects), subject_(subjects.loaded) {
    if (!subject_.repeated || subject_.config().n_layers < 2) return;
    induction_ = subject_.best(&HeadScores::induction, 1);
    previous_ = previous_before(induction_->head.layer);
    begin(one_edge_, name(previous_->head) + ">" + name(induction_->head) + ":K");
    begin(all_edges_, name(previous_->head) + ">*:K");
    through_.emplace(*subject_.model, previous_->head, induction_->head);
  }

  std::vector<std::string> ids() const override {
    return {"positional",       "induction-exists",  "induction-needs-two", "induction-random",
            "induction-copies", "induction-matches", "induction-cause"};
  }
  bool done() const override {
    return !induction_ || (one_edge_->done() && all_edges_->done() && through_->done());
  }
  double progress() const override {
    if (!induction_) return 1;
    const double runs = (one_edge_->progress() + all_edges_->progress()) / 2;
    return 0.95 * runs + 0.05 * through_->progress();
  }
  void step() override {
    if (!one_edge_->done()) return one_edge_->step();
    if (!all_edges_->done()) return all_edges_->step();
    through_->step();
  }

  std::vector<Claim> claims() const override {
    std::vector<Claim> all = {positional(), needs_two()};
    const int n_layers = subject_.config().n_layers;
    if (!induction_) {
      const std::string reason =
          n_layers < 2 ? too_few_layers(subject_.config(), 2) : std::string(too_short);
      for (const char* id : {"induction-exists", "induction-random", "induction-copies",
                             "induction-matches", "induction-cause"})
        all.push_back(unanswered_claim(id, reason));
      return all;
    }
    for (const Claim& claim : {exists(), random_tokens(), copies(), matches(), cause()})
      all.push_back(claim);
    return all;
  }

 private:
  void begin(std::optional<RepeatedRuns>& runs, const std::string& cut) const {
    runs.emplace(*subject_.model, RepeatedOptions(), Cuts::parse({cut}, subject_.config()));
  }

  // The best previous-token head below a layer.
  std::optional<HeadReading> previous_before(int layer) const {
    Subject below = subject_;
    below.heads.resize(std::size_t(layer * subject_.config().n_heads));
    return below.best(&HeadScores::previous_token);
  }

  Claim claim(const char* id, std::vector<Measured> measured, const std::string& reason) const {
    return measured_claim(id, subject_.config().n_layers, std::move(measured), reason);
  }
  std::string best_name() const { return name(induction_->head); }

  Claim positional() const {
    if (subject_.config().n_layers == 0)
      return unanswered_claim("positional", too_few_layers(subject_.config(), 1));
    const auto best = subject_.best(&HeadScores::previous_token);
    if (!best) return unanswered_claim("positional", too_short);
    int above_chance = 0;  // twice what looking at all tokens alike gives
    const RepeatedScores& repeated = *subject_.repeated;
    double alike = 0;
    for (int i = 1; i < 2 * repeated.length; ++i)
      alike += 1.0 / ((i + 1) * (2.0 * repeated.length - 1));
    for (const HeadReading& reading : subject_.heads)
      above_chance += reading.scores->previous_token > 2 * alike;
    return claim("positional",
                 {{"best previous-token score on random tokens, " + name(best->head),
                   best->scores->previous_token, Bound::at_least, 0.5},
                  {"what looking at all tokens alike gives", alike}},
                 "no head looks at the token before most of the time; " +
                     std::to_string(above_chance) + " of " + std::to_string(subject_.heads.size()) +
                     " do more than twice as much as looking at all tokens alike gives");
  }

  Claim needs_two() const {
    const Subject* one = subjects_.of_layers(1);
    if (!one) return unanswered_claim("induction-needs-two", no_subject(subjects_, 1));
    const auto best = one->best(&HeadScores::induction);
    if (!best) return unanswered_claim("induction-needs-two", too_short);
    return measured_claim("induction-needs-two", 1,
                          {{"best induction score of the one-layer model, " + name(best->head),
                            best->scores->induction, Bound::below, 0.1}},
                          name(best->head) + " looks there with " +
                              rounded(best->scores->induction) + ", and at the token before with " +
                              rounded(best->scores->previous_token));
  }

  Claim exists() const {
    return claim("induction-exists",
                 {{"best induction score on random tokens that come twice, " + best_name(),
                   induction_->scores->induction, Bound::at_least, 0.6}},
                 "the best head, " + best_name() + ", scores " +
                     rounded(induction_->scores->induction) + " for what came next, and " +
                     rounded(induction_->scores->duplicate_token) + " for the token itself");
  }

  Claim random_tokens() const {
    const RepeatedScores& scores = *subject_.repeated;
    return claim("induction-random",
                 {{"share of the second copy of random tokens that is predicted right",
                   scores.accuracy_second, Bound::at_least, 0.9},
                  {"loss on the second copy, nats a token", scores.loss_second},
                  {"loss on the first copy, nats a token", scores.loss_first}},
                 "the best induction score is " + rounded(induction_->scores->induction) +
                     ", and the loss falls from " + rounded(scores.loss_first) + " to " +
                     rounded(scores.loss_second) + " nats from the first copy to the second");
  }

  Claim copies() const {
    return claim("induction-copies",
                 {{"copying score of the best induction head, " + best_name(), induction_->copying,
                   Bound::above, copying_threshold}},
                 "the eigenvalues of its OV circuit are not mostly positive; its induction score "
                 "is " +
                     rounded(induction_->scores->induction));
  }

  Claim matches() const {
    return claim("induction-matches",
                 {{"eigenvalue score of " + best_name() + "'s QK circuit with keys through " +
                       name(previous_->head),
                   copying_score(through_->result()), Bound::above, 0.5}},
                 name(previous_->head) + " is the best previous-token head with " +
                     rounded(previous_->scores->previous_token) + ", " + best_name() +
                     " the best induction head with " + rounded(induction_->scores->induction));
  }

  Claim cause() const {
    const RepeatedScores without_edge = one_edge_->result(), without_edges = all_edges_->result();
    const std::size_t index =
        std::size_t(induction_->head.layer * subject_.config().n_heads + induction_->head.head);
    const double score = induction_->scores->induction;
    const double accuracy = subject_.repeated->accuracy_second;
    const double cut_score = without_edge.heads[index].induction;
    const std::string edge = name(previous_->head) + ">" + best_name() + ":K";
    const std::string edges = name(previous_->head) + ">*:K";
    return claim(
        "induction-cause",
        {{"share of " + best_name() + "'s induction score that is lost when " + edge + " is cut",
          1 - cut_score / score, Bound::at_least, 0.5},
         {"share of the accuracy on the second copy that is lost when " + edges + " is cut",
          1 - without_edges.accuracy_second / accuracy, Bound::at_least, 0.9},
         {"the score, uncut", score},
         {"the score, " + edge + " cut", cut_score},
         {"the accuracy, uncut", accuracy},
         {"the accuracy, " + edge + " cut", without_edge.accuracy_second},
         {"the accuracy, " + edges + " cut", without_edges.accuracy_second}},
        "with " + edge + " cut the score falls from " + rounded(score) + " to " +
            rounded(cut_score) + ", with " + edges + " cut the accuracy from " + rounded(accuracy) +
            " to " + rounded(without_edges.accuracy_second) + "; " + name(previous_->head) +
            "'s previous-token score is " + rounded(previous_->scores->previous_token));
  }

  const ClaimSubjects& subjects_;
  const Subject& subject_;
  std::optional<HeadReading> induction_, previous_;  // the best ones
  std::optional<RepeatedRuns> one_edge_, all_edges_;
  std::optional<ThroughEigenvalues> through_;
};

}  // namespace

std::unique_ptr<ClaimWork> induction_claims(const ClaimSubjects& subjects) {
  return std::make_unique<InductionWork>(subjects);
}

}  // namespace engine
