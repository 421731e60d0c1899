// The `live` figure: models that train while one looks on. How much of the second copy each has
// right, its loss, what its heads do, and how it reads one sequence now.
#include <algorithm>
#include <cmath>

#include "view/axis.h"
#include "view/line_plot.h"
#include "view/live_heads.h"
#include "view/sheet.h"
#include "view/words.h"

namespace view {

namespace {

using explorer::LiveRun;
using explorer::LiveStep;

constexpr float two_columns = 760, widest = 1800;
constexpr float plot_height = 210, legend_row = 20, legend_entry = 132, swatch = 20;
constexpr float bars_height = 96, token_height = 26;

std::optional<float> told(float value) {
  return std::isfinite(value) ? std::optional<float>(value) : std::nullopt;
}

class Live {
 public:
  explicit Live(Scene& scene) : scene_(scene), runs_(scene.explorer.live_training().runs()) {
    for (const LiveRun& run : runs_)
      if (!run.steps.empty()) last_step_ = std::max(last_step_, run.steps.back().step);
    places_ = {0, std::max(1.0, double(last_step_))};
  }

  int last_step() const { return last_step_; }

  // "Step 640. Right in the second copy: two layers 94 %, one layer 21 %."
  std::string sentence() const {
    std::string shares;
    for (const LiveRun& run : runs_) {
      if (run.steps.empty()) continue;
      shares += (shares.empty() ? "" : words().list_comma) +
                fill(words().live_share,
                     {layers_label(run.config.n_layers), share(run.steps.back().accuracy_second)});
    }
    return shares.empty() ? words().live_waiting
                          : fill(words().live_at, {grouped(last_step_), shares});
  }

  float plot_card(float width) const {
    return card_height(width, plot_height + legend_height(width - 2 * card_padding(width)));
  }

  void draw_accuracy(const Rect& r) {
    const float chance = 1 / float(runs_.front().config.d_vocab);
    LinePlot plot =
        begin_plot(r, words().live_accuracy, {0, 1, 0.2f}, &LiveStep::accuracy_second, chance);
    plot.draw_level(chance, scene_.canvas.theme().muted);
    draw_lines(plot, &LiveStep::accuracy_second);
  }

  void draw_loss(const Rect& r) {
    float highest = 1;
    for (const LiveRun& run : runs_)
      for (const LiveStep& step : run.steps)
        highest = std::max(highest, told(step.loss).value_or(0));
    LinePlot plot = begin_plot(r, words().live_loss, plot_range(0, highest, 1), &LiveStep::loss);
    draw_lines(plot, &LiveStep::loss);
  }

  float sequence_card(float width) const {
    const float inner = width - 2 * card_padding(width);
    return card_height(width, bars_height + token_height + 8 +
                                  scene_.canvas.paragraph_height(inner, words().live_sequence_note,
                                                                 scene_.canvas.muted()));
  }

  // The loss of each symbol of one sequence, a bar for each run.
  void draw_sequence(const Rect& r) {
    Canvas& canvas = scene_.canvas;
    const Rect inside = card(canvas, r, words().live_sequence);
    const std::vector<std::string>& tokens = runs_.front().sequence.tokens;
    canvas.paragraph({inside.x, inside.y + bars_height + token_height + 8, inside.w, 0},
                     words().live_sequence_note, canvas.muted());
    if (tokens.empty()) return;
    const float each = inside.w / float(tokens.size());
    const float half = inside.x + each * float(tokens.size() / 2);
    float highest = std::log(float(runs_.front().config.d_vocab));
    for (const LiveRun& run : runs_)
      for (const float loss : run.sequence.losses)
        highest = std::max(highest, told(loss).value_or(0));
    for (std::size_t i = 0; i < runs_.size(); ++i)
      draw_bars({inside.x, inside.y, inside.w, bars_height}, i, each, highest);
    canvas.line({inside.x, inside.y + bars_height}, {inside.right(), inside.y + bars_height},
                canvas.theme().edge);
    canvas.dashes({half, inside.y}, {half, inside.y + bars_height + token_height},
                  canvas.theme().muted, 1);
    TextStyle style = canvas.style(text_size::small);
    style.face = Face::mono;
    style.align = Align::center;
    for (std::size_t i = 0; i < tokens.size(); ++i)
      canvas.text({inside.x + float(i) * each, inside.y + bars_height + 2, each, token_height - 2},
                  tokens[i] == " " ? "·" : tokens[i], style);
  }

 private:
  static std::size_t legend_columns(float width) {
    return std::size_t(std::max(1.0f, width / legend_entry));
  }
  float legend_height(float width) const {
    const std::size_t columns = legend_columns(width);
    return legend_row * float((runs_.size() + columns) / columns) + 4;  // and chance
  }
  Point legend_place(const Rect& inside, std::size_t entry) const {
    const std::size_t columns = legend_columns(inside.w);
    return {inside.x + legend_entry * float(entry % columns),
            inside.y + legend_row * float(entry / columns)};
  }

