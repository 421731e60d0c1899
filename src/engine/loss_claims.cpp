#include "engine/loss_claims.h"

#include <algorithm>
#include <cassert>

#include "engine/term_importance.h"

namespace engine {

namespace {

// Windows of the text, spread evenly, where it has as many: of one loss, and of three.
const int windows = 12;
const int importance_windows = 4;

// The loss of each of these, one after the other, and the importance of terms.
class LossWork : public ClaimWork {
 public:
  // Losses of the loaded model, whole and cut; then those for the in-context score.
  enum Which {
    whole,
    without_lower,
    without_last,
    out_of_scores,
    out_of_logits,
    one_layer,
    two_layers,
    no_induction,
    count
  };

  LossWork(const ClaimSubjects& subjects, const ClaimSources& sources)
      : subjects_(subjects), text_(sources.text) {
    if (text_.size() < 2) return;
    const Subject& loaded = subjects.loaded;
    const Config& config = loaded.config();
    if (config.n_layers > 1) {
      begin(whole, loaded, {});
      begin(without_lower, loaded, head_terms(config, false));
      begin(without_last, loaded, head_terms(config, true));
      begin(out_of_scores, loaded, from_later_scores(config));
      begin(out_of_logits, loaded, from_logits(config));
      importance_ = std::make_unique<TermImportanceMeter>(*loaded.model, text_, Cuts(), false,
                                                          importance_windows, ImportanceOf::orders);
    }
    begin_in_context();
  }

  std::vector<std::string> ids() const override {
    return {"in-context", "terms", "layer-1-heads", "composition-counts"};
  }
  bool done() const override {
    for (const auto& meter : meters_)
      if (meter && !meter->done()) return false;
    return !importance_ || importance_->done();
  }
  double progress() const override {
    double parts = 0, finished = 0;
    for (const auto& meter : meters_) {
      if (!meter) continue;
      ++parts;
      finished += meter->progress();
    }
    if (importance_) {
      ++parts;
      finished += importance_->progress();
    }
    return done() ? 1 : finished / parts;
  }
  void step() override {
    for (auto& meter : meters_)
      if (meter && !meter->done()) return meter->step();
    importance_->step();
  }

  std::vector<Claim> claims() const override {
    std::vector<Claim> all = {in_context()};
    if (subjects_.loaded.config().n_layers > 1 && importance_) {
      for (const Claim& claim : {terms(), last_layer(), composition_counts()}) all.push_back(claim);
      return all;
    }
    const std::string reason = subjects_.loaded.config().n_layers < 2
                                   ? too_few_layers(subjects_.loaded.config(), 2)
                                   : std::string(no_text);
    for (const char* id : {"terms", "layer-1-heads", "composition-counts"})
      all.push_back(unanswered_claim(id, reason));
    return all;
  }

 private:
  static constexpr const char* no_text = "no held-out text was given";

  void begin(Which which, const Subject& subject, const std::vector<std::string>& cuts) {
    meters_[which] = std::make_unique<HeldOutMeter>(*subject.model, text_, windows,
                                                    Cuts::parse(cuts, subject.config()));
  }

  // Windows that have the positions of the in-context score.
  bool long_enough(const Subject& subject) const {
    return std::min(subject.config().n_ctx, int(text_.size())) >= 252;
  }

  void begin_in_context() {
    const Subject* one = subjects_.of_layers(1);
    const Subject* two = subjects_.of_layers(2);
    if (!one || !two || !long_enough(*one) || !long_enough(*two)) return;
    begin(one_layer, *one, {});
    if (!meters_[whole]) begin(two_layers, *two, {});
    if (!two->repeated) return;
    std::vector<std::string> cuts;
    for (HeadId head : induction_heads(*two->repeated)) cuts.push_back(name(head));
    if (!cuts.empty()) begin(no_induction, *two, cuts);
  }

  Measured over(int most) const {
    const int count = held_out_windows(subjects_.loaded.config(), text_, most).count;
    return {"windows of n_ctx tokens, spread evenly over the held-out text", double(count)};
  }

  double loss(Which which) const { return meters_[which]->result().loss; }
  // By how much the loss rises under the cuts.
  double rise(Which which) const { return loss(which) - loss(whole); }
  double in_context_of(Which which) const { return *meters_[which]->result().in_context; }

