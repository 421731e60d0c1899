// What lies beside a model and belongs to it: counted bigrams, a held-out text, the log of its
// training, the other models of its set.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/model_file.h"

namespace cli {

// A file's place and bytes.
struct FoundFile {
  std::string path, bytes;
};

// The counted bigrams of this model's tokenizer: those of `given`, where it names a file (Error
// where that cannot be read or is of another tokenizer); else of bigrams.json in the model's
// folder, or a *-bigrams.json in a folder `data` beside it or one level up, as models/data lies,
// the first that names the SHA-256 of the model's tokenizer.json. None where there is none.
std::optional<FoundFile> find_counts(const engine::LoadedModel& loaded, const std::string& model,
                                     const std::optional<std::string>& given);

// The held-out text that lies beside such counts: en.txt beside en-bigrams.json. None where there
// is none.
std::optional<std::string> read_text_beside(const std::string& counts_path);

// log.jsonl in the model's folder; none where there is none.
std::optional<std::string> read_log(const std::string& model);

// The models zero-layer, one-layer and two-layer of the folder `given` that there are (Error where
// there is none, or one has another number of layers or another tokenizer); without it those beside
// the model that fit it.
std::vector<std::shared_ptr<const engine::LoadedModel>> load_set(
    const engine::LoadedModel& loaded, const std::string& model,
    const std::optional<std::string>& given);

}  // namespace cli
