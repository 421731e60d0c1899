#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "engine/error.h"

namespace cli {

namespace {

template <class... Values>
std::string formatted(const char* format, Values... values) {
  char text[64];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

// The next code point and its length in bytes; -1 and 1 for a byte that begins none.
utf8proc_int32_t next(std::string_view text, std::size_t& length) {
  utf8proc_int32_t code = -1;
  const utf8proc_ssize_t taken = utf8proc_iterate(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()), utf8proc_ssize_t(text.size()), &code);
  length = taken > 0 ? std::size_t(taken) : 1;
  return taken > 0 ? code : -1;
}

bool is_mark(utf8proc_int32_t code) {
  const utf8proc_category_t category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
         category == UTF8PROC_CATEGORY_MC;
}

// Has no shape of its own, or changes the text around it.
bool is_shapeless(utf8proc_int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_ZS:
      return true;
    default:
      return utf8proc_charwidth(code) == 0 && !is_mark(code);
  }
}

std::string escaped(utf8proc_int32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\t') return "\\t";
  if (code == '\r') return "\\r";
  return formatted(code > 0xffff ? "\\U%08x" : "\\u%04x", unsigned(code));
}

std::string shown(std::string_view bytes, bool token) {
  const utf8proc_int32_t middle_dot = 0xb7;
  std::string text;
  for (std::size_t i = 0, length = 0; i < bytes.size(); i += length) {
    const utf8proc_int32_t code = next(bytes.substr(i), length);
    if (code < 0) {
      text += formatted("\\x%02x", unsigned(static_cast<unsigned char>(bytes[i])));
    } else if (code == ' ') {
      text += token ? "·" : " ";
    } else if (token && code == '\\') {
      text += "\\\\";
    } else if (is_shapeless(code) || (token && code == middle_dot)) {
      text += escaped(code);
    } else {
      if (text.empty() && is_mark(code)) text += "◌";
      text += bytes.substr(i, length);
    }
  }
  return text;
}

std::string repeated(const char* text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

std::string blanks(int count) {
  return std::string(std::size_t(std::max(0, count)), ' ');
}

}  // namespace

std::string visible(std::string_view bytes) {
  return shown(bytes, true);
}

std::string one_line(std::string_view bytes) {
  return shown(bytes, false);
}

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
    const utf8proc_int32_t code = next(text.substr(i), length);
    width += code < 0 ? 1 : utf8proc_charwidth(code);
  }
  return width;
}

std::string fit(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t end = 0;
  for (std::size_t length = 0; end < text.size(); end += length) {
    next(text.substr(end), length);
    if (display_width(text.substr(0, end + length)) > width - 1) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string left(std::string_view text, int width) {
  const std::string fitted = fit(text, width);
  return fitted + blanks(width - display_width(fitted));
}

std::string right(std::string_view text, int width) {
  const std::string fitted = fit(text, width);
  return blanks(width - display_width(fitted)) + fitted;
}

std::vector<std::string> wrapped(std::string_view text, int width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (lines.empty() || display_width(lines.back()) + 1 + display_width(word) > width)
      lines.emplace_back(word);
    else
      lines.back() += " " + std::string(word);
  }
  return lines;
}

std::string plain_number(double value) {
  return formatted("%g", value);
}

std::string signed_number(float value) {
  if (std::abs(value) < 0.0005f) value = 0;  // no "-0.000"
  return formatted(std::abs(value) < 1e5f ? "%+.3f" : "%+.5g", double(value));
}

std::string number(float value) {
  return formatted(std::abs(value) < 1e5f ? "%.3f" : "%.5g", double(value));
}

std::string percent(float log_probability) {
  return formatted("%.1f %%", 100 * std::exp(double(log_probability)));
}

std::string bar(float share, int width) {
  const int halves = int(std::lround(2 * float(width) * std::clamp(share, 0.f, 1.f)));
  const std::string text = repeated("█", halves / 2) + (halves % 2 ? "▌" : "");
  return left(text, width);
}

SignedBars::SignedBars(float lowest, float highest, int width) {
  const float below = std::max(0.f, -lowest), above = std::max(0.f, highest);
  const int columns = width - 1;  // one is the axis
  const float all = below + above;
  left_ = all > 0 ? int(std::ceil(float(columns) * below / all)) : 0;
  left_ = std::min(left_, above > 0 ? columns - 1 : columns);
  right_ = columns - left_;
  per_column_ = std::max(below / float(std::max(1, left_)), above / float(std::max(1, right_)));
}

std::string SignedBars::bar(float value) const {
  if (!(per_column_ > 0)) return "│";
  const int halves = int(std::lround(2 * std::abs(value) / per_column_));
  const std::string blocks = repeated("█", halves / 2);
  if (value < 0) return right((halves % 2 ? "▐" : "") + blocks, left_) + "│";
  return blanks(left_) + "│" + blocks + (halves % 2 ? "▌" : "");
}

Terminal::Terminal() {
  if (!isatty(STDOUT_FILENO)) return;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  coloured_ = !(no_color && *no_color) && term && std::strcmp(term, "dumb") != 0;
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    width_ = std::clamp(int(size.ws_col), 60, 100);
}

std::string Terminal::paint(Colour colour, const std::string& text) const {
  const char* codes[] = {"", "1", "2", "36", "33"};  // bold, faint, cyan, yellow
  if (!coloured_ || colour == Colour::plain) return text;
  return std::string("\x1b[") + codes[int(colour)] + "m" + text + "\x1b[0m";
}

void Terminal::line(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  text_ += text + "\n";
}

void Terminal::flush() {
  const bool written = std::fwrite(text_.data(), 1, text_.size(), stdout) == text_.size();
  if (!written || std::fflush(stdout) != 0)
    engine::fail("cannot write to standard output: ", std::strerror(errno));
  text_.clear();
}

void print_wrapped(const std::string& start, const std::string& text, int indent,
                   Terminal& terminal) {
  std::string before = left(start, indent);
  for (const std::string& line : wrapped(text, terminal.width() - indent)) {
    terminal.line(before + line);
    before = left("", indent);
  }
}

Waiting::Waiting() : watched_(isatty(STDERR_FILENO)) {}

Waiting::~Waiting() {
  if (watched_) std::fputs("\r     \r", stderr);
}

void Waiting::show(double progress) {
  const int percent = int(100 * progress);
  if (!watched_ || percent == shown_) return;
  shown_ = percent;
  std::fprintf(stderr, "\r%3d %%", percent);
}

}  // namespace cli
