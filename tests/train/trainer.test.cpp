// A training run as a value: what a seed fixes, what a checkpoint keeps, what a batch holds.
#include "train/trainer.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <set>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/head_kinds.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using train::Batch;
using train::TrainConfig;
using train::Trainer;

namespace {

TrainConfig small(int n_layers = 2) {
  TrainConfig config;
  config.model.n_layers = n_layers;
  config.model.n_heads = 2;
  config.model.d_head = 4;
  config.model.d_model = 12;
  config.model.d_vocab = 20;
  config.model.n_ctx = 16;
  config.model.attn_scale = 2;
  config.task = train::Task::repeat;
  config.batch = 4;
  config.steps = 12;
  config.warmup = 3;
  config.repeat_min = 3;
  config.repeat_max = 8;
  return config;
}

std::vector<int> counting(int n, int d_vocab) {
  std::vector<int> tokens(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) tokens[std::size_t(i)] = i % d_vocab;
  return tokens;
}

double take_step(Trainer& trainer) {
  const Batch batch = trainer.batch();
  engine::Backward workspace(trainer.config().model);
  engine::Parameters gradient = engine::zeros_like(trainer.parameters());
  const train::BatchLoss loss = trainer.add_gradient(batch, 0, 1, workspace, gradient);
  trainer.apply(batch, gradient, loss);
  return (loss.text + loss.synthetic) / batch.counted;
}

bool same_weights(const Trainer& a, const Trainer& b) {
  const auto left = a.parameters().matrices(), right = b.parameters().matrices();
  for (std::size_t m = 0; m < left.size(); ++m)
    if (*left[m] != *right[m]) return false;
  return true;
}

}  // namespace

TEST_CASE("the same seed gives the same weights, another seed others") {
  TrainConfig config = small();
  Trainer one(config, {}), two(config, {});
  config.seed = 2;
  Trainer other(config, {});
  for (int i = 0; i < 4; ++i) {
    take_step(one);
    take_step(two);
    take_step(other);
  }
  CHECK(same_weights(one, two));
  CHECK_FALSE(same_weights(one, other));
}

TEST_CASE("a run that was stopped and restored equals one that was not, bit for bit") {
  for (train::Task task : {train::Task::repeat, train::Task::corpus}) {
    TrainConfig config = small();
    config.task = task;
    config.repeat_from = 0.5;
    const std::vector<int> corpus =
        task == train::Task::repeat ? std::vector<int>() : counting(60, config.model.d_vocab);
    Trainer whole(config, corpus), first(config, corpus), second(config, corpus);
    for (int i = 0; i < 5; ++i) {
      take_step(whole);
      take_step(first);
    }
    second.restore(first.checkpoint());
    CHECK(second.steps_done() == 5);
    CHECK(second.tokens_done() == first.tokens_done());
    while (!whole.finished()) {
      take_step(whole);
      take_step(second);
    }
    CHECK(second.finished());
    CHECK(same_weights(whole, second));
  }
}

TEST_CASE("a checkpoint of another config, and what is none, are refused") {
  Trainer trainer(small(), {});
  TrainConfig other = small();
  other.learning_rate = 0.1;
  CHECK_THROWS_WITH(trainer.restore(Trainer(other, {}).checkpoint()),
                    Contains("another train.json"));
  for (const auto& change : std::vector<std::function<void(TrainConfig&)>>{
           [](TrainConfig& config) { config.eps *= 1.0000001; },
           [](TrainConfig& config) { config.init.W_E = 5; },
           [](TrainConfig& config) { config.model.attn_scale = 9; },
           [](TrainConfig& config) { config.letter_share = 0.1; }}) {
    TrainConfig changed = small();
    change(changed);
    CHECK_THROWS_AS(trainer.restore(Trainer(changed, {}).checkpoint()), engine::Error);
  }
  CHECK_THROWS_AS(trainer.restore("rubbish"), engine::Error);
  CHECK(trainer.steps_done() == 0);
}

