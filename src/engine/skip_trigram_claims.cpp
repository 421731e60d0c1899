#include "engine/skip_trigram_claims.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/trigram_effects.h"

namespace engine {

namespace {

const int entries = 100;  // skip-trigrams tried on texts
const int crossed = 20;   // bugs tried on texts
const int contexts = 4;   // texts of each
const int length = 6;     // tokens of a text, where the context has as many
const int searched = 12;  // counted tokens of each table in which crossed pairs are looked for

// What the sources of some trigrams do to their outputs.
struct Effects {
  int raised = 0, tried = 0;
  double nats = 0, attention = 0, attention_raised = 0;  // sums

  void add(const SourceEffect& effect) {
    ++tried;
    nats += effect.nats;
    attention += effect.attention;
    if (effect.nats <= 0) return;
    ++raised;
    attention_raised += effect.attention;
  }
  std::vector<Measured> measured(const std::string& what, double threshold) const {
    return {{what, double(raised) / tried, Bound::at_least, threshold},
            {"by how much on average, nats", nats / tried},
            {"attention from the destination to the source, mean", attention / tried}};
  }
  // Why some are not raised, as far as the head's attention tells.
  std::string shortfall() const {
    const int left = tried - raised;
    return std::to_string(left) + " of " + std::to_string(tried) +
           " are not raised: in those texts their head looks at the source with " +
           rounded((attention - attention_raised) / left) + " on average" +
           (raised ? ", with " + rounded(attention_raised / raised) + " where it is raised" : "");
  }
};

// For each head a search, then its crossed pairs; then the strongest of all heads on texts.
class SkipTrigramWork : public ClaimWork {
 public:
  SkipTrigramWork(const ClaimSubjects& subjects, const ClaimSources& sources)
      : subjects_(subjects), sources_(sources) {
    if (subject() && subject()->config().n_ctx >= 2 && subject()->config().d_vocab >= 2)
      heads_ = all_heads(subject()->config());
    done_ = heads_.empty();
  }

  std::vector<std::string> ids() const override { return {"skip-trigram", "bugs"}; }
  bool done() const override { return done_; }
  double progress() const override {
    if (done_) return 1;
    const double heads =
        (double(head_) + (search_ ? search_->progress() : 0)) / double(heads_.size());
    return (heads + double(effects_[0].tried + effects_[1].tried) / (entries + crossed)) / 2;
  }

  void step() override {
    if (head_ < heads_.size()) return search();
    const int kind = effects_[0].tried < int(found_[0].size()) ? 0 : 1;
    Effects& effects = effects_[kind];
    if (effects.tried < int(found_[kind].size())) {
      const HeadTrigram& trigram = found_[kind][std::size_t(effects.tried)];
      const int n = std::min(length, subject()->config().n_ctx);
      effects.add(source_effect(*subject()->model, trigram, n, contexts, random_));
    }
    done_ =
        effects_[0].tried == int(found_[0].size()) && effects_[1].tried == int(found_[1].size());
  }

  std::vector<Claim> claims() const override {
    if (!subject())
      return {unanswered_claim("skip-trigram", no_subject(subjects_, 1)),
              unanswered_claim("bugs", no_subject(subjects_, 1))};
    return {skip_trigram(), bugs()};
  }

 private:
  const Subject* subject() const { return subjects_.of_layers(1); }

  void search() {
    const HeadId head = heads_[head_];
    if (!search_) {
      search_.emplace(*subject()->model, head, entries);
      return;
    }
    if (!search_->done()) return search_->step();
    for (const SkipTrigram& trigram : search_->result()) found_[0].push_back({head, trigram});
    if (sources_.counts) add_crossed(head, search_->result());
    search_.reset();
    ++head_;
    found_[0] = strongest(std::move(found_[0]), entries);
    found_[1] = strongest(std::move(found_[1]), crossed);
  }

  void add_crossed(HeadId head, const std::vector<SkipTrigram>& trigrams) {
    const TokenTables tables = token_tables(*subject()->model, head);
    for (const SkipTrigram& trigram : trigrams)
      if (const auto bug = stronger_crossed(tables, *sources_.counts, trigram.source, searched))
        found_[1].push_back({head, *bug});
  }

  Claim skip_trigram() const {
    const Effects& effects = effects_[0];
    if (effects.tried == 0)
      return unanswered_claim("skip-trigram", "no head has a skip-trigram to try on a text");
    return measured_claim(
        "skip-trigram", 1,
        effects.measured("of the " + std::to_string(effects.tried) +
                             " strongest, the share whose source raises the output in random texts",
                         0.9),
        effects.shortfall());
  }

  Claim bugs() const {
    const Effects& effects = effects_[1];
    if (!sources_.counts)
      return unanswered_claim(
          "bugs",
          "no counted bigrams of this model's tokenizer were given, which tell what is "
          "unlikely");
    if (effects.tried == 0)
      return unanswered_claim("bugs",
                              "no crossed pair of the strongest skip-trigrams is one that the "
                              "counts call unlikely");
    return measured_claim(
        "bugs", 1,
        effects.measured("of the " + std::to_string(effects.tried) +
                             " strongest crossed pairs that the counts call unlikely, the share "
                             "that the source raises in random texts",
                         0.8),
        effects.shortfall());
  }

  const ClaimSubjects& subjects_;
  const ClaimSources& sources_;
  std::vector<HeadId> heads_;
  std::size_t head_ = 0;
  std::optional<SkipTrigramSearch> search_;
  std::vector<HeadTrigram> found_[2];  // skip-trigrams, crossed ones
  Effects effects_[2];
  Random random_{1};
  bool done_ = false;
};

}  // namespace

std::unique_ptr<ClaimWork> skip_trigram_claims(const ClaimSubjects& subjects,
                                               const ClaimSources& sources) {
  return std::make_unique<SkipTrigramWork>(subjects, sources);
}

}  // namespace engine
