// pathscope skip-trigrams: what a head's QK and OV circuits say together.
#include <algorithm>

#include "cli/command.h"

namespace cli {

namespace {

using engine::LoadedModel;
using report::Json;

std::string shown(const LoadedModel& loaded, const Json& token, int width) {
  return fit(shown_token(loaded, token["id"].get<int>()), width);
}

void print_entries(const LoadedModel& loaded, const Json& json, Terminal& terminal) {
  const auto row = [](const std::string& source, const std::string& destination,
                      const std::string& output, const std::string& qk, const std::string& ov,
                      const std::string& strength) {
    return left(source, 22) + left(destination, 25) + left(output, 25) + right(qk, 8) +
           right(ov, 9) + right(strength, 10);
  };
  if (json["entries"].empty())
    return terminal.line("none: no source is looked for more than others and raises an output");
  terminal.line(terminal.paint(Colour::dim,
                               row("source", "… destination", "→ output", "qk", "ov", "strength")));
  for (const Json& entry : json["entries"])
    terminal.line(row(shown(loaded, entry["source"], 21),
                      "… " + shown(loaded, entry["destination"], 22),
                      "→ " + shown(loaded, entry["output"], 22), number(entry["qk"].get<float>()),
                      number(entry["ov"].get<float>()), number(entry["strength"].get<float>())) +
                  (entry.contains("kind") ? "  " + entry["kind"].get<std::string>() : ""));
}

std::string cell(const LoadedModel& loaded, const Json& list, std::size_t i, const char* key) {
  if (i >= list.size()) return left("", 33);
  return left(shown(loaded, list[i], 21), 22) +
         left(right(signed_number(list[i][key].get<float>()), 8), 11);
}

void print_source(const LoadedModel& loaded, const Json& json, Terminal& terminal) {
  terminal.line("source " + terminal.paint(Colour::strong, shown(loaded, json["source"], 40)));
  terminal.line(terminal.paint(Colour::dim, left("who looks for it      qk", 33) +
                                                left("what it raises        ov", 33) +
                                                "what it lowers        ov"));
  for (std::size_t i = 0; i < json["outputs"].size(); ++i)
    terminal.line(cell(loaded, json["destinations"], i, "qk") +
                  cell(loaded, json["outputs"], i, "ov") +
                  cell(loaded, json["lowest_outputs"], i, "ov"));
}

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const Json json = report::analyse(loaded, "skip-trigrams", options.request);
  if (options.json) return terminal.line(report::dump(json));
  if (json.contains("entries"))
    print_entries(loaded, json, terminal);
  else
    print_source(loaded, json, terminal);
  terminal.line();
  terminal.line(
      "qk   score of the source's embedding for the destination's, above all sources' mean");
  terminal.line("ov   what an attended source adds to a logit, above the mean of all logits");
  if (json.contains("direct_path"))
    terminal.line(
        json["head"].get<std::string>() +
        " is above layer 0: this is its direct path alone, without what earlier heads write");
  print_folded(json, terminal);
}

void add_options(CLI::App& app, Options& options) {
  add_string_option(app, "--head", options.request.head, "The head, such as L0H3")
      ->type_name("HEAD");
  add_int_option(app, "--source", options.request.source, "One source token, by its id (all)");
  add_string_option(app, "--source-token", options.request.source_token, "Or by its text, exactly")
      ->type_name("T");
  add_top_option(app, options, "Strongest entries listed, or of a source each way (10)");
  app.footer(
      "A skip-trigram: a destination token attends to a source token somewhere before it, and an\n"
      "output becomes likelier. Strength is qk times ov, both positive; each source stands with "
      "its\n"
      "strongest destination and output. Exact over the whole vocabulary; without positions and\n"
      "biases. Whoever looks for a source gets all that it raises, also where that should not be:\n"
      "keep … in → mind and keep … at → bay bring keep … in → bay with them.");
}

}  // namespace

const Command skip_trigrams_command = {
    "skip-trigrams", "What a head says: source … destination → output", add_options, answer};

}  // namespace cli
