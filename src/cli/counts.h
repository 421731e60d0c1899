// Which file of counted bigrams belongs to a model.
#pragma once

#include <optional>
#include <string>

#include "engine/model_file.h"

namespace cli {

// The bytes of the counted bigrams of this model's tokenizer: those of `given`, where it names a
// file (Error where that cannot be read or is of another tokenizer); else of bigrams.json in the
// model's folder, or a *-bigrams.json in a folder `data` beside it or one level up, as models/data
// lies, the first that names the SHA-256 of the model's tokenizer.json. None where there is none.
std::optional<std::string> read_counts(const engine::LoadedModel& loaded, const std::string& model,
                                       const std::optional<std::string>& given);

}  // namespace cli
