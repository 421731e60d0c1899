// pathscope expansion: the terms of a text's logits as tensor products, A (x) W.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "cli/command.h"
#include "report/expansions.h"

namespace cli {

namespace {

using engine::LoadedModel;
using engine::Run;
using engine::TermTensor;

// Of a term at one destination: the entry of A times W that is largest.
struct Strongest {
  int source = 0, output = 0;  // a position; one of the distinct tokens
  float weight = 0, logit = 0;
  float product() const { return weight * logit; }
};

class Tensors {
 public:
  Tensors(const LoadedModel& loaded, const Run& run)
      : loaded_(loaded), run_(run), distinct_(engine::distinct_tokens(run.tokens)) {}

  Strongest strongest(const TermTensor& term, int destination) const {
    Strongest strongest;
    for (int source = 0; source <= destination; ++source) {
      Eigen::Index output = 0;
      const auto column = term.weights.col(column_of(source));
      column.cwiseAbs().maxCoeff(&output);
      const Strongest here = {source, int(output), term.pattern(destination, source),
                              column[output]};
      if (source == 0 || std::abs(here.product()) > std::abs(strongest.product())) strongest = here;
    }
    return strongest;
  }

  // "0.98 from 3 ·cat, +4.100 to ·sat".
  std::string cells(const Strongest& entry) const {
    char weight[32];
    std::snprintf(weight, sizeof weight, "%6.2f", double(entry.weight));
    const int source = run_.tokens[std::size_t(entry.source)];
    return std::string(weight) + "  " + right(std::to_string(entry.source), 4) + " " +
           left(shown_token(loaded_, source), 18) + right(signed_number(entry.logit), 10) + "  " +
           left(shown_token(loaded_, distinct_[std::size_t(entry.output)]), 18) +
           right(signed_number(entry.product()), 10);
  }

  static std::string titles() {
    return right("A", 6) + "  " + left("     source", 23) + right("W", 10) + "  " +
           left("output", 18) + right("A times W", 10);
  }

 private:
  Eigen::Index column_of(int position) const {
    return std::find(distinct_.begin(), distinct_.end(), run_.tokens[std::size_t(position)]) -
           distinct_.begin();
  }

  const LoadedModel& loaded_;
  const Run& run_;
  const std::vector<int> distinct_;
};

// "W_U (Id + 8 heads) (Id + 8 heads) W_E".
std::string product_of_layers(const engine::Config& config) {
  std::string text = "W_U ";
  for (int l = 0; l < config.n_layers; ++l)
    text +=
        "(Id + " + std::to_string(config.n_heads) + (config.n_heads == 1 ? " head) " : " heads) ");
  return text + "W_E";
}

// The last position's strongest entry of each term, largest first.
void print_terms(const LoadedModel& loaded, const Run& run, const std::vector<TermTensor>& terms,
                 int top, Terminal& terminal) {
  const Tensors tensors(loaded, run);
  std::vector<std::pair<Strongest, const TermTensor*>> rows;
  for (const TermTensor& term : terms)
    rows.emplace_back(tensors.strongest(term, run.n() - 1), &term);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::abs(a.first.product()) > std::abs(b.first.product());
  });
  terminal.line("logits = " + fit(product_of_layers(loaded.model.config), 60) + " = " +
                std::to_string(terms.size()) + " terms A ⊗ W");
  terminal.line("each term's strongest entry at the last position, among the text's own tokens");
  terminal.line(terminal.paint(Colour::dim, left("path", 18) + Tensors::titles()));
  for (std::size_t i = 0; i < rows.size() && i < std::size_t(top); ++i)
    terminal.line(left(engine::name(rows[i].second->path), 18) + tensors.cells(rows[i].first));
  if (rows.size() > std::size_t(top))
    terminal.line(std::to_string(rows.size() - std::size_t(top)) +
                  " more; --path L0H0 shows one at "
                  "every position");
}

// One term at every destination.
void print_term(const LoadedModel& loaded, const Run& run, const TermTensor& term,
                Terminal& terminal) {
  const Tensors tensors(loaded, run);
  terminal.line(terminal.paint(Colour::strong, engine::name(term.path)) +
                (term.cut ? ", cut" : "") + ": its strongest entry at each position");
  terminal.line(terminal.paint(Colour::dim, left("destination", 18) + Tensors::titles()));
  for (int destination = 0; destination < run.n(); ++destination)
    terminal.line(left(right(std::to_string(destination), 4) + " " +
                           shown_token(loaded, run.tokens[std::size_t(destination)]),
                       18) +
                  tensors.cells(tensors.strongest(term, destination)));
}

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const report::Request& request = options.request;
  const int top = report::top_of(request);
  const Run run = report::stream_of(loaded, request);
  const std::vector<TermTensor> terms = report::term_tensors_of(loaded, run, request);
  if (options.json) return terminal.line(report::dump(report::expansion(loaded, run, terms)));
  if (run.n() == 0) return terminal.line("no patterns: the text is empty");
  if (request.path)
    print_term(loaded, run, terms.front(), terminal);
  else
    print_terms(loaded, run, terms, top, terminal);
}

void add_options(Arguments& arguments, Options& options) {
  add_text_options(arguments, options);
  arguments.text("--path", options.request.path, "One term alone: direct, L0H3, L0H3-L1H5 (all)",
                 "PATH");
  add_top_option(arguments, options, "Terms listed (10; JSON has all)");
  add_cut_options(arguments, options);
  arguments.footer(
      "A: the product of the path's patterns (destination, source), with LayerNorm's 1/sigma in "
      "it.\n"
      "W: W_U W_OV ... W_OV W_E over the text's distinct tokens (output, source). JSON has both\n"
      "whole; summed over terms and sources, A times W and the biases are the logits. Standard\n"
      "positions come through each W as well: JSON has them apart.");
}

}  // namespace

const Command expansion_command = {"expansion", "A text's terms as patterns times matrices",
                                   add_options, answer};

}  // namespace cli
