#include "engine/copying_claims.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/forward.h"

namespace engine {

namespace {

const int texts = 20;   // pairs of random texts
const int length = 32;  // tokens of each, where context and vocabulary have as many

class CopyingWork : public CountedWork {
 public:
  explicit CopyingWork(const ClaimSubjects& subjects)
      : CountedWork(subjects.of_layers(1) && length_of(*subjects.of_layers(1)) > 1 ? texts : 0),
        subjects_(subjects) {}

  std::vector<std::string> ids() const override { return {"copying", "copying-context"}; }

  std::vector<Claim> claims() const override {
    const Subject* subject = subjects_.of_layers(1);
    if (!subject)
      return {unanswered_claim("copying", no_subject(subjects_, 1)),
              unanswered_claim("copying-context", no_subject(subjects_, 1))};
    return {copying(*subject), context(*subject)};
  }

 protected:
  void measure(int) override {
    const Subject& subject = *subjects_.of_layers(1);
    const Recurrence text = recurrence(*subject.model, length_of(subject), random_);
    sums_.tokens += text.tokens;
    sums_.occurred += text.occurred;
    sums_.absent += text.absent;
    sums_.log_ratio += text.log_ratio;
  }

 private:
  static int length_of(const Subject& subject) {
    return std::min({length, subject.config().n_ctx, (subject.config().d_vocab + 1) / 2});
  }

  static Claim copying(const Subject& subject) {
    int copying = 0, eigenvalues = 0, positive = 0;
    std::string others;
    for (const HeadReading& reading : subject.heads) {
      if (reading.copying > copying_threshold)
        ++copying;
      else
        others +=
            (others.empty() ? "" : ", ") + name(reading.head) + " " + rounded(reading.copying);
      for (const Complex& value : reading.eigenvalues.ov) positive += value.real() > 0;
      eigenvalues += int(reading.eigenvalues.ov.size());
    }
    return measured_claim(
        "copying", 1,
        {{"share of the heads with a copying score above " + rounded(copying_threshold),
          double(copying) / double(subject.heads.size()), Bound::at_least, 0.5},
         {"share of all OV eigenvalues with a positive real part", double(positive) / eigenvalues}},
        "copying scores of the others: " + others);
  }

  Claim context(const Subject& subject) const {
    const int n = length_of(subject);
    if (n < 2)
      return unanswered_claim("copying-context", "context or vocabulary is too small for it");
    const double ratio = sums_.occurred / sums_.absent, tokens = sums_.tokens;
    const double typical = std::exp(sums_.log_ratio / tokens);
    return measured_claim(
        "copying-context", 1,
        {{"mean probability of a token that occurred among " + std::to_string(n) +
              " random tokens, over that where it did not",
          ratio, Bound::above, 1.5},
         {"mean probability where it occurred", sums_.occurred / tokens},
         {"mean probability where it did not", sums_.absent / tokens},
         {"geometric mean of the ratios, token by token", typical}},
        "having occurred makes a token " + rounded(ratio) + " times as likely on average");
  }

  const ClaimSubjects& subjects_;
  Random random_{1};
  Recurrence sums_;
};

}  // namespace

Recurrence recurrence(const Model& model, int n, Random& random) {
  assert(n >= 2 && 2 * n - 1 <= model.config.d_vocab);
  // The first copy of a repeated sequence: tokens without replacement.
  const std::vector<int> drawn = repeated_sequence(model.config.d_vocab, 2 * n - 1, random);
  std::vector<int> texts[2] = {{drawn.begin(), drawn.begin() + n - 1},
                               {drawn.begin() + n - 1, drawn.begin() + 2 * n - 2}};
  Vector log_p[2];  // d_vocab each, at the end
  for (int i : {0, 1}) {
    texts[i].push_back(drawn[std::size_t(2 * n - 2)]);
    log_p[i] = log_probabilities(logits_at(model, forward_stream(model, texts[i]), n - 1));
  }
  Recurrence sums;
  for (int i : {0, 1})
    for (int j = 0; j + 1 < n; ++j, ++sums.tokens) {
      const int token = texts[i][std::size_t(j)];
      const double occurred = double(log_p[i][token]), absent = double(log_p[1 - i][token]);
      sums.occurred += std::exp(occurred);
      sums.absent += std::exp(absent);
      sums.log_ratio += occurred - absent;
    }
  return sums;
}

std::unique_ptr<ClaimWork> copying_claims(const ClaimSubjects& subjects) {
  return std::make_unique<CopyingWork>(subjects);
}

}  // namespace engine
