// Text for people: what a token looks like, how many columns it takes, bars and colours. Output is
// gathered and written at the end, so that an error leaves no half-printed answer behind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// A token's bytes as something that can be seen: a blank is ·, what has no shape of its own is
// written as \n, \t, \u200b, and bytes that are not UTF-8 on their own as \xe4. Never has control
// characters.
std::string visible(std::string_view bytes);

// The same for a sentence with foreign words in it (an error, a file's name): blanks stay blanks.
std::string one_line(std::string_view bytes);

// Columns that well-formed text takes on a terminal: two for a Chinese character, none for an
// accent.
int display_width(std::string_view text);

// Text cut to at most `width` columns, with … where something was left out.
std::string fit(std::string_view text, int width);
// The same, filled up with blanks on the right, or on the left.
std::string left(std::string_view text, int width);
std::string right(std::string_view text, int width);

// Lines of at most `width` columns, broken at blanks; a word that is longer has a line of its own.
std::vector<std::string> wrapped(std::string_view text, int width);

// "0.4": a threshold, in as few digits as it takes.
std::string plain_number(double value);
// "+3.412", and "3.412".
std::string signed_number(float value);
std::string number(float value);
// A probability from its logarithm: "12.3 %".
std::string percent(float log_probability);

// A bar of a share between 0 and 1 of the width, filled up with blanks.
std::string bar(float share, int width);

// Bars that leave a common axis to both sides.
class SignedBars {
 public:
  // For values between `lowest` and `highest`, in at most `width` columns.
  SignedBars(float lowest, float highest, int width);
  std::string bar(float value) const;

 private:
  float per_column_;
  int left_, right_;  // columns on the sides of the axis
};

enum class Colour { plain, strong, dim, positive, negative };

class Terminal {
 public:
  // Colours where standard output is a terminal and NO_COLOR is not set; as wide as that terminal,
  // between 60 and 100 columns, else 100.
  Terminal();

  int width() const { return width_; }
  std::string paint(Colour colour, const std::string& text) const;
  Colour sign(float value) const { return value < 0 ? Colour::negative : Colour::positive; }

  // Adds a line; blanks at its end are left out.
  void line(std::string text = "");
  // Writes everything to standard output. Throws Error when that fails.
  void flush();

 private:
  bool coloured_ = false;
  int width_ = 100;
  std::string text_;
};

// Text in the columns from `indent` on, as many lines as it takes; the first begins with `start`.
void print_wrapped(const std::string& start, const std::string& text, int indent,
                   Terminal& terminal);

// How far something is, on standard error where a person watches it; gone at the end.
class Waiting {
 public:
  Waiting();
  ~Waiting();
  void show(double progress);  // 0 to 1

 private:
  bool watched_;
  int shown_ = -1;  // per cent
};

// Steps to the end: done(), progress(), step().
template <class Meter>
void finish(Meter& meter) {
  Waiting waiting;
  while (!meter.done()) {
    meter.step();
    waiting.show(meter.progress());
  }
}

}  // namespace cli
