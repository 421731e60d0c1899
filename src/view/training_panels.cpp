#include "view/training_panels.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

using engine::TrainingLog;
using engine::TrainingReport;

constexpr float high = 300, low = 190, legend_row = 20, swatch = 22;
constexpr float context_step = 0.1f, loss_step = 2;

float legend_height(std::size_t entries) {
  return legend_row * float(entries) + 8;
}

template <class Read>
PlotLine line_of(const TrainingLog& log, Color color, float thickness, const Read& read) {
  PlotLine line{color, thickness, {}};
  for (const TrainingReport& report : log) line.values.push_back(read(report));
  return line;
}

}  // namespace

TrainingScale scale_of(const std::vector<const TrainingLog*>& logs) {
  float loss = 1, context_low = 0, context_high = 0;
  for (const TrainingLog* log : logs)
    for (const TrainingReport& report : *log) {
      loss = std::max({loss, report.valid_loss.value_or(0), report.loss_second.value_or(0)});
      context_low = std::min(context_low, report.in_context.value_or(0));
      context_high = std::max(context_high, report.in_context.value_or(0));
    }
  return {plot_range(0, loss, loss_step), plot_range(context_low, context_high, context_step)};
}

int nearest(const TrainingLog& log, double tokens) {
  const auto distance = [&](const TrainingReport& report) {
    return std::abs(std::log((report.tokens + 1) / (tokens + 1)));
  };
  const auto at = std::min_element(log.begin(), log.end(), [&](const auto& a, const auto& b) {
    return distance(a) < distance(b);
  });
  return int(at - log.begin());
}

const TrainingReport::Head* best(const TrainingReport& report, float TrainingReport::Head::*score) {
  const auto& heads = report.heads;
  const auto at = std::max_element(heads.begin(), heads.end(), [&](const auto& a, const auto& b) {
    return a.*score < b.*score;
  });
  return at == heads.end() ? nullptr : &*at;
}

TrainingPanels::TrainingPanels(Scene& scene, const TrainingLog& log, int n_layers, bool named,
                               double tokens, const TrainingScale& scale)
    : scene_(scene),
      log_(log),
      name_(named ? fill(words().training_of, {layers_label(n_layers)}) : ""),
      place_(nearest(log, tokens)),
      scale_(scale) {
  for (const TrainingReport& report : log_) places_.push_back(report.tokens);
}

float TrainingPanels::height(TrainingPlot plot, float width) {
  if (plot == TrainingPlot::context) return card_height(width, low + legend_height(1));
  return card_height(width, high + legend_height(3));
}

void TrainingPanels::draw(TrainingPlot plot, const Rect& r) {
  if (plot == TrainingPlot::scores) draw_scores(r);
  if (plot == TrainingPlot::loss) draw_loss(r);
  if (plot == TrainingPlot::context) draw_context(r);
}

// How each head came to attend, and what it gave.
void TrainingPanels::draw_scores(const Rect& r) {
  const Theme& theme = scene_.canvas.theme();
  const bool heads = !log_.back().heads.empty();
  std::vector<Entry> entries{{theme.total, words().second_copy}};
  if (heads)
    entries.insert(entries.begin(),
                   {{theme.key, words().previous_token}, {theme.raise, words().induction}});
  LinePlot plot = begin(r, words().training_scores, entries, {0, 1, 0.2f});
  std::vector<PlotLine> strong;
  if (heads) {
    draw_heads(plot, theme.key, &TrainingReport::Head::previous_token, strong);
    draw_heads(plot, theme.raise, &TrainingReport::Head::induction, strong);
  }
  strong.push_back(line_of(log_, theme.total, 2.5f, [](const auto& report) {
    return std::optional<float>(report.accuracy_second);
  }));
  finish(plot, strong);
}

void TrainingPanels::draw_loss(const Rect& r) {
  const Theme& theme = scene_.canvas.theme();
  LinePlot plot = begin(
      r, words().training_loss,
      {{theme.total, words().held_out_loss}, {theme.raise, words().second_copy_loss}}, scale_.loss);
  finish(plot,
         {line_of(log_, theme.total, 2.5f, [](const auto& report) { return report.valid_loss; }),
          line_of(log_, theme.raise, 2.5f, [](const auto& report) { return report.loss_second; })});
}

void TrainingPanels::draw_context(const Rect& r) {
  const Theme& theme = scene_.canvas.theme();
  LinePlot plot =
      begin(r, words().training_context, {{theme.total, words().in_context}}, scale_.context);
  plot.draw_level(0, theme.muted);
  finish(plot,
         {line_of(log_, theme.total, 2.5f, [](const auto& report) { return report.in_context; })});
}

LinePlot TrainingPanels::begin(const Rect& r, const char* title, const std::vector<Entry>& entries,
                               const PlotRange& range) {
  Canvas& canvas = scene_.canvas;
  const Rect inside = card(canvas, r, name_ + title);
  float y = inside.y;
  for (const Entry& entry : entries) {
    const float middle = y + legend_row / 2;
    canvas.line({inside.x, middle}, {inside.x + swatch - 6, middle}, entry.color, 3);
    canvas.text({inside.x + swatch, y, inside.w - swatch, legend_row}, entry.name, canvas.muted());
    y += legend_row;
  }
  y = inside.y + legend_height(entries.size());
  LinePlot plot(scene_, {inside.x, y, inside.w, inside.bottom() - y}, places_, range);
  if (const auto formed = engine::formation(log_))
    plot.draw_span(int(formed->from), int(formed->to), range.bottom < 0 ? "" : words().heads_form);
  plot.draw_axes(words().tokens_read);
  return plot;
}

// A thin line for each head; the one that is best in the end is thick.
void TrainingPanels::draw_heads(LinePlot& plot, Color color, float TrainingReport::Head::*score,
                                std::vector<PlotLine>& strong) {
  const auto line = [&](std::size_t head, Color of, float thickness) {
    return line_of(log_, of, thickness, [&](const TrainingReport& report) {
      return std::optional<float>(report.heads[head].*score);
    });
  };
  for (std::size_t head = 0; head < log_.back().heads.size(); ++head)
    plot.draw(line(head, faded(color, 0.45f), 1.2f));
  const auto at = best(log_.back(), score) - log_.back().heads.data();
  strong.push_back(line(std::size_t(at), color, 2.5f));
}

void TrainingPanels::finish(LinePlot& plot, const std::vector<PlotLine>& lines) {
  std::vector<const PlotLine*> marked;
  for (const PlotLine& line : lines) {
    plot.draw(line);
    marked.push_back(&line);
  }
  plot.mark(place_, marked);
  if (const auto at = plot.pointed()) pointed_ = places_[std::size_t(*at)];
}

}  // namespace view
