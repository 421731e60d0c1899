// The `skip-trigrams` figure: what a head says by its weights, "source ... destination -> output",
// strongest first over the whole vocabulary; and one source by itself.
#include "explorer/skip_trigrams.h"

#include <algorithm>

#include "engine/trigram_kinds.h"
#include "view/head_choice.h"
#include "view/sheet.h"
#include "view/source_reading.h"
#include "view/tokens.h"
#include "view/words.h"

namespace view {

namespace {

using engine::SkipTrigram;
using explorer::Explorer;

constexpr float two_columns = 860, widest = 1600;
constexpr float entry_height = 42, value_width = 44, strength_width = 52;

const char* kind_word(engine::TrigramKind kind) {
  switch (kind) {
    case engine::TrigramKind::other:
      return "";
    case engine::TrigramKind::copying:
      return words().kind_copying;
    case engine::TrigramKind::spelling:
      return words().kind_spelling;
  }
  return "";
}

// The head's strongest, each with its strength, and bars for what it is the product of.
class EntryList {
 public:
  EntryList(Scene& scene, float width, const std::vector<SkipTrigram>& entries, int source)
      : scene_(scene), entries_(entries), source_(source) {
    for (const SkipTrigram& entry : entries) {
      largest_qk_ = std::max(largest_qk_, entry.qk);
      largest_ov_ = std::max(largest_ov_, entry.ov);
    }
    height_ = card_height(width, entry_height * float(entries.size()));
  }
  float height() const { return height_; }

  void draw(const Rect& r) {
    const Rect inside = card(scene_.canvas, r,
                             fill(words().trigrams_title, {engine::name(scene_.explorer.head())}));
    TextStyle style = scene_.canvas.muted();
    style.align = Align::right;
    scene_.canvas.text({inside.x + inside.w / 2, inside.y - space::title, inside.w / 2, 20},
                       words().strength, style);
    float y = inside.y;
    for (const SkipTrigram& entry : entries_) {
      draw_entry({inside.x, y, inside.w, entry_height}, entry);
      y += entry_height;
    }
  }

 private:
  void draw_entry(const Rect& r, const SkipTrigram& entry) {
    Canvas& canvas = scene_.canvas;
    const Theme& theme = canvas.theme();
    const bool shown = entry.source == source_;
    const Rect hit = r.inset(-8, 0.5f);
    if (shown || scene_.pointer.over(hit)) canvas.fill(hit, theme.highlight, 4);
    if (shown) canvas.fill({hit.x, hit.y, 3, hit.h}, theme.focus);
    const char* kind = kind_word(engine::kind_of(scene_.explorer.loaded().tokenizer, entry));
    TextStyle note = canvas.muted();
    note.align = Align::right;
    const float kind_width = *kind ? canvas.text_width(kind, note) + 10 : 0;
    const Rect line{r.x, r.y + 2, r.w - strength_width, 21};
    canvas.text(
        {line.x, line.y, line.w - kind_width, line.h},
        fill(words().trigram, {quotable(scene_, entry.source), quotable(scene_, entry.destination),
                               quotable(scene_, entry.output)}),
        canvas.style());
    canvas.text(line, kind, note);
    TextStyle style = canvas.strong();
    style.align = Align::right;
    canvas.text({line.right(), line.y, strength_width, line.h}, unsigned_number(entry.strength, 1),
                style);
    const float half = (r.w - 16) / 2;
    draw_bar({r.x, r.y + 24, half, 14}, "qk", entry.qk / largest_qk_, entry.qk, theme.query);
    draw_bar({r.x + half + 16, r.y + 24, half, 14}, "ov", entry.ov / largest_ov_, entry.ov,
             theme.value);
    if (scene_.pointer.button(hit)) scene_.explorer.set_source_token(entry.source);
  }

