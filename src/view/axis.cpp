#include "view/axis.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "view/numbers.h"

namespace view {

float nice_step(float range, int count) {
  const double rough = std::max(double(range) / count, 1e-30);
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double times : {1.0, 2.0, 5.0})
    if (rough <= times * power * 1.001) return float(times * power);
  return float(std::min(10 * power, double(std::numeric_limits<float>::max())));
}

std::string axis_number(float value, float step) {
  const double size = std::abs(double(value));
  const std::string sign = value < 0 ? "\u2212" : "";
  if (size >= 1e12) {
    std::string text = tiny(value);
    text.erase(text.find('+'), 1);
    return sign + text;
  }
  if (size >= 1e4) {
    std::string text = short_count(size);
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return sign + text;
  }
  return unsigned_number(value, step >= 1 ? 0 : step >= 0.1f ? 1 : step >= 0.01f ? 2 : 4);
}

std::string short_count(double count) {
  const char* const units[] = {"", " k", " M", " G"};
  int unit = 0;
  for (; count >= 999.5 && unit < 3; ++unit) count /= 1000;
  char text[32];
  const bool fraction = unit && count < 9.95 && std::abs(count - std::round(count)) >= 0.05;
  std::snprintf(text, sizeof text, fraction ? "%.1f%s" : "%.0f%s", count, units[unit]);
  return text;
}

}  // namespace view
