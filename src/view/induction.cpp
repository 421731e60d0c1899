// The `induction` figure: on the text, where tokens stood before, what came next there, and what
// the induction heads make of it; on random tokens that come twice, the loss of this model and of
// its companion, and the stripe in a head's pattern.
#include <algorithm>
#include <cmath>

#include "view/induction_places.h"
#include "view/raised_tokens.h"
#include "view/repeat_bars.h"
#include "view/repeat_cuts.h"
#include "view/repeat_stripe.h"
#include "view/sheet.h"
#include "view/tokens.h"
#include "view/words.h"

namespace view {

namespace {

using engine::EarlierOccurrence;
using explorer::Explorer;
using explorer::InductionHeads;
using explorer::InductionOnText;

constexpr float two_columns = 760, widest = 1800;
constexpr float weakest_arc = 0.05f;

// What the position's token did the last time it stood there; null where it is new.
const EarlierOccurrence* latest(Explorer& explorer, const InductionOnText& reading) {
  const auto& occurrences = reading.positions()[std::size_t(explorer.position())].occurrences;
  return occurrences.empty() ? nullptr : &occurrences.front();
}

// The induction head that looks there most, and how much.
struct Looker {
  engine::HeadId head;
  float weight = 0;
};
Looker most(const EarlierOccurrence& occurrence, const InductionHeads& heads) {
  const auto at = std::max_element(occurrence.attention.begin(), occurrence.attention.end());
  return {heads.heads[std::size_t(at - occurrence.attention.begin())], *at};
}

// The head that the rest of the figure tells of, where it looks there; else the one that does most.
Looker told(const Explorer& explorer, const EarlierOccurrence& occurrence,
            const InductionHeads& heads) {
  const engine::HeadId head = *explorer::told_head(explorer, heads);
  const auto at = std::find(heads.heads.begin(), heads.heads.end(), head) - heads.heads.begin();
  const float weight = occurrence.attention[std::size_t(at)];
  return weight >= 0.5f ? Looker{head, weight} : most(occurrence, heads);
}

std::string sentence(Scene& scene, const InductionOnText& reading, const InductionHeads& heads) {
  Explorer& explorer = scene.explorer;
  const Words& w = words();
  const auto token = [&](int position) { return quotable(scene.tokens[std::size_t(position)]); };
  const std::string here = token(explorer.position());
  const EarlierOccurrence* before = latest(explorer, reading);
  if (!before) return fill(w.induction_new, {here});
  const auto chance = [](float p) { return percent(std::log(p)); };
  std::string text =
      fill(w.induction_at, {here, std::to_string(before->earlier), token(before->earlier + 1),
                            chance(before->probability)});
  if (heads.heads.empty()) return text + w.induction_no_heads;
  const Looker looker = told(explorer, *before, heads);
  return text + fill(w.induction_looks, {chance(before->probability_without),
                                         engine::name(looker.head), share(looker.weight)});
}

// Arcs to what came next the last times, and from there, in the colour of keys, to the token before
// it, which the previous-token head wrote there.
TokenMarks marks_of(Scene& scene, const InductionOnText& reading, const InductionHeads& heads) {
  Explorer& explorer = scene.explorer;
  const Theme& theme = scene.canvas.theme();
  TokenMarks marks;
  marks.with_signs = false;
  marks.destination = explorer.position();
  marks.shade.resize(scene.tokens.size());
  for (const EarlierOccurrence& each :
       reading.positions()[std::size_t(marks.destination)].occurrences) {
    if (heads.heads.empty()) break;
    const float weight = most(each, heads).weight;
    if (weight < weakest_arc) continue;
    marks.shade[std::size_t(each.earlier + 1)] = weight;
    marks.arcs.push_back({each.earlier + 1, marks.destination, 1 + 2.5f * weight,
                          faded(theme.pattern, 0.3f + 0.7f * weight)});
    if (!heads.previous_token) continue;
    const float written =
        explorer.cut_run().head(*heads.previous_token).pattern(each.earlier + 1, each.earlier);
    marks.arcs.push_back({each.earlier, each.earlier + 1, 1 + 2.5f * written,
                          faded(theme.key, 0.3f + 0.7f * written)});
  }
  marks.sentence = sentence(scene, reading, heads);
  marks.sentence_color = theme.text;
  return marks;
}

std::vector<int> sources_of(Explorer& explorer, const InductionOnText& reading) {
  std::vector<int> sources;
  for (const auto& each : reading.positions()[std::size_t(explorer.position())].occurrences)
    sources.push_back(each.earlier + 1);
  return sources;
}

class Induction {
 public:
  Induction(Scene& scene, float width, const InductionHeads& heads)
      : scene_(scene), heads_(heads), width_(width), wide_(width >= two_columns) {}

