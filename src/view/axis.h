// The steps of an axis, and the numbers beside them.
#pragma once

#include <string>

namespace view {

// 1, 2 or 5 times a power of ten: the smallest of which at most `count` span the range, which may
// be as large as a float is.
float nice_step(float range, int count);

// A value on an axis of such steps: "0.2", "14", "30k", "4.0e14".
std::string axis_number(float value, float step);

// "2.5 k", "33 M"
std::string short_count(double count);

}  // namespace view
