// pathscope bigrams: what W_U W_E alone says comes after a token, beside counts.
#include <cmath>

#include "cli/command.h"
#include "cli/model_data.h"

namespace cli {

namespace {

using report::Json;

std::string share(const Json& log_probability) {
  return log_probability.is_null() ? "-" : percent(log_probability.get<float>());
}

std::string row(const std::string& token, const std::string& logit, const std::string& probability,
                const std::string& counted, const std::string& bar) {
  return left(token, 24) + right(logit, 9) + right(probability, 11) + right(counted, 11) + "  " +
         bar;
}

void print_next(const engine::LoadedModel& loaded, const Json& json, Terminal& terminal) {
  terminal.line(terminal.paint(Colour::dim, row("next", "logit", "W_U W_E", "counted", "")));
  const int width = terminal.width() - display_width(row("", "", "", "", ""));
  for (const Json& next : json["next"])
    terminal.line(row(fit(shown_token(loaded, next["id"].get<int>()), 23),
                      signed_number(next["logit"].get<float>()), share(next["log_prob"]),
                      share(next["counted"]), bar(std::exp(next["log_prob"].get<float>()), width)));
}

void print_correlation(const Json& value, std::int64_t pairs, const std::string& of,
                       Terminal& terminal) {
  terminal.line("correlation " + (value.is_null() ? "-" : number(value.get<float>())) + " over " +
                std::to_string(pairs) + " pairs counted " + of);
}

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  report::Request request = options.request;
  if (auto counts = find_counts(loaded, options.model, options.counts))
    request.counts = std::move(counts->bytes);
  const Json json = report::analyse(loaded, "bigrams", request);
  if (options.json) return terminal.line(report::dump(json));
  const std::string token = fit(shown_token(loaded, json["token"]["id"].get<int>()), 40);
  terminal.line("after " + terminal.paint(Colour::strong, token) +
                ", by W_U W_E alone: no run of the model");
  print_next(loaded, json, terminal);
  terminal.line();
  if (json.contains("reason")) {
    terminal.line("no counts: " + json["reason"].get<std::string>());
  } else {
    print_correlation(json["token_correlation"], json["token_pairs_counted"].get<std::int64_t>(),
                      "after this token", terminal);
    print_correlation(json["correlation"], json["pairs_counted"].get<std::int64_t>(),
                      "after any, of log-probabilities", terminal);
  }
  print_folded(json, terminal);
}

void add_options(Arguments& arguments, Options& options) {
  arguments.number("--id", options.request.id, "The token by its id");
  arguments.text("--token", options.request.token, "Or by its text, exactly", "T");
  add_top_option(arguments, options, "Next tokens listed (10)");
  arguments.text("--counts", options.counts,
                 "Counted bigrams (those of its tokenizer in data/ beside the model)", "FILE");
  arguments.flag("--pairs", options.request.pairs, "JSON: also all pairs counted after the token");
  arguments.footer(
      "W_U W_E is the whole of a model without layers and the direct path of others; positions "
      "and\n"
      "biases have no part in it. models/data/README.md describes a file of counts.");
}

}  // namespace

const Command bigrams_command = {"bigrams", "What W_U W_E alone says comes after a token",
                                 add_options, answer};

}  // namespace cli