TEST_CASE("a checkpoint of another text, or of other symbols, is refused") {
  TrainConfig config = small();
  config.task = train::Task::corpus;
  const std::vector<int> text = counting(60, config.model.d_vocab);
  std::vector<int> other_text = text;
  std::swap(other_text[3], other_text[4]);
  Trainer trainer(config, text);
  CHECK_NOTHROW(trainer.restore(Trainer(config, text).checkpoint()));
  CHECK_THROWS_WITH(trainer.restore(Trainer(config, other_text).checkpoint()), Contains("text"));
  TrainConfig renamed = config;
  for (int id = 0; id < config.model.d_vocab; ++id)
    renamed.model.symbols.push_back(std::string(1, char('a' + id)));
  CHECK_THROWS_AS(trainer.restore(Trainer(renamed, text).checkpoint()), engine::Error);
}

TEST_CASE("the mean loss since the last report outlives a checkpoint") {
  Trainer whole(small(), {}), second(small(), {});
  take_step(whole);
  second.restore(whole.checkpoint());
  take_step(whole);
  take_step(second);
  CHECK(second.take_mean_loss() == whole.take_mean_loss());
  CHECK(std::isnan(whole.take_mean_loss()));
}

TEST_CASE("shares of a batch add up to the whole gradient") {
  const Trainer trainer(small(), {});
  const Batch batch = trainer.batch();
  engine::Backward workspace(trainer.config().model);
  engine::Parameters whole = engine::zeros_like(trainer.parameters()), parts = whole;
  trainer.add_gradient(batch, 0, 1, workspace, whole);
  for (int share = 0; share < 3; ++share) trainer.add_gradient(batch, share, 3, workspace, parts);
  const auto left = whole.matrices(), right = parts.matrices();
  for (std::size_t m = 0; m < left.size(); ++m)
    CHECK_THAT((*left[m] - *right[m]).cwiseAbs().maxCoeff(), WithinAbs(0, 1e-6));
}

TEST_CASE("sinusoids start with a geometric series of frequencies, from the highest on") {
  TrainConfig config = small();
  config.init.sinusoids = true;
  config.init.W_pos = 0.5;
  config.init.highest_frequency = 2;
  config.init.lowest_frequency = 2.0 / 64;  // a ratio of two for each of the six pairs
  const engine::Matrix W_pos = train::initial_parameters(config).W_pos;
  for (int pair = 0; pair < 6; ++pair)
    for (int p = 0; p < 16; ++p) {
      const double angle = 2 / std::pow(2, pair) * p;
      CHECK_THAT(W_pos(2 * pair, p), WithinAbs(0.5 * std::sin(angle), 1e-6));
      CHECK_THAT(W_pos(2 * pair + 1, p), WithinAbs(0.5 * std::cos(angle), 1e-6));
    }
}

TEST_CASE("a loss that is not finite ends training with a message and changes nothing") {
  Trainer trainer(small(), {});
  take_step(trainer);
  const Trainer before = trainer;
  const Batch batch = trainer.batch();
  engine::Parameters gradient = engine::zeros_like(trainer.parameters());
  gradient.W_U(0, 0) = std::nanf("");
  CHECK_THROWS_WITH(trainer.apply(batch, gradient, {}), Contains("diverged at step 2"));
  CHECK(trainer.steps_done() == 1);
  CHECK(same_weights(trainer, before));
}

TEST_CASE("the learning rate warms up, then falls as half a cosine to zero") {
  TrainConfig config = small();
  config.learning_rate = 0.6;
  config.steps = 103;
  CHECK_THAT(train::learning_rate(config, 0), WithinAbs(0.2, 1e-12));
  CHECK_THAT(train::learning_rate(config, 2), WithinAbs(0.6, 1e-12));
  CHECK_THAT(train::learning_rate(config, 53), WithinAbs(0.3, 1e-12));
  CHECK_THAT(train::learning_rate(config, 103), WithinAbs(0, 1e-12));
  config.schedule = train::Schedule::constant;
  CHECK_THAT(train::learning_rate(config, 90), WithinAbs(0.6, 1e-12));
}

TEST_CASE("a repeated sequence repeats its block to n_ctx + 1 tokens and counts from the second") {
  TrainConfig config = small();
  config.subset_share = 0.3;
  engine::Random random(5);
  std::set<int> lengths;
  for (int i = 0; i < 200; ++i) {
    const engine::Sequence sequence = train::repeated_training_sequence(config, {}, random);
    REQUIRE(int(sequence.tokens.size()) == config.model.n_ctx + 1);
    lengths.insert(sequence.first);
    for (std::size_t t = std::size_t(sequence.first); t < sequence.tokens.size(); ++t)
      CHECK(sequence.tokens[t] == sequence.tokens[t - std::size_t(sequence.first)]);
  }
  CHECK(*lengths.begin() == config.repeat_min);
  CHECK(*lengths.rbegin() == config.repeat_max);
}

