#include "view/term_rows.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "view/explorers.h"

using Catch::Matchers::WithinAbs;
using view::TermRow;
using view::TermRows;

namespace {

double sum_of(const TermRows& waterfall, float TermRow::*value) {
  double sum = 0;
  for (const TermRow& row : waterfall.rows)
    if (row.kind != TermRow::Kind::total) sum += double(row.*value);
  return sum;
}

}  // namespace

TEST_CASE("each bar starts where the one above ends, and the last is the model's logit") {
  for (const engine::Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    explorer::Explorer explorer = explorers::of(shape, "1 2 3 4 5 2");
    for (const int shown : {1, 10, 70, 100000}) {
      const TermRows waterfall = view::term_rows(explorer, shown);
      float at = 0;
      for (std::size_t i = 0; i + 1 < waterfall.rows.size(); ++i) {
        CHECK_THAT(waterfall.rows[i].after_start, WithinAbs(at, 1e-4));
        at += waterfall.rows[i].after;
      }
      CHECK(waterfall.rows.back().kind == TermRow::Kind::total);
      CHECK_THAT(waterfall.rows.back().after, WithinAbs(at, 1e-4 * (1 + std::abs(at))));
    }
  }
}

TEST_CASE("folded terms are still summed, and every term has a row or is in a fold") {
  explorer::Explorer explorer = explorers::of({}, "1 2 3 4 5 2");
  const int terms = int(explorer.expansion().terms.size());
  REQUIRE(terms == 1 + 6 + 9);
  for (const int shown : {1, 5, 14, 15, 16, 100}) {
    const TermRows waterfall = view::term_rows(explorer, shown);
    int count = 0;
    for (const TermRow& row : waterfall.rows)
      if (row.kind != TermRow::Kind::total) count += row.count;
    CHECK(count == terms);
    CHECK_THAT(sum_of(waterfall, &TermRow::after), WithinAbs(explorer.expansion().logit, 1e-4));
  }
  // A fold of one term would take the row that it saves.
  CHECK(view::term_rows(explorer, terms - 1).rows.size() == std::size_t(terms) + 1);
}

TEST_CASE("with many terms unfolded the larger ones are folded in turn") {
  engine::Shape shape;
  shape.n_layers = 3;
  shape.n_heads = 4;
  explorer::Explorer explorer = explorers::of(shape, "1 2 3 4 5 2");
  const TermRows waterfall = view::term_rows(explorer, 90);
  CHECK(waterfall.rows.front().kind == TermRow::Kind::larger);
  CHECK(waterfall.rows.front().count == 90 - view::most_term_rows);
  CHECK(waterfall.last - waterfall.first == view::most_term_rows);
  CHECK_THAT(sum_of(waterfall, &TermRow::after), WithinAbs(explorer.expansion().logit, 1e-4));
}

TEST_CASE("terms come by falling size, that with or without the cuts, whichever is larger") {
  explorer::Explorer explorer = explorers::of({}, "1 2 3 4 5 2");
  const TermRow largest = view::term_rows(explorer, 100).rows.front();
  explorer.set_cuts({"path:" + engine::name(largest.term.path)});
  const TermRows waterfall = view::term_rows(explorer, 100);
  CHECK(waterfall.rows.front().term == largest.term);
  CHECK(waterfall.rows.front().cut);
  CHECK(waterfall.rows.front().after == 0);
  CHECK(waterfall.rows.front().before == largest.before);
  float last = INFINITY;
  for (const TermRow& row : waterfall.rows) {
    if (row.kind != TermRow::Kind::term) continue;
    const float size = std::max(std::abs(row.before), std::abs(row.after));
    CHECK(size <= last);
    last = size;
  }
  CHECK_THAT(sum_of(waterfall, &TermRow::before), WithinAbs(explorer.expansion().logit, 1e-4));
  CHECK_THAT(sum_of(waterfall, &TermRow::after), WithinAbs(explorer.cut_expansion().logit, 1e-4));
}

TEST_CASE("what comes through a token is split among the rows, folded ones included") {
  engine::Shape shape;
  shape.n_heads = 9;
  explorer::Explorer explorer = explorers::of(shape, "1 2 3 4 5 2");
  const engine::Expansion& expansion = explorer.cut_expansion();
  for (const int shown : {3, 70, 100000}) {
    const TermRows waterfall = view::term_rows(explorer, shown);
    for (int source = 0; source <= expansion.position; ++source) {
      double all = 0, rows = 0;
      for (const engine::Term& term : expansion.terms)
        if (term.sources.size()) all += double(term.sources[source]);
      for (const TermRow& row : waterfall.rows) {
        const double part = double(view::part_through(expansion, waterfall, row, source));
        if (row.kind == TermRow::Kind::total) CHECK_THAT(part, WithinAbs(all, 1e-4));
        if (row.kind != TermRow::Kind::total) rows += part;
      }
      CHECK_THAT(rows, WithinAbs(all, 1e-4));
    }
  }
}
