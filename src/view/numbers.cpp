#include "view/numbers.h"

#include <cmath>
#include <cstdio>

namespace view {

namespace {

template <class... Values>
std::string print(const char* format, Values... values) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return buffer;
}

const std::string minus = "\u2212";

}  // namespace

std::string signed_number(float value, int digits) {
  const std::string text = print("%+.*f", digits, double(value));
  // What rounds to 0 has no side.
  if (text.find_first_of("123456789") == text.npos) return "+" + text.substr(1);
  return text[0] == '-' ? minus + text.substr(1) : text;
}

std::string unsigned_number(float value, int digits) {
  const std::string text = signed_number(value, digits);
  return text[0] == '+' ? text.substr(1) : text;
}

std::string percent(float log_probability) {
  return share(std::exp(log_probability));
}

std::string share(float part) {
  const double percent = 100 * std::abs(double(part));
  if (percent < 0.05) return "<0.1 %";
  return (part < 0 ? minus : "") + print(percent >= 9.95 ? "%.0f %%" : "%.1f %%", percent);
}

std::string tiny(float value) {
  if (value == 0) return "0";
  std::string text = print("%.1e", double(std::abs(value)));
  const std::size_t zero = text.find("e-0");
  if (zero != text.npos) text.erase(zero + 2, 1);
  return text;
}

std::string grouped(int count) {
  std::string text = std::to_string(count);
  for (int at = int(text.size()) - 3; at > 0; at -= 3) text.insert(std::size_t(at), ",");
  return text;
}

}  // namespace view
