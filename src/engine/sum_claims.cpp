#include "engine/sum_claims.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/score_expansion.h"

namespace engine {

namespace {

const int sample = 64;  // tokens
const int places = 5;   // positions, or pairs of them, over the sample

// Positions of a run that lie evenly, the last one among them.
int place(const Run& run, int index) {
  return std::max(0, (index + 1) * run.n() / places - 1);
}

class SumWork : public CountedWork {
 public:
  SumWork(const ClaimSubjects& subjects, const ClaimSources& sources)
      : CountedWork(3 * (1 + places)), subjects_(subjects), text_(sources.text) {}

  std::vector<std::string> ids() const override {
    return {"one-layer-sum", "two-layer-sum", "score-sum"};
  }

  std::vector<Claim> claims() const override {
    const std::string too_few = too_few_layers(subjects_.loaded.config(), 2);
    return {one_layer() ? expansion_claim("one-layer-sum", *one_layer(), errors_[0])
                        : unanswered_claim("one-layer-sum", no_subject(subjects_, 1)),
            two_layers() ? expansion_claim("two-layer-sum", *two_layers(), errors_[1])
                         : unanswered_claim("two-layer-sum", too_few),
            two_layers() ? score_claim() : unanswered_claim("score-sum", too_few)};
  }

 protected:
  void measure(int index) override {
    const int which = index / (1 + places), part = index % (1 + places);
    const Subject* subject = which == 0 ? one_layer() : two_layers();
    if (!subject) return;
    const Model& model = *subject->model;
    if (part == 0) {
      run_ = forward_stream(model, sample_tokens(model.config, text_, sample));
    } else if (which < 2) {
      const int position = place(run_, part - 1);
      const Expansion sum =
          expand(model, run_, position, {top_token(logits_at(model, run_, position))});
      terms_[which] = int(sum.terms.size());
      errors_[which] =
          std::max(errors_[which], double(sum.max_abs_error) / double(sum.max_abs_logit));
    } else {
      measure_scores(model, place(run_, part - 1));
    }
  }

 private:
  const Subject* one_layer() const { return subjects_.of_layers(1); }
  const Subject* two_layers() const {
    return subjects_.loaded.config().n_layers > 1 ? &subjects_.loaded : nullptr;
  }

  // Each head above layer 0, from this destination to a source half way before it.
  void measure_scores(const Model& model, int destination) {
    for (HeadId head : all_heads(model.config)) {
      if (head.layer == 0) continue;
      const ScoreExpansion sum = expand_score(model, run_, head, destination, destination / 2);
      const auto row = run_.head(head).scores.row(destination).head(destination + 1);
      terms_[2] = std::max(terms_[2], int(sum.terms.size()));
      errors_[2] = std::max(errors_[2], std::abs(double(sum.sum) - double(sum.score)) /
                                            double(row.cwiseAbs().maxCoeff()));
    }
  }

  Claim expansion_claim(const char* id, const Subject& subject, double error) const {
    const std::string terms = std::to_string(terms_[subject.config().n_layers > 1 ? 1 : 0]);
    return measured_claim(id, subject.config().n_layers,
                          {{"sum of " + terms + " terms less the logit, over the largest logit",
                            error, Bound::at_most, 1e-5}},
                          rounding_reason());
  }

  Claim score_claim() const {
    return measured_claim("score-sum", two_layers()->config().n_layers,
                          {{"sum of " + std::to_string(terms_[2]) +
                                " terms less the score, over the destination's largest score",
                            errors_[2], Bound::at_most, 1e-5}},
                          rounding_reason());
  }

  std::string rounding_reason() const {
    return "the worst of " + std::to_string(places) +
           " places of a text: more than float32's rounding gives";
  }

  const ClaimSubjects& subjects_;
  const std::vector<int>& text_;
  Run run_;
  int terms_[3] = {0, 0, 0};
  double errors_[3] = {0, 0, 0};  // one layer's logits, two layers' logits, scores
};

}  // namespace

std::unique_ptr<ClaimWork> sum_claims(const ClaimSubjects& subjects, const ClaimSources& sources) {
  return std::make_unique<SumWork>(subjects, sources);
}

}  // namespace engine
