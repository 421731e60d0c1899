#include "view/repeat_bars.h"

#include <algorithm>
#include <cmath>

#include "view/axis.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float header = 22, plot_height = 150, axis_height = 24, numbers = 26;

}  // namespace

RepeatBars::RepeatBars(Scene& scene, const engine::Config& config, const engine::RepeatedRuns& runs,
                       float top)
    : scene_(scene), config_(config), runs_(runs), top_(top) {}

float RepeatBars::height(float width) {
  return card_height(width, header + plot_height + axis_height);
}

float RepeatBars::highest(const engine::RepeatedRuns& runs) {
  if (!runs.done()) return 0;
  const engine::RepeatedScores scores = runs.result();
  return float(*std::max_element(scores.loss_by_position.begin(), scores.loss_by_position.end()));
}

void RepeatBars::draw(const Rect& r) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, layers_label(config_.n_layers));
  const Rect plot{inside.x + numbers, inside.y + header, inside.w - numbers,
                  inside.h - header - axis_height};
  canvas.text({inside.x, inside.y, inside.w, header}, words().loss_nats, canvas.muted());
  if (!runs_.done()) {
    canvas.text({plot.x, plot.y, plot.w, header},
                fill(words().running, {share(float(runs_.progress()))}), canvas.muted());
    return;
  }
  const engine::RepeatedScores scores = runs_.result();
  TextStyle style = canvas.strong(text_size::small);
  style.color = canvas.theme().raise;
  style.align = Align::right;
  canvas.text({inside.x, r.y + 12, inside.w, 20},
              fill(words().second_right, {share(float(scores.accuracy_second))}), style);
  draw_axis(plot, scores.length);
  draw_bars(plot, scores);
}

void RepeatBars::draw_axis(const Rect& plot, int length) {
  Canvas& canvas = scene_.canvas;
  TextStyle style = canvas.muted(11);
  style.align = Align::right;
  const float step = std::max(1.0f, nice_step(top_, 5));
  for (int i = 0; float(i) * step <= top_; ++i) {
    const float value = float(i) * step;
    const float y = plot.bottom() - plot.h * value / top_;
    canvas.line({plot.x, y}, {plot.right(), y}, canvas.theme().line);
    canvas.text({plot.x - numbers, y - 8, numbers - 6, 16}, axis_number(value, step), style);
  }
  const float half = plot.x + plot.w * float(length) / float(2 * length - 1);
  canvas.dashes({half, plot.y - 4}, {half, plot.bottom()}, canvas.theme().muted, 1);
  style = canvas.muted();
  style.align = Align::center;
  canvas.text({plot.x, plot.bottom() + 4, half - plot.x, 20}, words().first_time, style);
  canvas.text({half, plot.bottom() + 4, plot.right() - half, 20}, words().again, style);
}

// Bar i is the prediction made at position i; what comes after the block's end cannot be known.
void RepeatBars::draw_bars(const Rect& plot, const engine::RepeatedScores& scores) {
  Canvas& canvas = scene_.canvas;
  const Theme& theme = canvas.theme();
  const int n = int(scores.loss_by_position.size());
  const float pitch = plot.w / float(n), gap = pitch > 5 ? 2.0f : pitch > 2.5f ? 1.0f : 0.0f;
  int pointed = -1;
  for (int i = 0; i < n; ++i) {
    const float loss = float(scores.loss_by_position[std::size_t(i)]);
    const float tall = std::max(1.0f, plot.h * std::min(1.0f, loss / top_));
    const Rect column{plot.x + float(i) * pitch, plot.y, pitch, plot.h};
    const Color color = i < scores.length ? theme.before : theme.raise;
    if (scene_.pointer.over(column)) pointed = i;
    canvas.fill({column.x + gap / 2, plot.bottom() - tall, pitch - gap, tall},
                pointed == i ? theme.text : color, gap > 0 ? 1.5f : 0);
  }
  if (pointed < 0) return;
  TextStyle style = canvas.muted();
  style.align = Align::right;
  canvas.text({plot.x, plot.y - header, plot.w, header},
              fill(words().loss_at,
                   {std::to_string(pointed + 1),
                    unsigned_number(float(scores.loss_by_position[std::size_t(pointed)]))}),
              style);
}

}  // namespace view