TEST_CASE("sequences of bytes use the bytes' ids alone") {
  TrainConfig config = small();
  config.model.d_vocab = 300;
  config.byte_share = 1;
  std::vector<int> byte_ids;
  for (int byte = 0; byte < 256; ++byte) byte_ids.push_back(40 + byte);
  engine::Random random(6);
  for (int i = 0; i < 50; ++i)
    for (int id : train::repeated_training_sequence(config, byte_ids, random).tokens)
      CHECK((id >= 40 && id < 296));
}

TEST_CASE("sequences of letters are words of the bytes a to z and numbers") {
  TrainConfig config = small();
  config.model.d_vocab = 300;
  config.letter_share = 1;
  config.subset_share = 0;
  std::vector<int> byte_ids;
  for (int byte = 0; byte < 256; ++byte) byte_ids.push_back(40 + byte);
  engine::Random random(6);
  std::set<char> seen;
  for (int i = 0; i < 50; ++i)
    for (int id : train::repeated_training_sequence(config, byte_ids, random).tokens)
      seen.insert(char(id - 40));
  CHECK(std::string(seen.begin(), seen.end()) == " 0123456789abcdefghijklmnopqrstuvwxyz");
}

TEST_CASE("windows of a corpus are pieces of it, and all their predictions count") {
  TrainConfig config = small();
  config.task = train::Task::corpus;
  const Trainer trainer(config, counting(60, config.model.d_vocab));
  const Batch batch = trainer.batch();
  CHECK(batch.counted == config.batch * config.model.n_ctx);
  for (const engine::Sequence& sequence : batch.sequences)
    for (std::size_t t = 1; t < sequence.tokens.size(); ++t)
      CHECK(sequence.tokens[t] == (sequence.tokens[t - 1] + 1) % config.model.d_vocab);
  CHECK_THROWS_WITH(Trainer(config, counting(16, 20)),
                    Contains("expected at least n_ctx + 1 = 17"));
}

TEST_CASE("the share of synthetic sequences moves from its first number to its second") {
  TrainConfig config = small();
  config.task = train::Task::corpus;
  config.steps = 100;
  config.repeat_from = 0.6;
  config.repeat_to = 0.1;
  config.repeat_anneal = 0.5;
  const train::Batches batches(config, counting(60, 20), {});
  CHECK_THAT(batches.repeat_share(0), WithinAbs(0.6, 1e-12));
  CHECK_THAT(batches.repeat_share(25), WithinAbs(0.35, 1e-12));
  CHECK_THAT(batches.repeat_share(80), WithinAbs(0.1, 1e-12));
}

TEST_CASE("the model that a run gives has the vocabulary's mean out of W_U and the same loss") {
  const Trainer trainer(small(), {});
  const engine::Model centred = trainer.model();
  CHECK_THAT(centred.weights.W_U.colwise().mean().cwiseAbs().maxCoeff(), WithinAbs(0, 1e-6));
  const engine::Model plain = engine::unstack(trainer.parameters(), trainer.config().model);
  const std::vector<int> tokens = {1, 5, 3, 19, 5};
  const engine::Run left = engine::forward(centred, tokens), right = engine::forward(plain, tokens);
  for (int i = 0; i < left.n(); ++i)
    CHECK_THAT((engine::log_probabilities(engine::Vector(left.logits.col(i))) -
                engine::log_probabilities(engine::Vector(right.logits.col(i))))
                   .cwiseAbs()
                   .maxCoeff(),
               WithinAbs(0, 1e-5));
}

TEST_CASE("a model without layers learns which token follows which") {
  TrainConfig config = small(0);
  config.task = train::Task::corpus;
  config.steps = 60;
  config.learning_rate = 0.05;
  Trainer trainer(config, counting(60, config.model.d_vocab));
  const double first = take_step(trainer);
  double last = first;
  while (!trainer.finished()) last = take_step(trainer);
  CHECK_THAT(first, WithinAbs(std::log(20.0), 0.3));
  CHECK(last < 0.3);
}
