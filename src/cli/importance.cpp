// pathscope importance: what each order of paths, each head and each virtual head is worth.
#include <algorithm>
#include <cmath>

#include "cli/command.h"
#include "report/expansions.h"

namespace cli {

namespace {

using engine::TermImportance;
using engine::TermNats;

std::string order_name(std::size_t order, std::size_t last) {
  if (order == 0) return last == 0 ? "direct path: the model's loss" : "direct path alone";
  std::string name = "and paths of " + std::to_string(order) + (order == 1 ? " head" : " heads");
  return order == last ? name + ": the model's loss" : name;
}

void print_orders(const TermImportance& importance, Terminal& terminal) {
  const int name_width = 38;
  const auto row = [&](const std::string& name, double loss) {
    const float share = float(loss / importance.loss_uniform);
    terminal.line(left(name, name_width) + right(number(float(loss)), 7) + "  " +
                  bar(share, terminal.width() - name_width - 10));
  };
  terminal.line(terminal.paint(Colour::dim, left("loss of", name_width) + right("nats", 7)));
  row("no model: all tokens alike", importance.loss_uniform);
  const std::size_t last = importance.loss_by_order.size() - 1;
  for (std::size_t k = 0; k <= last; ++k) row(order_name(k, last), importance.loss_by_order[k]);
}

// The terms that are worth most.
void print_terms(const char* title, std::vector<TermNats> terms, int top, Terminal& terminal) {
  if (terms.empty()) return;
  std::stable_sort(terms.begin(), terms.end(), [](const TermNats& a, const TermNats& b) {
    return std::abs(a.nats) > std::abs(b.nats);
  });
  const std::size_t shown = std::min(terms.size(), std::size_t(top));
  double lowest = 0, highest = 0, rest = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    lowest = std::min(lowest, terms[i].nats);
    highest = std::max(highest, terms[i].nats);
    if (i >= shown) rest += terms[i].nats;
  }
  const int name_width = 16;
  const SignedBars bars(float(lowest), float(highest), terminal.width() - name_width - 14);
  terminal.line();
  terminal.line(terminal.paint(Colour::dim, left(title, name_width) + right("nats", 9)));
  for (std::size_t i = 0; i < shown; ++i) {
    const float nats = float(terms[i].nats);
    terminal.line(left(engine::name(terms[i].path), name_width) + right(signed_number(nats), 9) +
                  "  " + terminal.paint(terminal.sign(nats), bars.bar(nats)));
  }
  if (shown < terms.size())
    terminal.line(left(std::to_string(terms.size() - shown) + " more", name_width) +
                  right(signed_number(float(rest)), 9) + "  all of them, each left out alone");
}

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const report::Request& request = options.request;
  const int top = report::top_of(request);
  const int tokens = int(report::tokens_of(loaded, request).size());
  engine::TermImportanceMeter meter = report::importance_meter(loaded, request);
  finish(meter);
  const TermImportance importance = meter.result();
  if (options.json) return terminal.line(report::dump(report::importance(importance, tokens)));
  terminal.line(std::to_string(importance.predictions) + " predictions in windows of " +
                std::to_string(loaded.model.config.n_ctx) + " tokens, patterns as in the run");
  terminal.line();
  print_orders(importance, terminal);
  print_terms("without head", importance.heads, top, terminal);
  print_terms("without virtual", importance.virtual_heads, top, terminal);
}

void add_options(Arguments& arguments, Options& options) {
  add_text_options(arguments, options);
  add_top_option(arguments, options, "Heads and virtual heads listed (10; JSON has all)");
  add_cut_options(arguments, options);
  arguments.footer(
      "Nats are those that the loss rises by when one term leaves the logits: a head's own path "
      "to\n"
      "them, or that of two heads in a row. The patterns stay as they were, so that what a head\n"
      "does for other heads' patterns is not counted here. Biases are in every order's loss.");
}

}  // namespace

const Command importance_command = {
    "importance", "What each order of paths, head and virtual head is worth", add_options, answer};

}  // namespace cli
