// pathscope logits: what the model expects after each position.
#include <cmath>

#include "cli/command.h"
#include "engine/error.h"

namespace cli {

namespace {

void print_position(const engine::LoadedModel& loaded, const engine::Run& run, int position,
                    int top, Terminal& terminal) {
  const engine::Vector logits = run.logits.col(position);
  const engine::Vector log_probabilities = engine::log_probabilities(logits);
  const int token_width = 30;
  const int bar_width = terminal.width() - token_width - 24;
  const int id = run.tokens[std::size_t(position)];
  std::string head = right(std::to_string(position), 4) + "  " +
                     terminal.paint(Colour::strong, fit(shown_token(loaded, id), token_width));
  if (position + 1 < run.n()) {
    const int next = run.tokens[std::size_t(position) + 1];
    const float log_probability = log_probabilities[next];
    head += "   then " + fit(shown_token(loaded, next), token_width) + ": " +
            percent(log_probability) + ", loss " + number(-log_probability);
  }
  terminal.line(head);
  for (const report::Prediction& next : report::top_predictions(logits, log_probabilities, top))
    terminal.line("      " + left(shown_token(loaded, next.id), token_width) +
                  right(signed_number(next.logit), 9) + right(percent(next.log_probability), 8) +
                  " " +
                  terminal.paint(Colour::positive, bar(std::exp(next.log_probability), bar_width)));
}

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  if (options.json)
    return terminal.line(report::dump(report::analyse(loaded, "logits", options.request)));
  if (options.request.full) engine::fail("--full: all logits are for programs: add --json");
  const int top = report::top_of(options.request);
  const engine::Run run = report::run_of(loaded, options.request);
  if (run.n() == 0) return terminal.line("no logits: the text is empty");
  terminal.line(terminal.paint(Colour::dim, left("", 36) + "    logit   prob."));
  for (int position = 0; position < run.n(); ++position)
    print_position(loaded, run, position, top, terminal);
}

void add_options(Arguments& arguments, Options& options) {
  add_text_options(arguments, options);
  add_top_option(arguments, options, "How many next tokens to show at each position (10)");
  arguments.flag("--full", options.request.full, "All logits too (with --json)");
  add_cut_options(arguments, options);
}

}  // namespace

const Command logits_command = {"logits", "The likely next tokens after every position",
                                add_options, answer};

}  // namespace cli
