// Pattern::parse: a regular expression -> a Pattern's program, by recursive descent.
#include <algorithm>
#include <limits>

#include "engine/pattern.h"
#include "engine/utf8.h"

namespace engine {

namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
constexpr int deepest_group = 32;

bool is_letter_of_ascii(char32_t c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

// Two letters that Unicode's case folding makes of one character (U+00DF, the ligatures U+FB00
// ...).
bool folds_to_one(char32_t a, char32_t b) {
  a |= 0x20;
  b |= 0x20;
  return (a == 's' && (b == 's' || b == 't')) || (a == 'f' && (b == 'f' || b == 'i' || b == 'l'));
}

// What stops the parser: a part of the expression that is not done.
struct NotDone {
  std::string what;
};

}  // namespace

class PatternParser {
 public:
  explicit PatternParser(std::u32string_view expression) : text_(expression) {}

  Pattern parse() {
    const std::size_t shortest = alternatives(0);
    if (at_ < text_.size()) stop("')' without '('");
    if (shortest == 0) stop("a pattern that fits the empty text");
    add({Kind::matched});
    return std::move(pattern_);
  }

 private:
  using Step = Pattern::Step;
  using Kind = Step::Kind;

  [[noreturn]] void stop(const std::string& what) const { throw NotDone{what}; }

  bool ended() const { return at_ == text_.size(); }
  bool next_is(char32_t c) const { return !ended() && text_[at_] == c; }
  bool take(std::u32string_view characters) {
    if (text_.substr(at_, characters.size()) != characters) return false;
    at_ += characters.size();
    return true;
  }
  char32_t take_any() {
    if (ended()) stop("an expression that breaks off");
    return text_[at_++];
  }

  std::size_t add(Step step) {
    pattern_.steps_.push_back(step);
    return pattern_.steps_.size() - 1;
  }
  std::size_t here() const { return pattern_.steps_.size(); }
  void aim(std::size_t step) { pattern_.steps_[step].target = here(); }

  // Each of the following reads a part and returns the length of the shortest text that it fits.

  // a|b|c becomes: either(2) a jump(end) 2: either(3) b jump(end) 3: c end.
  std::size_t alternatives(int depth) {
    if (depth > deepest_group) stop("groups within groups, too deep");
    std::size_t shortest = no_limit;
    std::vector<std::size_t> jumps;
    for (;;) {
      // The step before an alternative is put in before it's known whether another one follows.
      const std::size_t either = add({Kind::either});
      shortest = std::min(shortest, sequence(depth));
      if (!take(U"|")) {
        // The last one: no other way to go. Jumping to the next step does nothing.
        pattern_.steps_[either] = {Kind::jump};
        pattern_.steps_[either].target = either + 1;
        break;
      }
      jumps.push_back(add({Kind::jump}));
      aim(either);
    }
    for (const std::size_t jump : jumps) aim(jump);
    return shortest;
  }

  std::size_t sequence(int depth) {
    std::size_t length = 0;
    previous_ = 0;
    while (!ended() && !next_is('|') && !next_is(')')) {
      if (take(U"(?!") || take(U"(?="))
        look_ahead(text_[at_ - 1] == '!', depth);
      else if (next_is('('))
        length += group(depth);
      else
        length += character();
    }
    return length;
  }

  void look_ahead(bool negated, int depth) {
    const std::size_t look = add({Kind::look});
    pattern_.steps_[look].negated = negated;
    alternatives(depth + 1);
    if (!take(U")")) stop("'(' without ')'");
    add({Kind::matched});
    aim(look);
    if (next_is('?') || next_is('*') || next_is('+') || next_is('{')) stop("repeated look-ahead");
  }

  // (?:a)? becomes: either(end) a end.
  std::size_t group(int depth) {
    if (ignore_case_) stop("a group within (?i:)");
    if (take(U"(?i:"))
      ignore_case_ = true;
    else if (!take(U"(?:") && (!take(U"(") || next_is('?')))
      stop("a group (?" + (ended() ? "" : to_utf8(text_.substr(at_).substr(1, 1))));
    // Whether the group is optional shows behind it; till then the step before it jumps to the
    // next.
    const std::size_t before = add({Kind::jump});
    aim(before);
    const std::size_t length = alternatives(depth + 1);
    if (!take(U")")) stop("'(' without ')'");
    ignore_case_ = false;
    if (next_is('*') || next_is('+') || next_is('{')) stop("a group that repeats");
    if (!take(U"?")) return length;
    if (next_is('+') || next_is('?')) stop("a possessive or lazy group");
    pattern_.steps_[before] = {Kind::either};
    aim(before);
    return 0;
  }

  std::size_t character() {
    Step step{Kind::repeat};
    step.set = pattern_.sets_.size();
    const char32_t literal = text_[at_];
    CharacterSet set = one();
    fold(set, literal);
    pattern_.sets_.push_back(std::move(set));
    if (take(U"?"))
      step.minimum = 0;
    else if (take(U"*"))
      step.minimum = 0, step.maximum = no_limit;
    else if (take(U"+"))
      step.maximum = no_limit;
    else if (take(U"{"))
      return counted(step);
    const bool repeats = step.minimum != 1 || step.maximum != 1;
    if (repeats && ignore_case_) stop("repetition in (?i:)");
    step.possessive = repeats && take(U"+");
    if (repeats && next_is('?')) stop("lazy repetition");
    if (repeats && (next_is('*') || next_is('+') || next_is('{'))) stop("repeated repetition");
    add(step);
    return step.minimum;
  }

