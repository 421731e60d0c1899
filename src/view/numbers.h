// Numbers as text, the same in every language.
#pragma once

#include <string>

namespace view {

std::string signed_number(float value, int digits = 2);    // "+1.20", "−1.20"
std::string unsigned_number(float value, int digits = 2);  // "1.20", "−1.20"
std::string percent(float log_probability);                // "81 %", "0.4 %", "<0.1 %"
std::string share(float part);                             // of 1: "74 %", "−74 %"
std::string tiny(float value);                             // "2.1e-6", as the page's tables have it
std::string grouped(int count);                            // "4,096"

}  // namespace view
