// pathscope claims: the paper's claims, each with what was measured for it and whether it holds.
#include <cmath>
#include <cstdio>

#include "cli/command.h"
#include "cli/files.h"
#include "cli/model_data.h"
#include "report/claims.h"

namespace cli {

namespace {

using engine::LoadedModel;
using report::Json;

const int verdict_width = 12, value_width = 10, bound_width = 11;

// Numbers of rounding errors, shares, nats and tokens alike.
std::string shown(const Json& value) {
  if (value.is_null()) return "-";
  const double number = double(value.get<float>());
  const double size = std::abs(number);
  char text[32];
  const bool small = size != 0 && size < 1e-3;
  std::snprintf(text, sizeof text, small ? "%.1e" : size < 1e5 ? "%.4g" : "%.0f", number);
  return text;
}

std::string verdict(const Json& holds, const Terminal& terminal) {
  if (holds.is_null()) return terminal.paint(Colour::dim, left("cannot say", verdict_width));
  return holds.get<bool>() ? terminal.paint(Colour::positive, left("holds", verdict_width))
                           : terminal.paint(Colour::negative, left("fails", verdict_width));
}

void print_measured(const Json& measured, Terminal& terminal) {
  const std::string bound =
      measured["threshold"].is_null()
          ? ""
          : measured["comparison"].get<std::string>() + " " + shown(measured["threshold"]);
  print_wrapped(left("", verdict_width) + right(shown(measured["measured"]), value_width) + " " +
                    left(bound, bound_width),
                measured["measurement"].get<std::string>(),
                verdict_width + value_width + bound_width + 1, terminal);
}

void print_claim(const Json& claim, Terminal& terminal) {
  const std::string name = claim["id"].get<std::string>();
  terminal.line(verdict(claim["holds"], terminal) + terminal.paint(Colour::strong, name) +
                terminal.paint(Colour::dim, "  " + claim["section"].get<std::string>()));
  print_wrapped("", claim["claim"].get<std::string>(), verdict_width, terminal);
  if (!claim["measurement"].is_null()) print_measured(claim, terminal);
  if (claim.contains("also"))
    for (const Json& also : claim["also"]) print_measured(also, terminal);
  if (!claim["reason"].is_null())
    print_wrapped("", claim["reason"].get<std::string>(), verdict_width, terminal);
  terminal.line();
}

void print_sum(const Json& claims, Terminal& terminal) {
  int hold = 0, fail = 0, open = 0;
  for (const Json& claim : claims)
    ++(claim["holds"].is_null() ? open : claim["holds"].get<bool>() ? hold : fail);
  terminal.line(std::to_string(hold) + " hold, " + std::to_string(fail) + " fail, " +
                std::to_string(open) + " cannot be said");
}

// What was not given by name is looked for beside the model.
report::Request request_of(const LoadedModel& loaded, const Options& options) {
  report::Request request = options.request;
  request.set = load_set(loaded, options.model, options.set);
  request.log = read_log(options.model);
  const std::optional<FoundFile> counts = find_counts(loaded, options.model, options.counts);
  if (!counts) return request;
  request.counts = counts->bytes;
  if (!request.text && !request.ids) request.text = read_text_beside(counts->path);
  return request;
}

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const report::ClaimsMeasurement measurement =
      report::measure_claims(loaded, request_of(loaded, options));
  finish(*measurement.meter);
  const Json json = report::claims(measurement.meter->result());
  if (options.json) return terminal.line(report::dump(json));
  for (const Json& claim : json["claims"]) print_claim(claim, terminal);
  print_sum(json["claims"], terminal);
}

void add_options(Arguments& arguments, Options& options) {
  options.text_optional = true;
  arguments.text("--set", options.set,
                 "A folder with zero-layer, one-layer and two-layer (the model's own)", "DIR");
  add_text_options(arguments, options);
  arguments.text("--counts", options.counts,
                 "Counted bigrams (those of its tokenizer in data/ beside the model)", "FILE");
  arguments.footer(
      "The paper's claims in our own words, in its order. Each is measured on the model; those on\n"
      "models of fewer layers, and what it takes them to compare with, on the set's. The text is\n"
      "held-out text; without one it is that which lies beside the counts. The thresholds are\n"
      "ours. A claim that has no answer says why. The log of the training is log.jsonl in the\n"
      "model's folder.");
}

}  // namespace

const Command claims_command = {"claims", "The paper's claims, measured, and whether they hold",
                                add_options, answer};

}  // namespace cli
