// pathscope paths: a next token's logit as a sum of paths.
#include <algorithm>
#include <cmath>
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

std::string probability(const Run& run, const Expansion& expansion) {
  const engine::Vector logits = run.logits.col(expansion.position);
  return percent(engine::log_probabilities(logits)[expansion.reading.target]);
}

// The rows of the waterfall: the `shown` largest terms, the rest as one.
void print_terms(const LoadedModel& loaded, const Run& run, const Expansion& expansion,
                 const report::Request& request, Terminal& terminal) {
  const std::size_t shown = std::min(std::size_t(report::top_of(request)), expansion.terms.size());
  double rest = 0;
  float lowest = 0, highest = 0;
  int name_width = 12;
  for (std::size_t i = 0; i < expansion.terms.size(); ++i) {
    const Term& term = expansion.terms[i];
    if (i >= shown) {
      rest += double(term.logit);
      continue;
    }
    lowest = std::min(lowest, term.logit);
    highest = std::max(highest, term.logit);
    name_width = std::max(name_width, display_width(engine::name(term.path)) + 1);
  }
  name_width = std::min(name_width, 40);
  const int indent = name_width + 9 + 10 + 2;
  const SignedBars bars(std::min(lowest, float(rest)), std::max(highest, float(rest)),
                        terminal.width() - indent);
  const auto row = [&](const std::string& name, const char* kind, float logit) {
    terminal.line(left(name, name_width) + left(kind, 9) + right(signed_number(logit), 10) + "  " +
                  terminal.paint(terminal.sign(logit), bars.bar(logit)));
  };
  terminal.line(
      terminal.paint(Colour::dim, left("path", name_width) + left("kind", 9) + right("logit", 10)));
  for (std::size_t i = 0; i < shown; ++i) {
    const Term& term = expansion.terms[i];
    row(engine::name(term.path), term.cut ? "cut" : engine::name(term.kind), term.logit);
    if (request.sources && term.sources.size() > 0 && !term.cut)
      terminal.line(
          "  " + terminal.paint(Colour::dim, sources_of(loaded, run, term, terminal.width() - 2)));
  }
  if (shown < expansion.terms.size())
    row(std::to_string(expansion.terms.size() - shown) + " more", "", float(rest));
  const auto total = [&](const char* name, const std::string& value, const std::string& note) {
    terminal.line(terminal.paint(Colour::strong, left(name, name_width + 9) + right(value, 10)) +
                  "  " + note);
  };
  char error[32];
  std::snprintf(error, sizeof error, "%.1e", double(expansion.max_abs_error));
  total("sum", signed_number(expansion.sum),
        "of " + std::to_string(expansion.terms.size()) + " terms");
  total("logit", signed_number(expansion.logit), "the model's own");
  total("error", error, "the largest over the vocabulary");
}

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const report::Request& request = options.request;
  if (options.json) return terminal.line(report::dump(report::analyse(loaded, "paths", request)));
  const Run run = report::run_of(loaded, request);
  const Expansion expansion = report::expansion_of(loaded, run, request);
  const int here = run.tokens[std::size_t(expansion.position)];
  terminal.line(terminal.paint(Colour::strong, reading_in_words(loaded, expansion.reading)));
  terminal.line("after " + fit(shown_token(loaded, here), 40) + " at position " +
                std::to_string(expansion.position) + " of " + std::to_string(run.n()) +
                " tokens, probability " + probability(run, expansion));
  if (!request.cuts.empty()) {
    const Run whole = engine::forward(loaded.model, run.tokens);
    const engine::Vector logits = whole.logits.col(expansion.position);
    terminal.line("with cuts; without them the logit is " +
                  signed_number(engine::read(logits, expansion.reading)) + ", the probability " +
                  probability(whole, expansion));
  }
  terminal.line();
  print_terms(loaded, run, expansion, request, terminal);
}

void add_options(CLI::App& app, Options& options) {
  report::Request& request = options.request;
  add_text_options(app, options);
  add_int_option(app, "--position", request.position, "Whose next token is read (the last)");
  add_int_option(app, "--target", request.target, "The next token's id (the model's top one)")
      ->type_name("ID");
  add_string_option(app, "--target-token", request.target_token, "The next token by its text")
      ->type_name("T");
  add_string_option(app, "--against", request.against,
                    "Read the difference from a token's logit, or from the mean of all")
      ->type_name("ID|mean");
  app.add_flag("--sources", request.sources, "Split each term by the token that it starts from");
  add_top_option(app, options, "Terms before the rest is summed up (10; with --json all)");
  add_cut_options(app, options);
}

}  // namespace

const Command paths_command = {"paths", "A next token's logit as a sum of paths", add_options,
                               answer};

}  // namespace cli