  void draw_bar(const Rect& r, const char* name, float part, float value, Color color) {
    Canvas& canvas = scene_.canvas;
    TextStyle style = canvas.muted(11);
    canvas.text({r.x, r.y, 20, r.h}, name, style);
    const float room = r.w - 22 - value_width;
    canvas.fill({r.x + 22, r.y + 4, std::max(1.5f, room * part), 6}, color, 3);
    style.align = Align::right;
    canvas.text({r.right() - value_width, r.y, value_width, r.h}, unsigned_number(value), style);
  }

  Scene& scene_;
  const std::vector<SkipTrigram>& entries_;
  const int source_;
  float largest_qk_ = 1e-9f, largest_ov_ = 1e-9f, height_ = 0;
};

std::string sentence(const Explorer& explorer) {
  std::string text = words().trigrams_read;
  if (explorer.head().layer > 0)
    text += fill(words().trigrams_direct, {engine::name(explorer.head())});
  if (engine::has_norm(explorer.config())) text += words().bigrams_scale;
  return text;
}

// The text's tokens, to choose a source from; those of the shown source are shaded. Returns where
// it ends.
float draw_tokens(Scene& scene, Point at, float width, int source) {
  if (scene.explorer.empty()) return at.y;
  TokenRow row(scene, width, scene.explorer.position(), {}, TokenRow::Below::nothing);
  TokenMarks marks;
  marks.with_signs = false;
  marks.destination = -2;
  marks.chooses_position = false;
  for (const int token : scene.explorer.tokens()) marks.shade.push_back(token == source ? 0.6f : 0);
  row.draw(at, marks);
  if (row.clicked() >= 0)
    scene.explorer.set_source_token(scene.explorer.tokens()[std::size_t(row.clicked())]);
  return at.y + row.height() + 10;
}

// Left and right: the entry. Up and down: the head.
void take_keys(Explorer& explorer, const std::vector<SkipTrigram>& entries, int source) {
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const SkipTrigram& entry) { return entry.source == source; });
  const auto move = [&](int step) {
    if (entries.empty()) return;
    const int from = at == entries.end() ? -1 : int(at - entries.begin());
    const int to = std::clamp(from + step, 0, int(entries.size()) - 1);
    explorer.set_source_token(entries[std::size_t(to)].source);
  };
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) move(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) move(1);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) explorer.step_head(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) explorer.step_head(1);
}

// The entries and the shown source, beside or below one another; returns where they end.
float draw_cards(Scene& scene, const std::vector<SkipTrigram>& entries, int source, Point at,
                 float width) {
  const bool wide = width >= two_columns;
  const float right = wide ? std::clamp(width * 0.52f, 470.0f, 760.0f) : width;
  const float left = wide ? width - right - space::gap : width;
  EntryList list(scene, left, entries, source);
  SourceCard card(scene, right, source);
  return draw_two(panel_of(list), left, panel_of(card), right, at, wide);
}

}  // namespace

Drawn draw_skip_trigrams(Explorer& explorer, const Frame& frame) {
  Sheet sheet("skip-trigrams", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.config().n_layers == 0) return sheet.end_sentence(words().no_heads);
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  HeadChoice heads(scene, width);
  Point at{space::margin, space::margin};
  heads.draw(at);
  at.y += heads.height() + 12;
  const engine::SkipTrigramSearch& search = explorer::search_skip_trigrams(explorer);
  const std::vector<SkipTrigram> entries =
      search.done() ? search.result() : std::vector<SkipTrigram>();
  const std::optional<int> source = explorer::shown_source_token(explorer);
  if (frame.focused) take_keys(explorer, entries, source.value_or(-1));
  at.y = draw_tokens(scene, at, width, source.value_or(-1));
  const std::string text = !search.done()
                               ? fill(words().trigrams_searching, {share(float(search.progress()))})
                           : source ? sentence(explorer)
                                    : words().trigrams_none;
  at.y += scene.canvas.paragraph({at.x, at.y, width, 0}, text, scene.canvas.style()) + 10;
  if (!source) return sheet.end(at.y + space::margin);
  return sheet.end(draw_cards(scene, entries, *source, at, width) + space::margin);
}

}  // namespace view
