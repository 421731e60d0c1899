// The beginning of a text that is longer than any model reads: its first tokens without the time it
// takes to read all of it.
#pragma once

#include <string_view>
#include <vector>

#include "engine/model_file.h"

namespace explorer {

struct Beginning {
  std::vector<int> tokens;
  bool whole = true;  // these are the tokens of the whole text
};

// The tokens of the whole text, or of so much of it that the first n_ctx are surely the whole
// text's. Throws Error where the model's tokenizer cannot read what is read.
Beginning read_beginning(const engine::LoadedModel& loaded, std::string_view text);

}  // namespace explorer
