// pathscope attention: where the heads look.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "cli/command.h"

namespace cli {

namespace {

using engine::HeadId;
using engine::LoadedModel;
using engine::Run;

// "0.83 3 ·cat  0.10 1 ·the ...": a destination's sources, strongest first, as many as fit.
std::string strongest(const LoadedModel& loaded, const Run& run, HeadId head, int destination,
                      int width) {
  const engine::Matrix& pattern = run.head(head).pattern;
  std::vector<int> order(std::size_t(destination) + 1);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return pattern(destination, a) > pattern(destination, b); });
  std::string text;
  for (int source : order) {
    const float weight = pattern(destination, source);
    if (!text.empty() && weight < 0.005f) break;
    char number[32];
    std::snprintf(number, sizeof number, "%.2f %d ", double(weight), source);
    const std::string next = (text.empty() ? "" : "  ") + std::string(number) +
                             fit(shown_token(loaded, run.tokens[std::size_t(source)]), 16);
    if (display_width(text) + display_width(next) > width) break;
    text += next;
  }
  return text;
}

// One line a head: where it looks from the last position.
void print_heads(const LoadedModel& loaded, const Run& run, Terminal& terminal) {
  const int last = run.n() - 1;
  terminal.line(
      "from the last position, " + std::to_string(last) + " " +
      terminal.paint(Colour::strong, fit(shown_token(loaded, run.tokens[std::size_t(last)]), 40)));
  terminal.line(terminal.paint(Colour::dim,
                               "head    weight, source; --head L0H0 shows one head's "
                               "whole pattern"));
  for (HeadId head : engine::all_heads(loaded.model.config))
    terminal.line(left(engine::name(head), 8) +
                  strongest(loaded, run, head, last, terminal.width() - 8));
}

// Weights as tenths, one column a source: "9" is 0.85 and more, "." less than 0.05.
std::string tenths(const Run& run, HeadId head, int destination) {
  std::string text;
  for (int source = 0; source <= destination; ++source) {
    const int tenth = int(std::lround(10 * run.head(head).pattern(destination, source)));
    text += tenth == 0 ? '.' : char('0' + std::min(tenth, 9));
  }
  return text;
}

// One line a destination: its pattern where it fits, and its strongest sources.
void print_head(const LoadedModel& loaded, const Run& run, HeadId head, Terminal& terminal) {
  const int label = 18;
  const bool matrix = run.n() <= 40;
  const int matrix_width = matrix ? run.n() + 2 : 0;
  const std::string tens = matrix ? left("tenths", std::max(run.n(), 6) + 2) : "";
  terminal.line(terminal.paint(
      Colour::dim, left(engine::name(head) + " from", label) + tens + "weight, source"));
  for (int destination = 0; destination < run.n(); ++destination) {
    const int id = run.tokens[std::size_t(destination)];
    const std::string cells =
        matrix ? left(tenths(run, head, destination), std::max(matrix_width, 8)) : "";
    terminal.line(
        left(right(std::to_string(destination), 4) + " " + shown_token(loaded, id), label - 1) +
        " " + cells +
        strongest(loaded, run, head, destination, terminal.width() - label - display_width(cells)));
  }
}

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const report::Request& request = options.request;
  if (options.json)
    return terminal.line(report::dump(report::analyse(loaded, "attention", request)));
  std::optional<HeadId> head;
  if (request.head) head = engine::parse_head(*request.head, loaded.model.config);
  const Run run = report::stream_of(loaded, request);
  if (run.n() == 0) return terminal.line("no patterns: the text is empty");
  if (head) return print_head(loaded, run, *head, terminal);
  if (loaded.model.config.n_layers == 0) return terminal.line("this model has no heads");
  print_heads(loaded, run, terminal);
}

void add_options(Arguments& arguments, Options& options) {
  add_text_options(arguments, options);
  arguments.text("--head", options.request.head, "One head alone, such as L1H4 (all)", "HEAD");
  add_cut_options(arguments, options);
}

}  // namespace

const Command attention_command = {"attention", "Where the heads look: patterns and scores",
                                   add_options, answer};

}  // namespace cli
