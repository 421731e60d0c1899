#include "view/source_reading.h"

#include <algorithm>
#include <cmath>

#include "explorer/skip_trigrams.h"
#include "view/words.h"

namespace view {

namespace {

using explorer::Explorer;
using Entries = std::vector<SourceReading::Entry>;

constexpr float beside = 430;  // lists stand beside one another
constexpr float list_gap = 18, list_title = 24, list_row = 22, value_width = 48;
constexpr float crossed_title = 28, crossed_row = 22, number_width = 62;
constexpr std::size_t most = 10, most_above = 5;

// The tokens of the highest values, or, with a sign of -1, of the lowest.
Entries highest(const engine::Vector& values, float sign) {
  Entries entries;
  for (const int token : engine::top_tokens(sign * values, int(most)))
    entries.push_back({token, values[token]});
  return entries;
}

SourceReading read(const Explorer& explorer, int source) {
  const engine::SourceColumn column =
      engine::source_column(explorer.loaded().model, explorer.head(), source);
  return {source, highest(column.qk, 1), highest(column.ov, 1), highest(column.ov, -1),
          explorer::crossed_of(explorer, source)};
}

}  // namespace

SourceCard::SourceCard(Scene& scene, float width, int source) : scene_(scene) {
  Explorer& explorer = scene.explorer;
  const std::string name =
      "source " + std::to_string(source) + " of " + engine::name(explorer.head());
  reading_ = explorer.remembered(name, [&] { return read(explorer, source); });
  inner_ = width - 2 * card_padding(width);
  const bool columns = inner_ >= beside;
  rows_ = std::min(reading_->raised.size(), columns ? most : most_above);
  list_width_ = columns ? (inner_ - 2 * list_gap) / 3 : inner_;
  const float one = list_title + list_row * float(rows_) + 6;
  lists_height_ = columns ? one : 3 * one;
  sentence_height_ =
      scene.canvas.paragraph_height(inner_, crossed_sentence(), scene.canvas.muted());
  height_ = card_height(width, lists_height_ + crossed_title + sentence_height_ +
                                   (reading_->crossed ? 6 + 5 * crossed_row : 0));
}

void SourceCard::draw(const Rect& r) {
  const Theme& theme = scene_.canvas.theme();
  const Rect inside =
      card(scene_.canvas, r, fill(words().source_title, {quotable(scene_, reading_->source)}));
  Point at{inside.x, inside.y};
  const auto list = [&](const char* title, const Entries& entries, Color color) {
    const float bottom = draw_list(at, title, entries, color);
    if (list_width_ < inner_)
      at.x += list_width_ + list_gap;
    else
      at.y = bottom + 6;
  };
  list(words().looks_for_it, reading_->destinations, theme.query);
  list(words().raises, reading_->raised, theme.raise);
  list(words().lowers, reading_->lowered, theme.lower);
  const float top = inside.y + lists_height_;
  draw_crossed({inside.x, top, inside.w, inside.bottom() - top});
}

float SourceCard::draw_list(Point at, const char* title, const Entries& entries, Color color) {
  Canvas& canvas = scene_.canvas;
  canvas.text({at.x, at.y, list_width_, list_title - 2}, title, canvas.muted());
  at.y += list_title;
  const float largest = entries.empty() ? 1 : std::max(1e-9f, std::abs(entries.front().value));
  for (std::size_t i = 0; i < rows_; ++i) {
    const SourceReading::Entry& entry = entries[i];
    const Rect row{at.x, at.y, list_width_, list_row};
    canvas.fill(
        {row.x, row.y + 1, row.w * std::min(1.0f, std::abs(entry.value) / largest), row.h - 2},
        mixed(canvas.theme().card, color, 0.25f), 3);
    TextStyle style = canvas.style(text_size::small);
    canvas.text({row.x + 6, row.y, row.w - value_width - 10, row.h}, quotable(scene_, entry.token),
                style);
    style.align = Align::right;
    canvas.text({row.right() - value_width - 4, row.y, value_width, row.h},
                signed_number(entry.value), style);
    at.y += list_row;
  }
  return at.y;
}

void SourceCard::draw_crossed(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  canvas.text({r.x, r.y, r.w, crossed_title - 4}, words().crossed_title,
              canvas.strong(text_size::small));
  float y = r.y + crossed_title;
  y += canvas.paragraph({r.x, y, r.w, sentence_height_}, crossed_sentence(), canvas.muted()) + 6;
  if (!reading_->crossed) return;
  TextStyle style = canvas.muted();
  style.align = Align::right;
  for (const auto& [name, right] : {std::pair(words().strength, r.right() - number_width),
                                    std::pair(words().counted, r.right())})
    canvas.text({right - number_width, y, number_width, crossed_row}, name, style);
  y += crossed_row;
  for (const auto& [destination, output] : {std::pair(0, 0), {1, 1}, {0, 1}, {1, 0}}) {
    draw_crossed_row({r.x, y, r.w, crossed_row}, destination, output);
    y += crossed_row;
  }
}

void SourceCard::draw_crossed_row(const Rect& r, int destination, int output) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const engine::CrossedTrigrams& crossed = *reading_->crossed;
  const bool meant = destination == output;
  if (meant)
    canvas.check({r.x + 7, r.center().y}, 10, theme.ok);
  else
    canvas.cross({r.x + 7, r.center().y}, 7, theme.bad);
  const int from = crossed.destinations[std::size_t(destination)];
  const int to = crossed.outputs[std::size_t(output)];
  TextStyle style = canvas.style(text_size::small);
  canvas.text({r.x + 20, r.y, r.w - 20 - 2 * number_width, r.h},
              fill(words().trigram_end, {quotable(scene_, from), quotable(scene_, to)}), style);
  style.align = Align::right;
  canvas.text({r.right() - 2 * number_width, r.y, number_width, r.h},
              unsigned_number(crossed.strength(destination, output), 1), style);
  const auto counted = scene_.explorer.bigram_counts()->log_probability(from, to);
  style.color = meant ? theme.muted : theme.bad;
  canvas.text({r.right() - number_width, r.y, number_width, r.h},
              counted ? percent(*counted) : words().not_listed, style);
}

std::string SourceCard::crossed_sentence() const {
  if (!scene_.explorer.bigram_counts()) return words().crossed_no_counts;
  return reading_->crossed ? words().crossed_found : words().crossed_none;
}

}  // namespace view
