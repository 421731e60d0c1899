// Explorers of random models, which read ids.
#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "engine/hand_made.h"
#include "engine/random_model.h"
#include "explorer/explorer.h"

namespace explorers {

using Loaded = std::shared_ptr<const engine::LoadedModel>;

inline Loaded loaded_of(engine::Model model) {
  const int d_vocab = model.config.d_vocab;
  return std::make_shared<const engine::LoadedModel>(
      engine::LoadedModel{std::move(model), engine::Tokenizer::of_ids(d_vocab), 0, -1, {}, {}});
}

inline Loaded loaded_of(const engine::Shape& shape, std::uint64_t seed = 61) {
  return loaded_of(engine::random_model<float>(seed, shape));
}

inline explorer::Explorer of(const engine::Shape& shape, const std::string& ids,
                             std::uint64_t seed = 61) {
  explorer::Explorer explorer(loaded_of(shape, seed));
  explorer.set_text(ids);
  return explorer;
}

// Layer 0 looks one back, layer 1 for its token where that was written: induction, by hand.
inline Loaded induction_model() {
  engine::HandMade made(40, 24, 2);
  made.looks_back(0, 1).matches(1, 40);
  return loaded_of(made.model);
}

// A text of n tokens, which come again after 25.
inline std::string counted(int n) {
  std::string ids;
  for (int i = 0; i < n; ++i) ids += std::to_string(i % 25) + " ";
  return ids;
}

// Of the first three tokens; the next two tokens of each.
inline engine::BigramCounts bigram_counts() {
  return engine::BigramCounts::from_json(
      R"({"tokens":[0,1,2],"totals":[90,50,40],"next":[[1,60,2,20],[2,30,3,5],[0,39,9,1]]})");
}

// Four reports, with what they may lack.
inline engine::TrainingLog training_log(const engine::Config& config) {
  engine::TrainingLog log;
  for (const double tokens : {0.0, 2048.0, 1e5, 3e7}) {
    engine::TrainingReport report;
    report.tokens = tokens;
    if (tokens > 0) report.valid_loss = float(9 - std::log10(tokens));
    report.loss_second = 5;
    report.accuracy_second = float(tokens / 4e7);
    for (const engine::HeadId head : engine::all_heads(config))
      report.heads.push_back({head, float(tokens / 4e7), 0.5f});
    log.push_back(report);
  }
  return log;
}

}  // namespace explorers
