#include "view/term_rows.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>

namespace view {

namespace {

using Address = std::pair<bool, engine::Path>;

// Each term once, with both of its values.
std::vector<TermRow> sorted_terms(explorer::Explorer& explorer) {
  std::map<Address, TermRow> by_address;
  int index = 0;
  for (const engine::Term& term : explorer.cut_expansion().terms) {
    TermRow row;
    row.index = index++;
    row.term = explorer::key(term);
    row.cut = term.cut;
    row.before = row.after = term.logit;
    by_address[{row.term.bias, row.term.path}] = row;
  }
  if (explorer.has_cuts())
    for (const engine::Term& term : explorer.expansion().terms) {
      TermRow& row = by_address[{term.kind == engine::TermKind::bias, term.path}];
      row.term = explorer::key(term);
      row.before = term.logit;
    }
  std::vector<TermRow> rows;
  for (auto& entry : by_address) rows.push_back(std::move(entry.second));
  const auto size = [](const TermRow& row) {
    return std::max(std::abs(row.before), std::abs(row.after));
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const TermRow& a, const TermRow& b) { return size(a) > size(b); });
  return rows;
}

TermRow folded(TermRow::Kind kind, std::vector<TermRow>::const_iterator begin,
               std::vector<TermRow>::const_iterator end) {
  TermRow row;
  row.kind = kind;
  row.count = int(end - begin);
  double before = 0, after = 0;
  for (auto term = begin; term != end; ++term) {
    before += double(term->before);
    after += double(term->after);
  }
  row.before = float(before);
  row.after = float(after);
  return row;
}

void place(TermRows& waterfall) {
  float before = 0, after = 0;
  for (TermRow& row : waterfall.rows) {
    row.before_start = before;
    row.after_start = after;
    before += row.before;
    after += row.after;
    waterfall.low = std::min({waterfall.low, before, after});
    waterfall.high = std::max({waterfall.high, before, after});
  }
}

}  // namespace

TermRows term_rows(explorer::Explorer& explorer, int shown) {
  assert(!explorer.empty());
  const auto by_size =
      explorer.remembered("terms by size", [&explorer] { return sorted_terms(explorer); });
  const std::vector<TermRow>& terms = *by_size;
  const int n = int(terms.size());
  TermRows waterfall;
  waterfall.terms = by_size;
  for (const TermRow& row : terms) waterfall.order.push_back(row.term);
  waterfall.last = shown + 1 >= n ? n : std::max(1, shown);  // a fold of one would save nothing
  waterfall.first = std::max(0, waterfall.last - most_term_rows);
  const auto first = terms.begin() + waterfall.first, last = terms.begin() + waterfall.last;
  if (waterfall.first > 0)
    waterfall.rows.push_back(folded(TermRow::Kind::larger, terms.begin(), first));
  waterfall.rows.insert(waterfall.rows.end(), first, last);
  if (waterfall.last < n)
    waterfall.rows.push_back(folded(TermRow::Kind::smaller, last, terms.end()));
  place(waterfall);

  TermRow total;
  total.kind = TermRow::Kind::total;
  total.count = n;
  total.before = explorer.expansion().logit;
  total.after = explorer.cut_expansion().logit;
  waterfall.low = std::min({waterfall.low, total.before, total.after});
  waterfall.high = std::max({waterfall.high, total.before, total.after});
  waterfall.rows.push_back(total);
  return waterfall;
}

float part_through(const engine::Expansion& expansion, const TermRows& rows, const TermRow& row,
                   int source) {
  const auto part = [&](const TermRow& of) {
    const engine::Vector* sources =
        of.index < 0 ? nullptr : &expansion.terms[std::size_t(of.index)].sources;
    return sources && source < int(sources->size()) ? (*sources)[source] : 0.0f;
  };
  if (row.kind == TermRow::Kind::term) return part(row);
  const int n = int(rows.terms->size());
  const int begin = row.kind == TermRow::Kind::smaller ? rows.last : 0;
  const int end = row.kind == TermRow::Kind::larger ? rows.first : n;
  double sum = 0;
  for (int i = begin; i < end; ++i) sum += double(part((*rows.terms)[std::size_t(i)]));
  return float(sum);
}

}  // namespace view
