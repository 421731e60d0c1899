// pathscope induction: do heads find what came next the last time, on random tokens and on a text?
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "cli/command.h"
#include "engine/head_kinds.h"

namespace cli {

namespace {

using engine::LoadedModel;
using report::Json;

std::string chance(const Json& probability) {
  return probability.is_null() ? "-" : percent(std::log(probability.get<float>()));
}

void print_losses(const Json& json, Terminal& terminal) {
  terminal.line(std::to_string(json["sequences"].get<int>()) + " blocks of " +
                std::to_string(json["length"].get<int>()) + " random tokens, each twice, seed " +
                std::to_string(json["seed"].get<int>()));
  const auto losses = [&](const char* name, const char* key) {
    return left(name, 13) + right(number(json[key].get<float>()), 7) + " nats a token";
  };
  terminal.line(losses("first copy", "loss_first"));
  terminal.line(losses("second copy", "loss_second") + ", " + chance(json["accuracy_second"]) +
                " of the top tokens right");
}

void print_scores(const Json& json, const engine::Config& config, Terminal& terminal) {
  if (json["heads"].empty()) return terminal.line("this model has no heads");
  terminal.line();
  terminal.line(terminal.paint(Colour::dim, "head   induction  previous  duplicate"));
  const int width = terminal.width() - 41;
  for (const Json& head : json["heads"]) {
    const float induction = head["induction"].get<float>();
    const std::string name = head["head"].get<std::string>();
    const Colour colour = is_induction_head(head, config) ? Colour::strong : Colour::plain;
    terminal.line(terminal.paint(colour, left(name, 6)) + right(number(induction), 10) +
                  right(number(head["previous_token"].get<float>()), 10) +
                  right(number(head["duplicate_token"].get<float>()), 11) + "  " +
                  bar(std::clamp(induction, 0.f, 1.f), width));
  }
}

// "L1H7 0.98, L1H3 0.97": those that look there most, as many as fit.
std::string lookers(const Json& attention, int width) {
  std::vector<const Json*> heads;
  for (const Json& each : attention) heads.push_back(&each);
  std::stable_sort(heads.begin(), heads.end(), [](const Json* a, const Json* b) {
    return (*a)["weight"].get<float>() > (*b)["weight"].get<float>();
  });
  std::string text;
  for (const Json* each : heads) {
    char part[48];
    std::snprintf(part, sizeof part, "%s%s %.2f", text.empty() ? "" : ", ",
                  (*each)["head"].get<std::string>().c_str(),
                  double((*each)["weight"].get<float>()));
    if (display_width(text + part) > width) break;
    text += part;
  }
  return text;
}

std::string row(const std::string& position, const std::string& token, const std::string& earlier,
                const std::string& next, const std::string& probability,
                const std::string& without) {
  return right(position, 4) + " " + left(token, 17) + right(earlier, 7) + " " + left(next, 17) +
         right(probability, 8) + right(without, 9) + "  ";
}

void print_place(const LoadedModel& loaded, const std::string& position, const std::string& token,
                 const Json& place, Terminal& terminal) {
  const std::string text = row(position, token, std::to_string(place["earlier"].get<int>()),
                               fit(shown_token(loaded, place["next"]["id"].get<int>()), 16),
                               chance(place["probability"]), chance(place["probability_without"]));
  terminal.line(text + lookers(place["attention"], terminal.width() - display_width(text)));
}

void print_text(const LoadedModel& loaded, const Json& json, Terminal& terminal) {
  bool any = false;
  for (const Json& each : json["positions"]) {
    if (each["earlier"].is_null()) continue;
    if (!any)
      terminal.line(terminal.paint(
          Colour::dim,
          row("", "token", "before", "came next", "now", "without") + "who looks at it"));
    any = true;
    const std::size_t position = each["position"].get<std::size_t>();
    const int id = json["tokens"][position]["id"].get<int>();
    print_place(loaded, std::to_string(position), fit(shown_token(loaded, id), 16), each, terminal);
    if (each.contains("others"))
      for (const Json& other : each["others"]) print_place(loaded, "", "", other, terminal);
  }
  if (!any) terminal.line("no token of the text comes twice");
  terminal.line();
  std::string heads;
  for (const Json& head : json["induction_heads"])
    heads += (heads.empty() ? "" : ", ") + head.get<std::string>();
  terminal.line(heads.empty() ? "no induction heads: none above layer 0 scores more than " +
                                    plain_number(engine::induction_threshold)
                              : "without: the induction heads cut, " + heads);
}

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const Json json = report::analyse(loaded, "induction", options.request);
  if (options.json) return terminal.line(report::dump(json));
  if (json.contains("positions")) return print_text(loaded, json, terminal);
  print_losses(json, terminal);
  print_scores(json, loaded.model.config, terminal);
}

void add_options(Arguments& arguments, Options& options) {
  options.text_optional = true;
  arguments.number("--length", options.request.length,
                   "Tokens of a random block (64, and again 61: the lower score counts)");
  arguments.number("--sequences", options.request.sequences, "Random blocks (20)");
  arguments.number("--seed", options.request.seed, "Of the random tokens (1)");
  add_text_options(arguments, options);
  add_cut_options(arguments, options);
  arguments.footer(
      "Without a text: random tokens, each block twice. induction: mean attention in the second\n"
      "copy to what followed the token in the first; duplicate: to the token there; previous: to\n"
      "the token before. With a text: for each token that stood there before, what came next "
      "then,\n"
      "its probability now, and without the heads above layer 0 whose induction score on random\n"
      "tokens, nothing cut, is above " +
      plain_number(engine::induction_threshold) + ".");
}

}  // namespace

const Command induction_command = {"induction",
                                   "Do heads find what came next the last time a token stood there",
                                   add_options, answer};

}  // namespace cli
