// train.json as a value (design, section 8): what is trained, on what, and how.
#pragma once

#include <cstdint>
#include <string>

#include "engine/model.h"

namespace train {

enum class Task { corpus, repeat, text };
enum class Schedule { cosine, constant };

// How the weights start: normal entries of these deviations, and, where asked for, positions as
// sinusoids and W_U as a turned W_E (so that a copying map is one simple matrix).
struct Init {
  double W_E = 0.3;
  double W_pos = 0.3;
  bool sinusoids = false;  // W_pos: sinusoids of this size in place of noise
  // Their frequencies, radians a position: a geometric series from the first to the second.
  double highest_frequency = 1, lowest_frequency = 1e-4;
  double W_QKV = 0.0625;
  double W_O = 0.04;
  double W_U = 0.04;
  double turned = 0;  // W_U += turned * W_E, each pair of dimensions turned by a quarter
};

struct TrainConfig {
  engine::Config model;
  Task task = Task::corpus;
  std::string tokenizer;  // path of a tokenizer.json, from the config's folder
  int batch = 16;         // sequences a step
  int steps = 1000;
  double learning_rate = 3e-3;  // after the warm-up
  Schedule schedule = Schedule::cosine;
  int warmup = 100;  // steps
  double beta1 = 0.9, beta2 = 0.95, eps = 1e-8, weight_decay = 0.01;
  double clip = 1;  // of the gradient's norm; 0: none
  // Share of synthetic sequences: from the first number to the second within `repeat_anneal` of the
  // steps, then steady.
  double repeat_from = 0, repeat_to = 0, repeat_anneal = 1;
  int repeat_min = 6, repeat_max = 0;  // length of a repeated block; 0: n_ctx / 2
  // Of the synthetic sequences, those whose tokens come from a random subset, from the bytes, and
  // from the bytes of words and numbers: Latin letters, digits, blanks.
  double subset_share = 0.1, byte_share = 0, letter_share = 0;
  Init init;
  int report_every = 0;  // steps; 0: about 100 reports, spaced evenly in log tokens
  std::uint64_t seed = 1;
};

}  // namespace train
