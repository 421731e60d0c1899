// The tables of words.h, each filled by two files: what is said of a text, and of a model.
#pragma once

#include "view/words.h"

namespace view {

void name_text_in_english(Words& w);
void name_model_in_english(Words& w);
void name_text_in_chinese(Words& w);
void name_model_in_chinese(Words& w);

}  // namespace view
