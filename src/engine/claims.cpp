#include "engine/claims.h"

#include <algorithm>
#include <cassert>

#include "engine/bigram_claims.h"
#include "engine/composition_claims.h"
#include "engine/copying_claims.h"
#include "engine/error.h"
#include "engine/induction_claims.h"
#include "engine/loss_claims.h"
#include "engine/skip_trigram_claims.h"
#include "engine/stream_claims.h"
#include "engine/sum_claims.h"
#include "engine/training_claims.h"

namespace engine {

namespace {

const std::size_t n_works = 9;

std::optional<Subject> subject_of(const Model* model, int n_layers, const Model& loaded) {
  if (!model) return {};
  if (model->config.n_layers != n_layers)
    fail("the set: a model of ", model->config.n_layers, " layers, expected ", n_layers);
  if (model->config.d_vocab != loaded.config.d_vocab)
    fail("the set: a vocabulary of ", model->config.d_vocab, " tokens, expected the model's ",
         loaded.config.d_vocab);
  Subject subject;
  subject.model = model;
  return subject;
}

}  // namespace

ClaimsMeter::ClaimsMeter(const Model& model, ClaimSources sources) : sources_(std::move(sources)) {
  for (int token : sources_.text)
    if (token < 0 || token >= model.config.d_vocab)
      fail("the held-out text: token id ", token, ", expected 0 to ", model.config.d_vocab - 1);
  subjects_.loaded.model = &model;
  subjects_.zero_layer = subject_of(sources_.zero_layer, 0, model);
  subjects_.one_layer = subject_of(sources_.one_layer, 1, model);
  subjects_.two_layer = subject_of(sources_.two_layer, 2, model);
  reading_.push_back(&subjects_.loaded);
  for (int n_layers : {1, 2}) {
    const Subject* subject = subjects_.of_layers(n_layers);
    if (subject == &subjects_.loaded || !subject) continue;
    reading_.push_back(n_layers == 1 ? &*subjects_.one_layer : &*subjects_.two_layer);
  }
}

ClaimsMeter::~ClaimsMeter() = default;

bool ClaimsMeter::done() const {
  return read_ == reading_.size() && !works_.empty() && worked_ == works_.size();
}

double ClaimsMeter::progress() const {
  if (done()) return 1;
  const double heads = double(read_) + (heads_ ? heads_->progress() : 0);
  const double works =
      double(worked_) + (worked_ < works_.size() ? works_[worked_]->progress() : 0);
  return (heads + works) / double(reading_.size() + n_works);
}

void ClaimsMeter::step() {
  assert(!done());
  if (read_ == reading_.size()) {
    if (works_.empty()) return begin_works();
    return step_work(*works_[worked_]);
  }
  Subject& subject = *reading_[read_];
  if (!heads_) {
    heads_ = std::make_unique<HeadReadings>(*subject.model, true);
  } else if (!heads_->done()) {
    heads_->step();
  } else {
    subject.heads = heads_->result();
    subject.repeated = heads_->repeated();
    heads_.reset();
    ++read_;
  }
}

void ClaimsMeter::begin_works() {
  works_.push_back(stream_claims(subjects_, sources_));
  works_.push_back(bigram_claims(subjects_, sources_));
  works_.push_back(sum_claims(subjects_, sources_));
  works_.push_back(copying_claims(subjects_));
  works_.push_back(skip_trigram_claims(subjects_, sources_));
  works_.push_back(composition_claims(subjects_));
  works_.push_back(induction_claims(subjects_));
  works_.push_back(loss_claims(subjects_, sources_));
  works_.push_back(training_claims(subjects_, sources_));
}

// A step of it, or what it found. Where numbers are not finite its claims have no answer.
void ClaimsMeter::step_work(ClaimWork& work) {
  try {
    if (!work.done()) return work.step();
    for (Claim& claim : work.claims()) claims_.push_back(std::move(claim));
  } catch (const Error& error) {
    for (const std::string& id : work.ids()) claims_.push_back(unanswered_claim(id, error.what()));
  }
  ++worked_;
}

std::vector<Claim> ClaimsMeter::result() const {
  assert(done());
  std::vector<Claim> all;
  for (const ClaimText& text : claim_texts()) {
    const auto found = std::find_if(claims_.begin(), claims_.end(),
                                    [&](const Claim& claim) { return claim.text == &text; });
    assert(found != claims_.end());
    all.push_back(*found);
  }
  return all;
}

}  // namespace engine
