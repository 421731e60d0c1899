#include "view/live_heads.h"

#include <algorithm>

#include "view/pattern_plot.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float row_height = 72, side = 60, names_width = 104, gap = 12;

bool is_cut(const explorer::LiveRun& run, engine::HeadId head) {
  return std::binary_search(run.cuts.begin(), run.cuts.end(), head);
}

}  // namespace

Color run_color(const Theme& theme, int n_layers) {
  return n_layers == 0 ? theme.value : n_layers == 1 ? theme.lower : theme.raise;
}

LiveHeads::LiveHeads(Scene& scene, std::size_t run, int last_step)
    : scene_(scene),
      run_(scene.explorer.live_training().runs()[run]),
      last_step_(std::max(1, last_step)) {}

float LiveHeads::height(float width, const explorer::LiveRun& run) {
  return card_height(width, row_height * float(engine::all_heads(run.config).size()));
}

void LiveHeads::draw(const Rect& r) {
  const Rect inside =
      card(scene_.canvas, r, fill(words().live_heads, {layers_label(run_.config.n_layers)}));
  const std::vector<engine::HeadId> heads = engine::all_heads(run_.config);
  for (std::size_t i = 0; i < heads.size(); ++i)
    draw_row({inside.x, inside.y + float(i) * row_height, inside.w, row_height}, i, heads[i]);
}

void LiveHeads::draw_row(const Rect& r, std::size_t index, engine::HeadId head) {
  Canvas& canvas = scene_.canvas;
  const bool cut = is_cut(run_, head);
  const std::string offer = cut ? words().live_mend : words().live_cut;
  const float chip_w = std::max(chip_width(scene_, words().live_cut, true),
                                chip_width(scene_, words().live_mend, true));
  const Rect square{r.right() - chip_w - gap - side, r.y + (row_height - side) / 2, side, side};
  draw_names({r.x, r.y, names_width, r.h}, index, head, cut);
  draw_scores({r.x + names_width, square.y + 4, square.x - gap - r.x - names_width, side - 8},
              index, cut);
  if (index < run_.sequence.patterns.size()) {
    PatternPlot(run_.sequence.patterns[index], Shown::pattern).draw(canvas, square, square);
    canvas.outline(square.inset(-1), cut ? canvas.theme().lower : canvas.theme().border, 2);
  }
  if (chip(scene_, {r.right() - chip_w, r.y + (row_height - chip_height) / 2}, offer, cut,
           Mark::scissors))
    clicked_ = head;
}

void LiveHeads::draw_names(const Rect& r, std::size_t index, engine::HeadId head, bool cut) {
  Canvas& canvas = scene_.canvas;
  TextStyle style = canvas.strong(text_size::small);
  if (cut) style.color = canvas.theme().muted;
  float y = r.y + 8;
  canvas.text({r.x, y, r.w, 18}, engine::name(head), style);
  if (run_.steps.empty()) return;
  const explorer::LiveStep& now = run_.steps.back();
  const struct {
    const char* name;
    float score;
    Color color;
  } scores[] = {{words().live_previous, now.previous_token[index], canvas.theme().key},
                {words().live_induction, now.induction[index], canvas.theme().raise}};
  for (const auto& score : scores) {
    y += 18;
    style = canvas.muted();
    style.color = score.color;
    canvas.text({r.x, y, r.w, 18}, fill(score.name, {unsigned_number(score.score)}), style);
  }
}

// From 0 below to 1 above.
void LiveHeads::draw_scores(const Rect& r, std::size_t index, bool cut) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  if (r.w < 16) return;
  canvas.line({r.x, r.bottom()}, {r.right(), r.bottom()}, theme.line);
  canvas.line({r.x, r.y}, {r.right(), r.y}, theme.line);
  for (const bool induction : {false, true}) {
    std::vector<Point> points;
    for (const explorer::LiveStep& step : run_.steps) {
      const float score = (induction ? step.induction : step.previous_token)[index];
      points.push_back({r.x + r.w * float(step.step) / float(last_step_),
                        r.bottom() - r.h * std::clamp(score, 0.0f, 1.0f)});
    }
    const Color color = induction ? theme.raise : theme.key;
    if (points.size() > 1) canvas.polyline(points, cut ? faded(color, 0.4f) : color, 2);
  }
}

}  // namespace view