  Claim in_context() const {
    for (int n_layers : {1, 2})
      if (!subjects_.of_layers(n_layers))
        return unanswered_claim("in-context", no_subject(subjects_, n_layers));
    if (text_.size() < 2) return unanswered_claim("in-context", no_text);
    if (!meters_[one_layer])
      return unanswered_claim("in-context",
                              "the score takes 252 tokens: n_ctx or the text is too short");
    const double one = in_context_of(one_layer);
    const double two = in_context_of(meters_[whole] ? whole : two_layers);
    std::vector<Measured> measured = {
        {"in-context score (loss at 200 to 250 less that at 20 to 40), two layers less one, nats",
         two - one, Bound::below, 0}};
    std::string heads = "the two-layer model has no head with an induction score above " +
                        rounded(induction_threshold);
    if (meters_[no_induction]) {
      const double cut = in_context_of(no_induction);
      measured.push_back({"share of that difference which cutting the induction heads closes",
                          (cut - two) / (one - two), Bound::above, 0.5});
      measured.push_back({"the score with them cut, nats", cut});
      heads = "with the two-layer model's induction heads cut it is " + rounded(cut);
    }
    measured.push_back({"the score with one layer, nats", one});
    measured.push_back({"the score with two layers, nats", two});
    measured.push_back(over(windows));
    Claim claim = measured_claim("in-context", 2, measured,
                                 "the score is " + rounded(one) + " with one layer, " +
                                     rounded(two) + " with two; " + heads);
    if (!meters_[no_induction]) {
      claim.holds = false;
      claim.reason = heads;
    }
    return claim;
  }

  Claim terms() const {
    const TermImportance importance = importance_->result();
    const double uniform = importance.loss_uniform, all = importance.loss;
    const double of_single = importance.loss_by_order[1], direct = importance.loss_by_order[0];
    return measured_claim("terms", n_layers(),
                          {{"loss that virtual heads take off, over what the whole model takes off",
                            (of_single - all) / (uniform - all), Bound::at_most, 0.15},
                           {"loss of a model that knows nothing, nats", uniform},
                           {"loss of the direct path alone, nats", direct},
                           {"loss with single heads, nats", of_single},
                           {"loss with virtual heads too, nats", all},
                           over(importance_windows)},
                          "the direct path takes off " + rounded(uniform - direct) +
                              " nats, single heads " + rounded(direct - of_single) +
                              " more, virtual heads " + rounded(of_single - all));
  }

  Claim last_layer() const {
    return measured_claim(
        "layer-1-heads", n_layers(),
        {{"rise of the loss without the last layer's single-head terms, over that without the "
          "others'",
          rise(without_last) / rise(without_lower), Bound::at_least, 2},
         {"rise without those of the last layer, nats", rise(without_last)},
         {"rise without those of the layers below, nats", rise(without_lower)},
         over(windows)},
        "the loss rises by " + rounded(rise(without_last)) + " and by " +
            rounded(rise(without_lower)) + " nats");
  }

  Claim composition_counts() const {
    return measured_claim(
        "composition-counts", n_layers(),
        {{"rise of the loss with the lower layers kept out of later scores, less that with them "
          "kept out of the logits, nats",
          rise(out_of_scores) - rise(out_of_logits), Bound::above, 0},
         {"rise with them kept out of later scores, nats", rise(out_of_scores)},
         {"rise with them kept out of the logits, nats", rise(out_of_logits)},
         over(windows)},
        "kept out of later scores they cost " + rounded(rise(out_of_scores)) +
            " nats, kept out of the logits " + rounded(rise(out_of_logits)));
  }

  int n_layers() const { return subjects_.loaded.config().n_layers; }

  const ClaimSubjects& subjects_;
  const std::vector<int>& text_;
  std::unique_ptr<HeldOutMeter> meters_[count];
  std::unique_ptr<TermImportanceMeter> importance_;
};

}  // namespace

std::vector<std::string> head_terms(const Config& config, bool last_layer) {
  assert(config.n_layers > 1);
  std::vector<std::string> cuts;
  for (HeadId head : all_heads(config))
    if ((head.layer == config.n_layers - 1) == last_layer) cuts.push_back("path:" + name(head));
  return cuts;
}

std::vector<std::string> from_later_scores(const Config& config) {
  assert(config.n_layers > 1);
  std::vector<std::string> cuts;
  for (int l = 0; l + 1 < config.n_layers; ++l)
    for (const char* input : {"Q", "K"}) cuts.push_back("L" + std::to_string(l) + "*>*:" + input);
  return cuts;
}

std::vector<std::string> from_logits(const Config& config) {
  assert(config.n_layers > 1);
  std::vector<std::string> cuts;
  for (int l = 0; l + 1 < config.n_layers; ++l)
    cuts.push_back("L" + std::to_string(l) + "*>logits");
  return cuts;
}

std::unique_ptr<ClaimWork> loss_claims(const ClaimSubjects& subjects, const ClaimSources& sources) {
  return std::make_unique<LossWork>(subjects, sources);
}

}  // namespace engine
