// The rows of the waterfall: terms by size, the rest folded into rows that are still summed, the
// model's own logit at the end. Each bar starts where the one above ends, so the sum closes on
// sight.
#pragma once

#include <memory>
#include <vector>

#include "explorer/explorer.h"

namespace view {

struct TermRow {
  enum class Kind { term, larger, smaller, total };
  Kind kind = Kind::term;
  explorer::TermKey term;  // of a term
  int count = 1;           // terms in it
  int index = -1;          // of a term, in the cut expansion; -1 where that does not have it
  bool cut = false;
  // The values without and with the cuts, the same where nothing is cut, and where their bars
  // start.
  float before = 0, before_start = 0;
  float after = 0, after_start = 0;
};

struct TermRows {
  std::vector<TermRow> rows;
  std::vector<explorer::TermKey> order;               // all terms, by falling size
  std::shared_ptr<const std::vector<TermRow>> terms;  // the same, as rows
  int first = 0, last = 0;  // order[first .. last-1] have rows of their own
  float low = 0, high = 0;  // what the bars span; 0 is in it
};

// Never more than this many terms have rows of their own: further down, the larger ones are folded.
constexpr int most_term_rows = 50;

// The first `shown` terms have rows, or the last `most_term_rows` of them. A term's size is the
// larger of its values without and with the cuts. The text must not be empty.
TermRows term_rows(explorer::Explorer& explorer, int shown);

// What of a row comes through the source token at this position.
float part_through(const engine::Expansion& expansion, const TermRows& rows, const TermRow& row,
                   int source);

}  // namespace view
