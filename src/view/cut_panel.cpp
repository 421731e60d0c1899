#include "view/cut_panel.h"

#include <algorithm>
#include <cmath>

#include "view/next_tokens.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float pair_height = 36;
constexpr float chip_gap = 6;
constexpr int compared = 5;

}  // namespace

CutPanel::CutPanel(Scene& scene, float width) : scene_(scene) {
  const Rect inside{0, 0, width - 2 * card_padding(width), 0};
  height_ = card_height(width, lay_out(inside, false));
}

void CutPanel::draw(const Rect& r) {
  const Rect inside = card(scene_.canvas, r, words().cuts);
  draw_header(inside);
  lay_out(inside, true);
  if (action_) action_();
}

void CutPanel::draw_header(const Rect& inside) {
  explorer::Explorer& explorer = scene_.explorer;
  const float y = inside.y - space::title;
  const std::string tool = words().cut_tool;
  const float width = chip_width(scene_, tool, true);
  if (chip(scene_, {inside.right() - width, y}, tool, explorer.cut_tool(), Mark::scissors))
    action_ = [&explorer] { explorer.set_cut_tool(!explorer.cut_tool()); };
  float right = inside.right() - width - 12;
  const auto history = [&](const char* text, auto act) {
    if (link(scene_, {inside.x, y, right - inside.x, chip_height}, text, Align::right))
      action_ = act;
    right -= scene_.canvas.text_width(text, scene_.canvas.style(text_size::small)) + 10;
  };
  if (explorer.can_redo()) history(words().redo, [&explorer] { explorer.redo_cut(); });
  if (explorer.can_undo()) history(words().undo, [&explorer] { explorer.undo_cut(); });
}

float CutPanel::lay_out(const Rect& inside, bool draw) {
  explorer::Explorer& explorer = scene_.explorer;
  Rect rest = inside;
  const auto take = [&](float height) {
    rest.y += height;
    rest.h -= height;
  };
  take(6);
  take(lay_out_offers(rest, draw));
  if (!explorer.has_cuts()) {
    Canvas& canvas = scene_.canvas;
    const char* hint = explorer.cut_tool() ? words().no_cuts_tool : words().no_cuts;
    // As high as the longer one, so that the tool's button moves nothing.
    const float height =
        std::max(canvas.paragraph_height(inside.w, words().no_cuts, canvas.muted()),
                 canvas.paragraph_height(inside.w, words().no_cuts_tool, canvas.muted()));
    if (draw) canvas.paragraph({rest.x, rest.y, rest.w, height}, hint, canvas.muted());
    take(height);
    return rest.y - inside.y;
  }
  std::vector<Chip> chips;
  for (const std::string& cut : explorer.cuts())
    chips.push_back({cut_label(cut), cut, false, Mark::cross});
  take(lay_out_chips(rest, chips, draw));
  take(4);
  if (draw) draw_legend({rest.x, rest.y, rest.w, 20});
  take(20);
  if (draw) draw_patterns({rest.x, rest.y, rest.w, 22});
  take(28);
  take(lay_out_before_after(rest, draw));
  return rest.y - inside.y;
}

float CutPanel::lay_out_chips(const Rect& r, const std::vector<Chip>& chips, bool draw) {
  float x = r.x, y = r.y;
  for (const Chip& each : chips) {
    const float width = chip_width(scene_, each.text, each.mark != Mark::none);
    if (x > r.x && x + width > r.right()) {
      x = r.x;
      y += chip_height + chip_gap;
    }
    if (draw && chip(scene_, {x, y}, each.text, each.on, each.mark))
      action_ = [this, cut = each.cut] { scene_.explorer.toggle_cut(cut); };
    x += width + chip_gap;
  }
  return chips.empty() ? 0 : y + chip_height + chip_gap - r.y;
}

// What can be cut of the pinned term: the path alone, its heads, and the wires between them.
float CutPanel::lay_out_offers(const Rect& r, bool draw) {
  explorer::Explorer& explorer = scene_.explorer;
  const auto& pinned = explorer.pinned_term();
  if (!pinned || pinned->bias) return 0;
  const auto offer = [&](const std::string& text, const std::string& cut) {
    return Chip{text, cut, explorer.is_cut(cut), Mark::scissors};
  };
  std::vector<Chip> whole{offer(cut_label(cut_of(*pinned)), cut_of(*pinned))};
  for (engine::HeadId head : pinned->path)
    whole.push_back(offer(cut_label(engine::name(head)), engine::name(head)));
  float y = r.y;
  y += lay_out_labelled({r.x, y, r.w, 0}, words().cut_offer, whole, draw);
  for (std::size_t i = 0; i + 1 < pinned->path.size(); ++i) {
    const std::string earlier = engine::name(pinned->path[i]);
    const std::string later = engine::name(pinned->path[i + 1]);
    std::vector<Chip> wires;
    for (const char* input : {"Q", "K", "V"})
      wires.push_back(offer(input, earlier + ">" + later + ":" + input));
    y += lay_out_labelled({r.x, y, r.w, 0}, fill(words().cut_wire, {earlier, later}), wires, draw);
  }
  return y + 4 - r.y;
}