  // {3} {1,3} {2,}
  std::size_t counted(Step step) {
    const auto number = [&] {
      std::size_t value = 0;
      if (ended() || !is_digit(text_[at_])) stop("'{' without a number");
      while (!ended() && is_digit(text_[at_]) && value < 100000)
        value = value * 10 + (text_[at_++] - '0');
      return value;
    };
    step.minimum = step.maximum = number();
    if (take(U",")) step.maximum = next_is('}') ? no_limit : number();
    if (!take(U"}") || step.minimum > step.maximum || ignore_case_)
      stop("a repetition of that form");
    if (next_is('?') || next_is('*') || next_is('+') || next_is('{')) stop("repeated repetition");
    add(step);
    return step.minimum;
  }

  // Adds what (?i: ) lets stand for a literal letter.
  void fold(CharacterSet& set, char32_t literal) {
    if (!ignore_case_) return;
    const bool is_literal = set.ranges.size() == 1 && set.ranges[0].first == literal;
    if (!is_literal || literal >= 0x80) stop("a set, an escape or a letter beyond ASCII in (?i:)");
    if (!is_letter_of_ascii(literal)) return;
    if (folds_to_one(previous_, literal)) stop("a pair of letters in (?i:) that has a ligature");
    previous_ = literal;
    set.ranges = {{literal | 0x20, literal | 0x20}, {literal & ~0x20u, literal & ~0x20u}};
    if ((literal | 0x20) == 's') set.ranges.push_back({0x17F, 0x17F});    // long s
    if ((literal | 0x20) == 'k') set.ranges.push_back({0x212A, 0x212A});  // kelvin sign
  }

  // One character, set or escape, outside brackets.
  CharacterSet one() {
    const char32_t c = take_any();
    if (c == '[') return brackets();
    if (c == '\\') return escape();
    if (c == '.') return {0, {{'\n', '\n'}}, {}, true};
    if (c == '^' || c == '$') stop(std::string(1, char(c)));
    const bool counts = c == '{' && !ended() && (text_[at_] == ',' || is_digit(text_[at_]));
    if (c == '*' || c == '+' || c == '?' || counts) stop("a repetition of nothing");
    return {0, {{c, c}}, {}, false};
  }

  static void include(CharacterSet& set, CharacterSet item) {
    if (item.negated) {
      set.sets.push_back(std::move(item));
    } else {
      set.classes |= item.classes;
      set.ranges.insert(set.ranges.end(), item.ranges.begin(), item.ranges.end());
    }
  }

  CharacterSet brackets() {
    CharacterSet set;
    set.negated = take(U"^");
    if (next_is(']')) stop("'[' followed by ']'");
    while (!take(U"]")) {
      const char32_t c = take_any();
      if (c == '[' || (c == '&' && next_is('&'))) stop("'[' or '&&' within brackets");
      CharacterSet item = c == '\\' ? escape() : CharacterSet{0, {{c, c}}, {}, false};
      const bool is_range = next_is('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
      if (!is_range) {
        include(set, std::move(item));
        continue;
      }
      ++at_;
      const char32_t last = take_any();
      const CharacterSet end = last == '\\' ? escape() : CharacterSet{0, {{last, last}}, {}, false};
      if (last == '[' || item.ranges.size() != 1 || item.negated || end.ranges.size() != 1 ||
          end.negated || item.ranges[0].first > end.ranges[0].first)
        stop("a range of that form");
      set.ranges.push_back({item.ranges[0].first, end.ranges[0].first});
    }
    return set;
  }

  CharacterSet escape() {
    const char32_t c = take_any();
    switch (c) {
      case 'n':
        return {0, {{'\n', '\n'}}, {}, false};
      case 'r':
        return {0, {{'\r', '\r'}}, {}, false};
      case 't':
        return {0, {{'\t', '\t'}}, {}, false};
      case 's':
        return {white_space, {}, {}, false};
      case 'S':
        return {white_space, {}, {}, true};
      case 'd':
        return {*category("Nd"), {}, {}, false};
      case 'D':
        return {*category("Nd"), {}, {}, true};
      case 'p':
        return property(false);
      case 'P':
        return property(true);
      default:
        break;
    }
    if (c >= 0x80 || is_letter_of_ascii(c) || is_digit(c)) stop("\\" + to_utf8({&c, 1}));
    return {0, {{c, c}}, {}, false};
  }

  // {L}, {Lu}, {^L}
  CharacterSet property(bool negated) {
    if (!take(U"{")) stop("\\p without '{'");
    if (take(U"^")) negated = !negated;
    std::u32string name;
    while (!next_is('}')) name += take_any();
    ++at_;
    const auto classes = category(to_utf8(name));
    if (!classes) stop("\\p{" + to_utf8(name) + "}");
    return {*classes, {}, {}, negated};
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
  bool ignore_case_ = false;
  char32_t previous_ = 0;  // the letter just before, in (?i:)
  Pattern pattern_;
};

std::optional<Pattern> Pattern::parse(std::string_view expression, std::string& not_done) {
  const std::u32string characters = code_points(expression);
  try {
    return PatternParser(characters).parse();
  } catch (const NotDone& reason) {
    not_done = reason.what;
    return std::nullopt;
  }
}

}  // namespace engine
