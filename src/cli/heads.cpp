// pathscope heads: what each head does, by its weights and on repeated random tokens.
#include <cmath>
#include <cstdio>

#include "cli/command.h"
#include "engine/head_kinds.h"

namespace cli {

namespace {

using report::Json;

std::string score(const Json& value) {
  return value.is_null() ? "-" : number(value.get<float>());
}

bool above(const Json& value, double threshold) {
  return !value.is_null() && double(value.get<float>()) > threshold;
}

// "copying 0.5, ...": above what a score makes a kind.
std::string thresholds() {
  return "copying " + plain_number(engine::copying_threshold) + ", previous token " +
         plain_number(engine::previous_token_threshold) + ", duplicate token " +
         plain_number(engine::duplicate_token_threshold) + ", induction " +
         plain_number(engine::induction_threshold) + " and not in layer 0";
}

// "copying, induction": the kinds whose score is above its threshold.
std::string kinds(const Json& head, const engine::Config& config) {
  std::string text;
  const auto add = [&text](bool is, const char* kind) {
    if (is) text += (text.empty() ? "" : ", ") + std::string(kind);
  };
  add(above(head["previous_token"], engine::previous_token_threshold), "previous token");
  add(is_induction_head(head, config), "induction");
  add(above(head["duplicate_token"], engine::duplicate_token_threshold), "duplicate token");
  add(above(head["copying"], engine::copying_threshold), "copying");
  return text;
}

// "31.0, 12.1±3.0i, ...": the largest eigenvalues, of a conjugate pair one; as many as fit.
std::string eigenvalues(const Json& values, int width) {
  std::string text;
  for (const Json& value : values) {
    const double re = double(value[0].get<float>()), im = double(value[1].get<float>());
    if (im < 0) continue;  // the other of a pair
    char part[64];
    if (im > 0)
      std::snprintf(part, sizeof part, "%.1f±%.1fi", re, im);
    else
      std::snprintf(part, sizeof part, "%.1f", re);
    const std::string longer = text + (text.empty() ? "" : ", ") + part;
    if (display_width(longer) > width) break;
    text = longer;
  }
  return text;
}

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const Json json = report::analyse(loaded, "heads", options.request);
  if (options.json) return terminal.line(report::dump(json));
  if (json["heads"].empty()) return terminal.line("this model has no heads");
  const auto row = [](const std::string& head, const std::string& copying,
                      const std::string& previous, const std::string& induction,
                      const std::string& duplicate, const std::string& kinds) {
    return left(head, 7) + right(copying, 8) + right(previous, 10) + right(induction, 11) +
           right(duplicate, 11) + "  " + left(kinds, 28) + " ";
  };
  const std::string title = row("head", "copying", "previous", "induction", "duplicate", "kind");
  terminal.line(terminal.paint(Colour::dim, title + "largest OV eigenvalues"));
  for (const Json& head : json["heads"])
    terminal.line(row(head["head"].get<std::string>(), score(head["copying"]),
                      score(head["previous_token"]), score(head["induction"]),
                      score(head["duplicate_token"]), kinds(head, loaded.model.config)) +
                  eigenvalues(head["eigenvalues"]["ov"], terminal.width() - display_width(title)));
  terminal.line();
  terminal.line("copying    sum of the full OV circuit's eigenvalues over the sum of their sizes");
  terminal.line(
      "others     mean attention on repeated random tokens: to the token before, to what");
  terminal.line("           followed the token's first occurrence, to that occurrence");
  print_wrapped("kind", "a score above a threshold: " + thresholds(), 11, terminal);
  if (json.contains("folded"))
    terminal.line("LayerNorm  its weights and centring are folded in, its scale is left out");
}

void add_options(Arguments& arguments, Options&) {
  arguments.footer(
      "copying: the sum of the eigenvalues of W_U W_OV W_E over the sum of their absolute values.\n"
      "previous_token, induction, duplicate_token: mean attention on 20 blocks of random tokens,\n"
      "each twice, at block length 64 and again 61; the lower score counts. JSON has all\n"
      "eigenvalues of W_U W_OV W_E (ov) and W_E^T W_QK W_E (qk).\n"
      "A kind is a label for a score above a threshold of ours:\n" +
      thresholds() +
      ",\n"
      "which reads tokens alone. A copying score of 1: the head raises what it reads; -1: it\n"
      "lowers it.");
}

}  // namespace

const Command heads_command = {"heads", "What each head does: copying, previous token, induction",
                               add_options, answer};

}  // namespace cli
