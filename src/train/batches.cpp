#include "train/batches.h"

#include <algorithm>
#include <cassert>

#include "engine/error.h"
#include "engine/utf8.h"

namespace train {

namespace {

// Bytes as any script has them in UTF-8: characters out of one random range of Unicode.
std::string random_script(int bytes, engine::Random& random) {
  const int width = 1 << (4 + random.below(9));                  // 16 to 4,096 characters
  const int start = 0x80 + random.below(0xd800 - 0x80 - width);  // below the surrogates
  const int shift = random.below(8) == 0 ? 0x10000 : 0;          // emoji and the like
  std::string text;
  while (int(text.size()) < bytes)
    engine::append_utf8(text, char32_t(start + shift + random.below(width)));
  text.resize(std::size_t(bytes));
  return text;
}

std::string random_bytes(int bytes, engine::Random& random) {
  std::string text(std::size_t(bytes), '\0');
  for (char& byte : text) byte = char(random.below(256));
  return text;
}

// Words of Latin letters, and numbers, whose usual followers a corpus in another script has seen a
// little: there a full stop follows most digits.
std::string random_words(int bytes, engine::Random& random) {
  std::string text;
  bool number = random.below(3) == 0;
  while (int(text.size()) < bytes) {
    if (random.below(6) == 0) {
      text += ' ';
      number = random.below(3) == 0;
    } else {
      text += number ? char('0' + random.below(10)) : char('a' + random.below(26));
    }
  }
  return text;
}

// `length` tokens: of the whole vocabulary, of a random subset of it, or bytes, from which every
// text in a script that the corpus lacks is made.
std::vector<int> random_block(const TrainConfig& config, const std::vector<int>& byte_ids,
                              int length, engine::Random& random) {
  std::vector<int> block(static_cast<std::size_t>(length));
  const double kind = random.uniform();
  const bool letters = kind >= 1 - config.letter_share;
  if ((kind < config.byte_share || letters) && !byte_ids.empty()) {
    const std::string text = letters           ? random_words(length, random)
                             : random.below(2) ? random_script(length, random)
                                               : random_bytes(length, random);
    for (std::size_t i = 0; i < block.size(); ++i)
      block[i] = byte_ids[static_cast<unsigned char>(text[i])];
  } else if (kind < config.byte_share + config.subset_share) {
    std::vector<int> subset(std::size_t(8 + random.below(57)));  // 8 to 64 tokens
    for (int& id : subset) id = random.below(config.model.d_vocab);
    for (int& id : block) id = subset[std::size_t(random.below(int(subset.size())))];
  } else {
    for (int& id : block) id = random.below(config.model.d_vocab);
  }
  return block;
}

}  // namespace

engine::Sequence repeated_training_sequence(const TrainConfig& config,
                                            const std::vector<int>& byte_ids,
                                            engine::Random& random) {
  const int n_ctx = config.model.n_ctx;
  const int longest = config.repeat_max ? config.repeat_max : n_ctx / 2;
  const int length = config.repeat_min + random.below(longest - config.repeat_min + 1);
  engine::Sequence sequence{random_block(config, byte_ids, length, random), length};
  for (int i = length; i <= n_ctx; ++i)
    sequence.tokens.push_back(sequence.tokens[std::size_t(i - length)]);
  return sequence;
}

Batches::Batches(const TrainConfig& config, std::vector<int> corpus, std::vector<int> byte_ids)
    : config_(config), corpus_(std::move(corpus)), byte_ids_(std::move(byte_ids)) {
  if (config_.task != Task::repeat && int(corpus_.size()) < config_.model.n_ctx + 1)
    engine::fail("the training text has ", corpus_.size(),
                 " tokens, expected at least n_ctx + 1 = ", config_.model.n_ctx + 1);
}

double Batches::repeat_share(int step) const {
  if (config_.task == Task::repeat) return 1;
  const double until = config_.repeat_anneal * config_.steps;
  const double way = until > 0 ? std::min(1.0, step / until) : 1;
  return config_.repeat_from + (config_.repeat_to - config_.repeat_from) * way;
}

engine::Sequence Batches::window(engine::Random& random) const {
  const int width = config_.model.n_ctx + 1;
  const int start = random.below(int(corpus_.size()) - width + 1);
  const auto first = corpus_.begin() + start;
  return {{first, first + width}, 0};
}

Batch Batches::batch(int step) const {
  // Seeds of neighbouring steps give unrelated states: Random spreads them.
  engine::Random random(config_.seed * 0x9e3779b97f4a7c15u + std::uint64_t(step));
  Batch batch;
  const double share = repeat_share(step);
  for (int i = 0; i < config_.batch; ++i) {
    const bool synthetic = random.uniform() < share;
    batch.sequences.push_back(synthetic ? repeated_training_sequence(config_, byte_ids_, random)
                                        : window(random));
    batch.synthetic.push_back(synthetic);
    batch.counted += batch.sequences.back().predictions();
    batch.tokens += config_.model.n_ctx;
  }
  return batch;
}

}  // namespace train
