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

// The columns of an entry: three tokens, which share what the numbers and the kind leave of the
// terminal's width.
class EntryRow {
 public:
  EntryRow(int width, int kind_width) {
    const int numbers = qk_width + ov_width + strength_width;
    const int marks = 4;  // "… " and "→ "
    token_ = std::min(22, (width - numbers - kind_width - marks) / 3 - 1);
  }
  int token() const { return token_; }
  std::string of(const std::string& source, const std::string& destination,
                 const std::string& output, const std::string& qk, const std::string& ov,
                 const std::string& strength, const std::string& kind) const {
    return left(source, token_ + 1) + left("… " + destination, token_ + 3) +
           left("→ " + output, token_ + 3) + right(qk, qk_width) + right(ov, ov_width) +
           right(strength, strength_width) + "  " + kind;
  }

 private:
  static constexpr int qk_width = 8, ov_width = 9, strength_width = 10;
  int token_;
};

std::string kind_of(const Json& entry) {
  return entry.contains("kind") ? entry["kind"].get<std::string>() : "";
}

void print_entries(const LoadedModel& loaded, const Json& json, Terminal& terminal) {
  if (json["entries"].empty())
    return print_wrapped("", "none: no source is looked for more than others and raises an output",
                         0, terminal);
  int kind_width = 0;
  for (const Json& entry : json["entries"])
    kind_width = std::max(kind_width, 2 + display_width(kind_of(entry)));
  const EntryRow row(terminal.width(), kind_width);
  terminal.line(terminal.paint(
      Colour::dim, row.of("source", "destination", "output", "qk", "ov", "strength", "")));
  for (const Json& entry : json["entries"])
    terminal.line(row.of(shown(loaded, entry["source"], row.token()),
                         shown(loaded, entry["destination"], row.token()),
                         shown(loaded, entry["output"], row.token()),
                         number(entry["qk"].get<float>()), number(entry["ov"].get<float>()),
                         number(entry["strength"].get<float>()), kind_of(entry)));
}

const int value_width = 8, gap = 3;  // of a cell, after its token

// A third of a row: a token and its number. Titles too.
std::string cell(const std::string& token, const std::string& value, int width) {
  return left(token, width - value_width - gap) + right(value, value_width) + left("", gap);
}

std::string cell(const LoadedModel& loaded, const Json& list, std::size_t i, const char* key,
                 int width) {
  if (i >= list.size()) return left("", width);
  return cell(shown(loaded, list[i], width - value_width - gap - 1),
              signed_number(list[i][key].get<float>()), width);
}

void print_source(const LoadedModel& loaded, const Json& json, Terminal& terminal) {
  terminal.line("source " + terminal.paint(Colour::strong, shown(loaded, json["source"], 40)));
  const int width = terminal.width() / 3;
  terminal.line(terminal.paint(Colour::dim, cell("who looks for it", "qk", width) +
                                                cell("what it raises", "ov", width) +
                                                cell("what it lowers", "ov", width)));
  for (std::size_t i = 0; i < json["outputs"].size(); ++i)
    terminal.line(cell(loaded, json["destinations"], i, "qk", width) +
                  cell(loaded, json["outputs"], i, "ov", width) +
                  cell(loaded, json["lowest_outputs"], i, "ov", width));
}

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const Json json = report::analyse(loaded, "skip-trigrams", options.request);
  if (options.json) return terminal.line(report::dump(json));
  if (json.contains("entries"))
    print_entries(loaded, json, terminal);
  else
    print_source(loaded, json, terminal);
  terminal.line();
  print_wrapped("qk",
                "score of the source's embedding for the destination's, above all sources' mean", 5,
                terminal);
  print_wrapped("ov", "what an attended source adds to a logit, above the mean of all logits", 5,
                terminal);
  if (json.contains("direct_path"))
    print_wrapped("",
                  json["head"].get<std::string>() +
                      " is above layer 0: this is its direct path "
                      "alone, without what earlier heads write",
                  0, terminal);
  print_folded(json, terminal);
}

void add_options(Arguments& arguments, Options& options) {
  arguments.text("--head", options.request.head, "The head, such as L0H3", "HEAD");
  arguments.number("--source", options.request.source, "One source token, by its id (all)");
  arguments.text("--source-token", options.request.source_token, "Or by its text, exactly", "T");
  add_top_option(arguments, options, "Strongest entries listed, or of a source each way (10)");
  arguments.footer(
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
