// pathscope paths: a next token's logit as a sum of paths.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>

#include "cli/command.h"

namespace cli {

namespace {

using engine::Expansion;
using engine::LoadedModel;
using engine::Run;
using engine::Term;

// "from 3 ·cat +2.100, 5 ·mat +0.400, 7 more +0.010", as many sources as fit.
std::string sources_of(const LoadedModel& loaded, const Run& run, const Term& term, int width) {
  std::vector<int> order(std::size_t(term.sources.size()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&term](int a, int b) {
    return std::abs(term.sources[a]) > std::abs(term.sources[b]);
  });
  const auto with_rest = [&](const std::string& text, std::size_t shown) {
    if (shown == order.size()) return text;
    float rest = 0;
    for (std::size_t i = shown; i < order.size(); ++i) rest += term.sources[order[i]];
    return text + ", " + std::to_string(order.size() - shown) + " more " + signed_number(rest);
  };
  std::string text;
  std::size_t shown = 0;
  for (; shown < order.size(); ++shown) {
    const int position = order[shown];
    const int id = run.tokens[std::size_t(position)];
    const std::string longer = text + (shown ? ", " : "from ") + std::to_string(position) + " " +
                               fit(shown_token(loaded, id), 20) + " " +
                               signed_number(term.sources[position]);
    const bool small = std::abs(term.sources[position]) < 0.0005f;
    if (shown > 0 && (small || display_width(with_rest(longer, shown + 1)) > width)) break;
    text = longer;
  }
  return with_rest(text, shown);
}

std::string reading_in_words(const LoadedModel& loaded, const engine::Reading& reading) {
  const std::string target = fit(shown_token(loaded, reading.target), 24);
  switch (reading.against) {
    case engine::Reading::Against::none:
      return "logit of " + target;
    case engine::Reading::Against::mean:
      return "logit of " + target + " above the mean";
    case engine::Reading::Against::token:
      return "logit of " + target + " above that of " +
             fit(shown_token(loaded, reading.against_token), 24);
  }
  return {};
}

std::string probability(const LoadedModel& loaded, const Run& run, const Expansion& expansion) {
  const engine::Vector logits = engine::logits_at(loaded.model, run, expansion.position);
  return percent(engine::log_probabilities(logits)[expansion.reading.target]);
}

// A table of the largest terms, the rest as one row, and what they sum to.
class Waterfall {
 public:
  Waterfall(const Expansion& expansion, int rows, Terminal& terminal)
      : expansion_(expansion),
        shown_(std::min(std::size_t(rows), expansion.terms.size())),
        terminal_(terminal) {
    for (std::size_t i = shown_; i < expansion.terms.size(); ++i)
      rest_ += double(expansion.terms[i].logit);
    for (std::size_t i = 0; i < shown_; ++i)
      name_width_ = std::max(name_width_, display_width(engine::name(expansion.terms[i].path)) + 1);
    name_width_ = std::min(name_width_, 40);
  }

  // `sources`, where given, writes the line under a term.
  void print(const std::function<std::string(const Term&)>& sources) {
    const SignedBars bars = make_bars();
    terminal_.line(terminal_.paint(Colour::dim, cells("path", "kind", "logit")));
    for (std::size_t i = 0; i < shown_; ++i) {
      const Term& term = expansion_.terms[i];
      row(bars, engine::name(term.path), term.cut ? "cut" : engine::name(term.kind), term.logit);
      if (sources && term.sources.size() > 0 && !term.cut)
        terminal_.line("  " + terminal_.paint(Colour::dim, sources(term)));
    }
    const std::size_t count = expansion_.terms.size();
    if (shown_ < count) row(bars, std::to_string(count - shown_) + " more", "", float(rest_));
    char error[32];
    std::snprintf(error, sizeof error, "%.1e", double(expansion_.max_abs_error));
    total("sum", signed_number(expansion_.sum), "of " + std::to_string(count) + " terms");
    total("logit", signed_number(expansion_.logit), "the model's own");
    total("error", error, "the largest over the vocabulary");
  }

 private:
  SignedBars make_bars() const {
    float lowest = float(rest_), highest = float(rest_);
    for (std::size_t i = 0; i < shown_; ++i) {
      lowest = std::min(lowest, expansion_.terms[i].logit);
      highest = std::max(highest, expansion_.terms[i].logit);
    }
    return SignedBars(lowest, highest, terminal_.width() - display_width(cells("", "", "")) - 2);
  }

  std::string cells(const std::string& name, const char* kind, const std::string& logit) const {
    return left(name, name_width_) + left(kind, 9) + right(logit, 10);
  }

  void row(const SignedBars& bars, const std::string& name, const char* kind, float logit) {
    terminal_.line(cells(name, kind, signed_number(logit)) + "  " +
                   terminal_.paint(terminal_.sign(logit), bars.bar(logit)));
  }

  void total(const char* name, const std::string& value, const std::string& note) {
    terminal_.line(terminal_.paint(Colour::strong, cells(name, "", value)) + "  " + note);
  }

  const Expansion& expansion_;
  const std::size_t shown_;
  Terminal& terminal_;
  double rest_ = 0;
  int name_width_ = 12;
};

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const report::Request& request = options.request;
  if (options.json) return terminal.line(report::dump(report::analyse(loaded, "paths", request)));
  const Run run = report::stream_of(loaded, request);
  const Expansion expansion = report::expansion_of(loaded, run, request);
  const int here = run.tokens[std::size_t(expansion.position)];
  terminal.line(terminal.paint(Colour::strong, reading_in_words(loaded, expansion.reading)));
  terminal.line("after " + fit(shown_token(loaded, here), 40) + " at position " +
                std::to_string(expansion.position) + " of " + std::to_string(run.n()) +
                " tokens, probability " + probability(loaded, run, expansion));
  if (!request.cuts.empty()) {
    const Run whole = engine::forward_stream(loaded.model, run.tokens);
    const engine::Vector logits = engine::logits_at(loaded.model, whole, expansion.position);
    terminal.line("with cuts; without them the logit is " +
                  signed_number(engine::read(logits, expansion.reading)) + ", the probability " +
                  probability(loaded, whole, expansion));
  }
  terminal.line();
  std::function<std::string(const Term&)> sources;
  if (request.sources)
    sources = [&](const Term& term) { return sources_of(loaded, run, term, terminal.width() - 2); };
  Waterfall(expansion, report::top_of(request), terminal).print(sources);
}

void add_options(Arguments& arguments, Options& options) {
  report::Request& request = options.request;
  add_text_options(arguments, options);
  arguments.number("--position", request.position, "Whose next token is read (the last)");
  arguments.number("--target", request.target, "The next token's id (the model's top one)", "ID");
  arguments.text("--target-token", request.target_token, "The next token by its text", "T");
  arguments.text("--against", request.against,
                 "Read the difference from a token's logit, or from the mean of all", "ID|mean");
  arguments.flag("--sources", request.sources, "Split each term by the token that it starts from");
  add_top_option(arguments, options, "Terms before the rest is summed up (10; with --json all)");
  add_cut_options(arguments, options);
}

}  // namespace

const Command paths_command = {"paths", "A next token's logit as a sum of paths", add_options,
                               answer};

}  // namespace cli
