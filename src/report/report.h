// Engine values -> JSON: the one serialiser, used by the command line (--json) and by the page. The
// design's section 6 has the schemas. Each function is pure: the same values give the same JSON.
#pragma once

#include <optional>
#include <vector>

#include "engine/forward.h"
#include "engine/held_out.h"
#include "engine/model_file.h"
#include "engine/path_expansion.h"
#include "report/json.h"

namespace report {

// {"id", "text"[, "bytes"]}: `text` is the token's bytes as UTF-8, U+FFFD where they are none;
// `bytes`, in hexadecimal, is there where they are none on their own.
Json token(const engine::LoadedModel& loaded, int id);
Json token_list(const engine::LoadedModel& loaded, const std::vector<int>& ids);

// ["L0H3", "L1H5"]; the direct path is [].
Json path_names(const engine::Path& path);

// Adds "folded": true where weights were read with a LayerNorm folded into them.
void mark_folded(const engine::Config& config, Json& json);

// {"config", "parameters", "heads", "ignored", "notices"}.
Json info(const engine::LoadedModel& loaded);

// {"tokens"}.
Json tokens(const engine::LoadedModel& loaded, const std::vector<int>& ids);

// {"tokens", "positions": [{"position", "loss", "top"}][, "logits"]}: the `top` highest logits of
// every position with their log-probabilities; `loss`, in nats, is of the token that follows, null
// at the end. `full` adds all logits, one list a position.
struct LogitsOptions {
  int top = 10;
  bool full = false;
};
Json logits(const engine::LoadedModel& loaded, const engine::Run& run,
            const LogitsOptions& options = {});

// {"position", "target"[, "against"], "logit", "sum", "max_abs_error", "terms"[, "rest"]}. Terms
// that a cut took out carry "cut": true. With `top`, the terms after that many are summed in
// "rest": {"terms", "logit"}.
struct PathsOptions {
  bool sources = false;
  std::optional<int> top;
};
Json paths(const engine::LoadedModel& loaded, const engine::Expansion& expansion,
           const PathsOptions& options = {});

// {"tokens", "heads": [{"head", "pattern", "scores"}]}, of one head or of all; rows are
// destinations; where source > destination the pattern is 0 and the score null.
Json attention(const engine::LoadedModel& loaded, const engine::Run& run,
               std::optional<engine::HeadId> head = {});

// {"tokens", "predictions", "loss", "in_context", "loss_by_position"}: nats a token over windows of
// n_ctx; of a text of `tokens` tokens. in_context is null where n_ctx < 252.
Json loss(const engine::HeldOutLoss& held_out, int tokens);

// One of a position's likely next tokens.
struct Prediction {
  int id = 0;
  float logit = 0;
  float log_probability = 0;
};

// The `count` highest logits, highest first, lower ids first among equals. d_vocab each.
std::vector<Prediction> top_predictions(const engine::Vector& logits,
                                        const engine::Vector& log_probabilities, int count);

}  // namespace report
