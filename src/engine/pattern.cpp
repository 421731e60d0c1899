#include "engine/pattern.h"

#include <algorithm>
#include <cassert>

namespace engine {

bool CharacterSet::contains(char32_t c) const {
  bool found = classes && (classes_of(c) & classes);
  for (std::size_t i = 0; i < ranges.size() && !found; ++i)
    found = c >= ranges[i].first && c <= ranges[i].second;
  for (std::size_t i = 0; i < sets.size() && !found; ++i) found = sets[i].contains(c);
  return found != negated;
}

Pattern Pattern::literal(std::u32string_view characters) {
  assert(!characters.empty());
  Pattern pattern;
  for (const char32_t c : characters) {
    Step step{Step::Kind::repeat};
    step.set = pattern.sets_.size();
    pattern.sets_.push_back({0, {{c, c}}, {}, false});
    pattern.steps_.push_back(step);
  }
  pattern.steps_.push_back({Step::Kind::matched});
  return pattern;
}

std::optional<std::size_t> Pattern::match(std::u32string_view text, std::size_t start) const {
  return run(text, 0, start);
}

std::optional<std::size_t> Pattern::run(std::u32string_view text, std::size_t step,
                                        std::size_t position) const {
  // Where to go on when a step fails: at `position`, then at one less, down to `lowest`.
  struct Choice {
    std::size_t step, position, lowest;
  };
  std::vector<Choice> choices;
  for (;;) {
    const Step& now = steps_[step];
    bool fits = true;
    switch (now.kind) {
      case Step::Kind::matched:
        return position;
      case Step::Kind::jump:
        step = now.target;
        break;
      case Step::Kind::either:
        choices.push_back({now.target, position, position});
        ++step;
        break;
      case Step::Kind::look:
        fits = run(text, step + 1, position).has_value() != now.negated;
        step = now.target;
        break;
      case Step::Kind::repeat: {
        const std::size_t most =
            now.maximum < text.size() - position ? position + now.maximum : text.size();
        std::size_t end = position;
        while (end < most && sets_[now.set].contains(text[end])) ++end;
        ++step;
        fits = end - position >= now.minimum;
        if (fits && !now.possessive && end - position > now.minimum)
          choices.push_back({step, end - 1, position + now.minimum});
        position = end;
        break;
      }
    }
    if (fits) continue;
    if (choices.empty()) return std::nullopt;
    Choice& last = choices.back();
    step = last.step;
    position = last.position;
    if (last.position == last.lowest)
      choices.pop_back();
    else
      --last.position;
  }
}

}  // namespace engine
