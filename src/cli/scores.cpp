// pathscope scores: an attention score as a sum of query paths with key paths.
#include <algorithm>
#include <cmath>

#include "cli/command.h"
#include "report/expansions.h"

namespace cli {

namespace {

using engine::LoadedModel;
using engine::ScoreExpansion;
using engine::ScoreTerm;

const int path_width = 15, kind_width = 10, score_width = 9;

std::string cells(const std::string& query, const std::string& key, const std::string& kind,
                  const std::string& score) {
  return left(query, path_width) + left(key, path_width) + left(kind, kind_width) +
         right(score, score_width);
}

// The tokens of the text at the two places.
std::string place(const LoadedModel& loaded, const std::vector<int>& tokens, int position) {
  return std::to_string(position) + " " +
         fit(shown_token(loaded, tokens[std::size_t(position)]), 24);
}

void print_kinds(const ScoreExpansion& expansion, const SignedBars& bars, Terminal& terminal) {
  const char* meanings[] = {
      "neither passes a head", "the query does", "the key does", "both do", "a position", "a bias"};
  for (engine::ScoreKind kind : engine::all_score_kinds) {
    double sum = 0;
    int count = 0;
    for (const ScoreTerm& term : expansion.terms)
      if (term.kind() == kind) {
        sum += double(term.score);
        ++count;
      }
    if (count)
      terminal.line(
          left(std::to_string(count) + (count == 1 ? " term: " : " terms: ") + meanings[int(kind)],
               2 * path_width) +
          left(engine::name(kind), kind_width) + right(signed_number(float(sum)), score_width) +
          "  " + terminal.paint(terminal.sign(float(sum)), bars.bar(float(sum))));
  }
}

void print_terms(const ScoreExpansion& expansion, int top, const SignedBars& bars,
                 Terminal& terminal) {
  const std::size_t shown = std::min(expansion.terms.size(), std::size_t(top));
  double rest = 0;
  for (std::size_t i = 0; i < expansion.terms.size(); ++i) {
    const ScoreTerm& term = expansion.terms[i];
    if (i < shown)
      terminal.line(cells(engine::name(term.query), engine::name(term.key),
                          term.cut ? "cut" : engine::name(term.kind()), signed_number(term.score)) +
                    "  " + terminal.paint(terminal.sign(term.score), bars.bar(term.score)));
    else
      rest += double(term.score);
  }
  if (shown < expansion.terms.size())
    terminal.line(cells(std::to_string(expansion.terms.size() - shown) + " more", "", "",
                        signed_number(float(rest))));
}

// Room for each term and each kind's sum.
SignedBars bars_of(const ScoreExpansion& expansion, int width) {
  float lowest = 0, highest = 0;
  float sums[std::size(engine::all_score_kinds)] = {};
  for (const ScoreTerm& term : expansion.terms) {
    sums[int(term.kind())] += term.score;
    lowest = std::min(lowest, term.score);
    highest = std::max(highest, term.score);
  }
  for (float sum : sums) {
    lowest = std::min(lowest, sum);
    highest = std::max(highest, sum);
  }
  return SignedBars(lowest, highest, width);
}

void answer(const LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const report::Request& request = options.request;
  const int top = report::top_of(request);
  const ScoreExpansion expansion = report::score_of(loaded, request);
  if (options.json) return terminal.line(report::dump(report::scores(expansion)));
  const std::vector<int> tokens = report::tokens_of(loaded, request);
  terminal.line(terminal.paint(Colour::strong, "score of " + engine::name(expansion.head)) +
                " from destination " + place(loaded, tokens, expansion.destination) +
                " to source " + place(loaded, tokens, expansion.source));
  terminal.line();
  const SignedBars bars =
      bars_of(expansion, terminal.width() - 2 * path_width - kind_width - score_width - 2);
  terminal.line(terminal.paint(Colour::dim, cells("by kind", "", "kind", "score")));
  print_kinds(expansion, bars, terminal);
  terminal.line();
  terminal.line(terminal.paint(Colour::dim, cells("query path", "key path", "kind", "score")));
  print_terms(expansion, top, bars, terminal);
  const auto total = [&](const char* name, float value, const std::string& note) {
    terminal.line(terminal.paint(Colour::strong, cells(name, "", "", signed_number(value))) + "  " +
                  note);
  };
  total("sum", expansion.sum, "of " + std::to_string(expansion.terms.size()) + " terms");
  total("score", expansion.score, "the head's own");
}

void add_options(Arguments& arguments, Options& options) {
  report::Request& request = options.request;
  add_text_options(arguments, options);
  arguments.text("--head", request.head, "Whose score, such as L1H4", "HEAD");
  arguments.number("--destination", request.destination, "The position that looks", "P");
  arguments.number("--source", request.source, "The position that is looked at", "Q");
  add_top_option(arguments, options, "Terms before the rest is summed up (10; JSON has all)");
  add_cut_options(arguments, options);
  arguments.footer(
      "Each path that reaches the head's query at the destination, with each that reaches its key\n"
      "at the source; scores are divided by attn_scale. Kinds: none, Q, K, QK by which sides pass\n"
      "a head; position where one side is W_pos, else bias where one is the biases.");
}

}  // namespace

const Command scores_command = {"scores", "An attention score as a sum of paths", add_options,
                                answer};

}  // namespace cli
