// pathscope composition: which heads read what earlier heads write.
#include <algorithm>
#include <cstdio>

#include "cli/command.h"

namespace cli {

namespace {

using report::Json;

const char* const kinds[] = {"q", "k", "v"};
const int cell = 7;

float value_of(const Json& value) {
  return value.is_null() ? 0.f : value.get<float>();
}

float above_chance(const Json& json, const Json& pair, const char* kind) {
  return pair[kind].get<float>() - value_of(json["baseline"][kind]["mean"]);
}

std::string name_of(const char* kind) {
  return std::string(1, char(kind[0] - 'a' + 'A'));
}

struct Edge {
  const char* kind;
  const Json* pair;
  float above_chance;  // score minus the baseline's mean
};

// The score of a pair above chance, times 1000, or blanks where there is none.
std::string grid_cell(const Json& json, const char* kind, const std::string& earlier,
                      const std::string& later) {
  for (const Json& pair : json["pairs"]) {
    if (pair["earlier"] != earlier || pair["later"] != later) continue;
    if (pair[kind].is_null()) return right("-", cell);
    char text[16];
    std::snprintf(text, sizeof text, "%+.0f", 1000 * double(above_chance(json, pair, kind)));
    return right(text, cell);
  }
  return right("", cell);
}

// The heads of one side of the pairs, in their order.
std::vector<std::string> heads_of(const Json& json, const char* side) {
  std::vector<std::string> heads;
  for (const Json& pair : json["pairs"]) {
    const std::string head = pair[side].get<std::string>();
    if (std::find(heads.begin(), heads.end(), head) == heads.end()) heads.push_back(head);
  }
  return heads;
}

// One row an earlier head, one column a later; columns that do not fit come in a further grid.
void print_grid(const Json& json, const char* kind, Terminal& terminal) {
  const std::vector<std::string> rows = heads_of(json, "earlier");
  std::vector<std::string> columns = heads_of(json, "later");
  std::sort(columns.begin(), columns.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  const Json& baseline = json["baseline"][kind];
  terminal.line(terminal.paint(Colour::strong, name_of(kind) + "-composition") +
                ", thousandths above chance, which is " + number(value_of(baseline["mean"])) +
                " ± " + number(value_of(baseline["deviation"])));
  const std::size_t fit_columns = std::size_t((terminal.width() - cell) / cell);
  for (std::size_t first = 0; first < columns.size(); first += fit_columns) {
    const std::size_t last = std::min(columns.size(), first + fit_columns);
    std::string title = left("", cell);
    for (std::size_t c = first; c < last; ++c) title += right(columns[c], cell);
    terminal.line(terminal.paint(Colour::dim, title));
    for (const std::string& row : rows) {
      std::string line = left(row, cell);
      for (std::size_t c = first; c < last; ++c) line += grid_cell(json, kind, row, columns[c]);
      terminal.line(line);
    }
  }
  terminal.line();
}

void print_strongest(const Json& json, int count, Terminal& terminal) {
  std::vector<Edge> edges;
  for (const Json& pair : json["pairs"])
    for (const char* kind : kinds)
      if (!pair[kind].is_null()) edges.push_back({kind, &pair, above_chance(json, pair, kind)});
  std::stable_sort(edges.begin(), edges.end(),
                   [](const Edge& a, const Edge& b) { return a.above_chance > b.above_chance; });
  edges.resize(std::min(edges.size(), std::size_t(count)));
  terminal.line(terminal.paint(Colour::dim, "strongest      score   above chance"));
  for (const Edge& edge : edges)
    terminal.line(name_of(edge.kind) + "  " +
                  left((*edge.pair)["earlier"].get<std::string>() + " → " +
                           (*edge.pair)["later"].get<std::string>(),
                       13) +
                  right(number((*edge.pair)[edge.kind].get<float>()), 5) +
                  right(signed_number(edge.above_chance), 10));
}

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const Json json = report::analyse(loaded, "composition", options.request);
  if (options.json) return terminal.line(report::dump(json));
  const int top = report::top_of(options.request);
  if (json["pairs"].empty())
    return terminal.line("no pairs: this model has " +
                         std::to_string(loaded.model.config.n_layers) + " layers with heads");
  for (const char* kind : kinds) print_grid(json, kind, terminal);
  print_strongest(json, top, terminal);
  print_folded(json, terminal);
}

void add_options(Arguments& arguments, Options& options) {
  add_top_option(arguments, options, "Strongest pairs listed under the grids (10)");
  arguments.footer(
      "Rows are the earlier heads, columns the later. Q: |W_QK^T W_OV|, K: |W_QK W_OV|,\n"
      "V: |W_OV W_OV|, each over the product of the two factors' Frobenius norms. Chance: the\n"
      "same for matrices of independent normal entries, 100 draws, seed 1. Below chance: the\n"
      "later head reads less of that write than a random one would. There is no threshold: a\n"
      "pair stands out against the others. JSON has the raw ratios and the baseline apart.");
}

}  // namespace

const Command composition_command = {"composition", "Which heads read what earlier heads write",
                                     add_options, answer};

}  // namespace cli