// A label with chips behind it, or below it where they do not fit.
float CutPanel::lay_out_labelled(const Rect& r, const std::string& label,
                                 const std::vector<Chip>& chips, bool draw) {
  Canvas& canvas = scene_.canvas;
  const float label_width = canvas.text_width(label, canvas.muted()) + 8;
  float chips_width = 0;
  for (const Chip& each : chips) chips_width += chip_width(scene_, each.text, true) + chip_gap;
  const bool fits = label_width + chips_width <= r.w;
  if (draw) canvas.text({r.x, r.y, r.w, fits ? chip_height : 18}, label, canvas.muted());
  if (fits) return lay_out_chips({r.x + label_width, r.y, r.w - label_width, 0}, chips, draw);
  return 20 + lay_out_chips({r.x, r.y + 20, r.w, 0}, chips, draw);
}

void CutPanel::draw_legend(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  float x = r.x;
  const auto entry = [&](Color color, const char* text) {
    canvas.fill({x, r.center().y - 5, 10, 10}, color, 2);
    const float width = canvas.text_width(text, canvas.muted());
    canvas.text({x + 15, r.y, width + 2, r.h}, text, canvas.muted());
    x += width + 27;
  };
  entry(theme.before, words().legend_before);
  entry(theme.after, words().legend_after);
}

// Whether what the heads look at is what it was before the cut.
void CutPanel::draw_patterns(const Rect& r) {
  explorer::Explorer& explorer = scene_.explorer;
  const float width = scene_.canvas.text_width(words().patterns, scene_.canvas.muted());
  scene_.canvas.text({r.x, r.y, width + 2, r.h}, words().patterns, scene_.canvas.muted());
  const int chosen = choice(scene_, {r.x + width + 12, r.y}, {words().recomputed, words().frozen},
                            explorer.frozen() ? 1 : 0);
  if (chosen >= 0) action_ = [&explorer, chosen] { explorer.set_frozen(chosen == 1); };
}

// The likeliest tokens of both runs, and the target.
std::vector<int> CutPanel::compared_tokens() const {
  explorer::Explorer& explorer = scene_.explorer;
  const auto before = likeliest(explorer, false), after = likeliest(explorer, true);
  std::vector<int> tokens{explorer.target()};
  for (std::size_t i = 0; i < before->size(); ++i)
    for (const int token : {(*before)[i], (*after)[i]})
      if (int(tokens.size()) < compared &&
          std::find(tokens.begin(), tokens.end(), token) == tokens.end())
        tokens.push_back(token);
  return tokens;
}

float CutPanel::lay_out_before_after(const Rect& r, bool draw) {
  explorer::Explorer& explorer = scene_.explorer;
  const std::vector<int> tokens = compared_tokens();
  const auto loss = explorer.cut_loss();
  const float height = pair_height * float(tokens.size() + 1) + 8 + (loss ? pair_height + 8 : 0);
  if (!draw) return height;
  const float before = explorer.expansion().logit, after = explorer.cut_expansion().logit;
  const char* name = explorer.against() == engine::Reading::Against::none   ? words().total_logit
                     : explorer.against() == engine::Reading::Against::mean ? words().total_mean
                                                                            : words().total_token;
  draw_pair({r.x, r.y, r.w, pair_height}, name, std::abs(before), std::abs(after),
            std::max(std::abs(before), std::abs(after)), signed_number(before),
            signed_number(after));
  const auto rule = [&](float y) {
    scene_.canvas.line({r.x, y + 3}, {r.right(), y + 3}, scene_.canvas.theme().line);
    return y + 8;
  };
  float y = rule(r.y + pair_height);
  for (const int token : tokens) {
    const float p = explorer.log_probabilities()[token];
    const float q = explorer.cut_log_probabilities()[token];
    draw_pair({r.x, y, r.w, pair_height}, quotable(scene_, token), std::exp(p), std::exp(q), 1,
              percent(p), percent(q));
    y += pair_height;
  }
  if (!loss) return height;
  const float whole = float(loss->whole), cut = float(loss->cut);
  draw_pair({r.x, rule(y), r.w, pair_height}, words().text_loss, whole, cut, std::max(whole, cut),
            unsigned_number(whole), unsigned_number(cut));
  return height;
}

void CutPanel::draw_pair(const Rect& r, const std::string& name, float before, float after,
                         float longest, const std::string& before_text,
                         const std::string& after_text) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const float name_width = std::min(92.0f, r.w * 0.3f);
  canvas.text({r.x, r.y, name_width, r.h}, name, canvas.style());
  const float left = r.x + name_width + 8;
  const float room = std::min(r.right() - left - 58, 420.0f);
  const auto bar = [&](float y, float value, Color color, const std::string& text, Color ink) {
    const float width = longest > 0 ? room * value / longest : 0;
    canvas.fill({left, y, std::max(1.5f, width), 12}, color, 2);
    TextStyle style = canvas.style(text_size::small);
    style.color = ink;
    style.align = Align::right;
    canvas.text({left + room + 6, y - 2, 52, 16}, text, style);
  };
  bar(r.y + 4, before, theme.before, before_text, theme.muted);
  bar(r.y + 19, after, theme.after, after_text, theme.after);
}

}  // namespace view
