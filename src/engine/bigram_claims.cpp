#include "engine/bigram_claims.h"

#include "engine/held_out.h"

namespace engine {

namespace {

const char* const correlation_text =
    "correlation of log softmax(W_U W_E) with counted log-probabilities";

class BigramWork : public ClaimWork {
 public:
  BigramWork(const ClaimSubjects& subjects, const ClaimSources& sources)
      : subjects_(subjects), sources_(sources) {
    if (sources.counts)
      for (int n_layers : {0, 1})
        if (const Subject* subject = subjects.of_layers(n_layers))
          correlations_[n_layers].emplace(*subject->model, *sources.counts);
    if (zero_layer() && sources.counted_loss && sources.text.size() > 1)
      loss_.emplace(*zero_layer()->model, sources.text);  // on as many tokens as the counts
  }

  std::vector<std::string> ids() const override { return {"zero-bigram", "direct-bigram"}; }

  bool done() const override {
    for (const auto& each : correlations_)
      if (each && !each->done()) return false;
    return !loss_ || loss_->done();
  }
  double progress() const override {
    const double parts = (correlations_[0] ? correlations_[0]->progress() : 1) +
                         (correlations_[1] ? correlations_[1]->progress() : 1) +
                         (loss_ ? loss_->progress() : 1);
    return parts / 3;
  }
  void step() override {
    for (auto& each : correlations_)
      if (each && !each->done()) return each->step();
    loss_->step();
  }

  std::vector<Claim> claims() const override {
    const char* const no_counts = "no counted bigrams of this model's tokenizer were given";
    std::vector<Claim> all;
    for (int n_layers : {0, 1}) {
      const std::string id = ids()[std::size_t(n_layers)];
      if (!sources_.counts)
        all.push_back(unanswered_claim(id, no_counts));
      else if (!subjects_.of_layers(n_layers))
        all.push_back(unanswered_claim(id, no_subject(subjects_, n_layers)));
      else
        all.push_back(n_layers == 0 ? zero_bigram() : direct_bigram());
    }
    return all;
  }

 private:
  const Subject* zero_layer() const { return subjects_.of_layers(0); }

  Claim zero_bigram() const {
    std::vector<Measured> measured = {
        {correlation_text, correlations_[0]->result().value(), Bound::at_least, 0.97}};
    if (loss_)
      measured.push_back({"held-out loss less the best counted bigram's, nats",
                          loss_->result().loss - *sources_.counted_loss, Bound::at_most, 0.03});
    const Correlation& common = correlations_[0]->common();
    const std::string common_count = std::to_string(BigramCorrelation::common_count);
    measured.push_back(
        {"the correlation over pairs counted " + common_count + " times or more", common.value()});
    return measured_claim("zero-bigram", 0, measured,
                          "over the pairs counted " + common_count +
                              " times or more the "
                              "correlation is " +
                              rounded(common.value()) +
                              ": what is missing is mostly in the rarer pairs");
  }

  Claim direct_bigram() const {
    std::vector<Measured> measured = {
        {correlation_text, correlations_[1]->result().value(), Bound::at_least, 0.5}};
    if (correlations_[0])
      measured.push_back({"the same of the zero-layer model", correlations_[0]->result().value()});
    return measured_claim("direct-bigram", 1, measured,
                          "the direct path says little of what was counted: the heads do it");
  }

  const ClaimSubjects& subjects_;
  const ClaimSources& sources_;
  std::optional<BigramCorrelation> correlations_[2];  // of the model without layers, and with one
  std::optional<HeldOutMeter> loss_;
};

}  // namespace

std::unique_ptr<ClaimWork> bigram_claims(const ClaimSubjects& subjects,
                                         const ClaimSources& sources) {
  return std::make_unique<BigramWork>(subjects, sources);
}

}  // namespace engine