  // A card with what each run has now, in its colour, above the plot's axes.
  LinePlot begin_plot(const Rect& r, const char* title, const PlotRange& range,
                      float LiveStep::*value, std::optional<float> chance = {}) {
    Canvas& canvas = scene_.canvas;
    const Rect inside = card(canvas, r, title);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      const LiveRun& run = runs_[i];
      const std::optional<float> now =
          run.steps.empty() ? std::nullopt : told(run.steps.back().*value);
      const Point at = legend_place(inside, i);
      canvas.line({at.x, at.y + 9}, {at.x + swatch - 6, at.y + 9},
                  run_color(canvas.theme(), run.config.n_layers), 3);
      canvas.text({at.x + swatch, at.y, legend_entry - swatch, 18},
                  layers_label(run.config.n_layers) + " " + (now ? axis_number(*now, 0.01f) : "–"),
                  canvas.style(text_size::small));
    }
    if (chance) {
      const Point at = legend_place(inside, runs_.size());
      canvas.dashes({at.x, at.y + 9}, {at.x + swatch - 6, at.y + 9}, canvas.theme().muted, 1.5f);
      canvas.text({at.x + swatch, at.y, legend_entry - swatch, 18},
                  fill(words().live_chance, {unsigned_number(*chance)}), canvas.muted());
    }
    const float legend = legend_height(inside.w);
    LinePlot plot(scene_, {inside.x, inside.y + legend, inside.w, plot_height}, places_, range,
                  Axis::linear);
    plot.draw_axes(words().live_steps);
    return plot;
  }

  void draw_lines(LinePlot& plot, float LiveStep::*value) {
    for (const LiveRun& run : runs_) {
      PlotLine line{run_color(scene_.canvas.theme(), run.config.n_layers), 2.5f, {}, {}};
      for (const LiveStep& step : run.steps) {
        line.places.push_back(step.step);
        line.values.push_back(told(step.*value));
      }
      if (!line.places.empty()) plot.draw(line);
    }
  }

  void draw_bars(const Rect& r, std::size_t number, float each, float highest) {
    const LiveRun& run = runs_[number];
    const float room = each * 0.8f / float(runs_.size());
    for (std::size_t i = 0; i < run.sequence.losses.size(); ++i) {
      const float loss = told(run.sequence.losses[i]).value_or(highest);
      const float height = r.h * std::max(0.0f, loss / highest);
      const float x = r.x + each * (float(i + 1) + 0.1f) + room * float(number);
      scene_.canvas.fill({x, r.bottom() - height, std::max(1.0f, room - 1), height},
                         run_color(scene_.canvas.theme(), run.config.n_layers), 1);
    }
  }

  Scene& scene_;
  const std::vector<LiveRun>& runs_;
  int last_step_ = 0;
  std::vector<double> places_;
};

// The heads of all runs below one another; where what follows them begins.
float draw_heads(Scene& scene, Point at, float width, int last_step) {
  const std::size_t runs = scene.explorer.live_training().runs().size();
  for (std::size_t i = 0; i < runs; ++i) {
    const LiveRun& run = scene.explorer.live_training().runs()[i];
    if (run.config.n_layers == 0) continue;
    LiveHeads heads(scene, i, last_step);
    const float height = LiveHeads::height(width, run);
    heads.draw({at.x, at.y, width, height});
    at.y += height + space::gap;
    if (heads.clicked()) scene.explorer.toggle_live_cut(i, *heads.clicked());
  }
  return at.y;
}

}  // namespace

Drawn draw_live(explorer::Explorer& explorer, const Frame& frame) {
  Sheet sheet("live", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.live_training().runs().empty()) return sheet.end_sentence(words().no_live);
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  const bool wide = width >= two_columns;
  const float column = wide ? (width - space::gap) / 2 : width;
  Live live(scene);

  Point at{space::margin, space::margin};
  at.y +=
      scene.canvas.paragraph({at.x, at.y, width, 0}, live.sentence(), scene.canvas.style()) + 10;
  const float top = at.y, plot = live.plot_card(column);
  live.draw_accuracy({at.x, at.y, column, plot});
  at.y += plot + space::gap;
  live.draw_loss({at.x, at.y, column, plot});
  at.y += plot + space::gap;
  const Point heads = wide ? Point{at.x + column + space::gap, top} : at;
  at.y = std::max(at.y, draw_heads(scene, heads, column, live.last_step()));
  const float sequence = live.sequence_card(width);
  live.draw_sequence({at.x, at.y, width, sequence});
  return sheet.end(at.y + sequence + space::margin);
}

}  // namespace view