  // Each returns where it ends.
  float draw_text(Point at) {
    Explorer& explorer = scene_.explorer;
    const InductionOnText& reading = explorer::induction_on_text(explorer, heads_);
    if (!reading.done()) return draw_reading(at, float(reading.progress()));
    TokenRow row(scene_, width_, explorer.position(), sources_of(explorer, reading));
    row.draw(at, marks_of(scene_, reading, heads_));
    at.y += row.height() + 10;
    const bool without = !heads_.heads.empty();
    const float right = wide_ ? width_ * 0.4f : width_;
    const float left = wide_ ? width_ - right - space::gap : width_;
    InductionPlaces places(scene_, left, reading, without);
    RaisedTokens raised(scene_, right, reading.without(), without);
    return draw_two(panel_of(places), left, panel_of(raised), right, at, wide_);
  }

  float draw_repeats(Point at) {
    Explorer& explorer = scene_.explorer;
    const engine::RepeatedRuns& runs = explorer::repeated_runs(explorer);
    Canvas& canvas = scene_.canvas;
    canvas.text({at.x, at.y, width_, 22}, words().repeats_title, canvas.strong(text_size::title));
    at.y += 24;
    const engine::RepeatedOptions& repeats = explorer.repeats();
    at.y += canvas.paragraph({at.x, at.y, width_, 0},
                             fill(words().repeats_note, {std::to_string(repeats.sequences),
                                                         std::to_string(repeats.length)}),
                             canvas.style()) +
            8;
    at.y = draw_repeat_cuts(scene_, at, width_, heads_) + 10;
    if (explorer.config().n_layers == 0) return draw_bars({at.x, at.y, width_, 0}, runs);
    const float right = wide_ ? std::clamp(width_ * 0.3f, 260.0f, 400.0f) : width_;
    const float left = wide_ ? width_ - right - space::gap : width_;
    RepeatStripe stripe(scene_, right, runs, explorer::shown_head(explorer, heads_));
    if (!wide_) {
      at.y = draw_bars({at.x, at.y, left, 0}, runs) + space::gap;
      stripe.draw({at.x, at.y, right, stripe.height()});
      return at.y + stripe.height();
    }
    const float bottom = draw_bars({at.x, at.y, left, stripe.height()}, runs);
    stripe.draw({at.x + left + space::gap, at.y, right, std::max(stripe.height(), bottom - at.y)});
    return std::max(bottom, at.y + stripe.height());
  }

 private:
  float draw_reading(Point at, float progress) {
    Canvas& canvas = scene_.canvas;
    return at.y + canvas.paragraph({at.x, at.y, width_, 0},
                                   fill(words().reading_text, {share(progress)}), canvas.style());
  }

  // This model, and below it its companion; as high as the rectangle, or higher.
  float draw_bars(const Rect& r, const engine::RepeatedRuns& runs) {
    const engine::LoadedModel* companion = scene_.explorer.companion();
    const bool two = companion && engine::can_repeat(companion->model.config);
    const engine::RepeatedRuns* beside = two ? &explorer::companion_runs(scene_.explorer) : nullptr;
    const float top =
        std::max({1.0f, RepeatBars::highest(runs), beside ? RepeatBars::highest(*beside) : 0.0f});
    const float least = RepeatBars::height(r.w);
    const float each = std::max(least, two ? (r.h - space::gap) / 2 : r.h);
    RepeatBars(scene_, scene_.explorer.config(), runs, top).draw({r.x, r.y, r.w, each});
    if (!two) return r.y + each;
    const float second = r.y + each + space::gap;
    RepeatBars(scene_, companion->model.config, *beside, top).draw({r.x, second, r.w, each});
    return second + each;
  }

  Scene& scene_;
  const InductionHeads& heads_;
  const float width_;
  const bool wide_;
};

void take_keys(Explorer& explorer) {
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) explorer.step_position(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) explorer.step_position(1);
  if (explorer.config().n_layers == 0) return;
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) explorer.step_head(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) explorer.step_head(1);
}

}  // namespace

Drawn draw_induction(Explorer& explorer, const Frame& frame) {
  Sheet sheet("induction", explorer, frame);
  Scene& scene = sheet.scene();
  const auto heads = explorer::induction_heads(explorer);
  if (!heads) {
    const float progress = float(explorer::head_readings(explorer).progress());
    return sheet.end_sentence(fill(words().reading_heads, {share(progress)}).c_str());
  }
  Induction induction(scene, std::min(sheet.width() - 2 * space::margin, widest), *heads);
  Point at{space::margin, space::margin};
  const bool text = !explorer.empty() && explorer.run_trouble().empty();
  const bool repeats = engine::can_repeat(explorer.config());
  if (!text && !repeats) return sheet.end_sentence(words().empty_attention);
  if (text) at.y = induction.draw_text(at) + (repeats ? space::gap + 4 : 0);
  if (repeats) at.y = induction.draw_repeats(at);
  if (frame.focused) take_keys(explorer);
  return sheet.end(at.y + space::margin);
}

}  // namespace view
