// The `training` figure: from the log that ships with the model, how its heads formed and its loss
// fell, a thin line for each head.
#include <algorithm>
#include <cmath>

#include "view/line_plot.h"
#include "view/sheet.h"
#include "view/words.h"

namespace view {

namespace {

using engine::TrainingLog;
using engine::TrainingReport;

constexpr float two_columns = 760, widest = 1800, plot_height = 300;
constexpr float legend_row = 20, swatch = 22;

struct Entry {
  Color color;
  const char* name;
};

float legend_height(int entries) {
  return legend_row * float(entries) + 8;
}

void draw_legend(Canvas& canvas, const Rect& r, const std::vector<Entry>& entries) {
  float y = r.y;
  for (const Entry& entry : entries) {
    canvas.line({r.x, y + legend_row / 2}, {r.x + swatch - 6, y + legend_row / 2}, entry.color, 3);
    canvas.text({r.x + swatch, y, r.w - swatch, legend_row}, entry.name, canvas.muted());
    y += legend_row;
  }
}

template <class Read>
PlotLine line_of(const TrainingLog& log, Color color, float thickness, const Read& read) {
  PlotLine line{color, thickness, {}};
  for (const TrainingReport& report : log) line.values.push_back(read(report));
  return line;
}

// The head with the highest such score; none of a model without heads.
const TrainingReport::Head* best(const TrainingReport& report, float TrainingReport::Head::*score) {
  const auto& heads = report.heads;
  const auto at = std::max_element(heads.begin(), heads.end(), [&](const auto& a, const auto& b) {
    return a.*score < b.*score;
  });
  return at == heads.end() ? nullptr : &*at;
}

std::string sentence(const TrainingLog& log, int place) {
  const TrainingReport& report = log[std::size_t(place)];
  const Words& w = words();
  std::string text = fill(w.training_at, {short_count(report.tokens)});
  const auto* before = best(report, &TrainingReport::Head::previous_token);
  const auto* induction = best(report, &TrainingReport::Head::induction);
  if (before)
    text += fill(w.training_heads,
                 {engine::name(before->head), unsigned_number(before->previous_token),
                  engine::name(induction->head), unsigned_number(induction->induction)});
  text += fill(w.training_at_loss, {share(report.accuracy_second),
                                    report.valid_loss ? unsigned_number(*report.valid_loss) : "–"});
  return text + w.training_hint;
}

class Training {
 public:
  Training(Scene& scene, int place)
      : scene_(scene), log_(scene.explorer.training_log()), place_(place) {
    for (const TrainingReport& report : log_) places_.push_back(report.tokens);
  }

  static float height(float width) { return card_height(width, plot_height + legend_height(3)); }
  std::optional<int> pointed() const { return pointed_; }

  // How each head came to attend, and what it gave.
  void draw_scores(const Rect& r) {
    Canvas& canvas = scene_.canvas;
    const Theme& theme = canvas.theme();
    const Rect inside = card(canvas, r, words().training_scores);
    const bool heads = !log_.back().heads.empty();
    std::vector<Entry> entries{{theme.total, words().second_copy}};
    if (heads)
      entries.insert(entries.begin(),
                     {{theme.key, words().previous_token}, {theme.raise, words().induction}});
    draw_legend(canvas, inside, entries);
    LinePlot plot = plot_in(inside, int(entries.size()), 1, 0.2f);
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

  void draw_loss(const Rect& r) {
    Canvas& canvas = scene_.canvas;
    const Theme& theme = canvas.theme();
    const Rect inside = card(canvas, r, words().training_loss);
    draw_legend(canvas, inside,
                {{theme.total, words().held_out_loss}, {theme.raise, words().second_copy_loss}});
    std::vector<PlotLine> lines{
        line_of(log_, theme.total, 2.5f, [](const auto& report) { return report.valid_loss; }),
        line_of(log_, theme.raise, 2.5f, [](const auto& report) { return report.loss_second; })};
    float highest = 1;
    for (const PlotLine& line : lines)
      for (const auto& value : line.values) highest = std::max(highest, value.value_or(0));
    LinePlot plot = plot_in(inside, 2, std::ceil(highest / 2) * 2, 2);
    finish(plot, lines);
  }

 private:
  LinePlot plot_in(const Rect& inside, int entries, float top, float step) {
    const float y = inside.y + legend_height(entries);
    LinePlot plot(scene_, {inside.x, y, inside.w, inside.bottom() - y}, places_, top, step);
    plot.draw_axes(words().tokens_read);
    return plot;
  }

  // A thin line for each head; the one that is best in the end is thick.
  void draw_heads(LinePlot& plot, Color color, float TrainingReport::Head::*score,
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

  void finish(LinePlot& plot, const std::vector<PlotLine>& lines) {
    std::vector<const PlotLine*> marked;
    for (const PlotLine& line : lines) {
      plot.draw(line);
      marked.push_back(&line);
    }
    plot.mark(place_, marked);
    if (plot.pointed()) pointed_ = plot.pointed();
  }

  Scene& scene_;
  const TrainingLog& log_;
  const int place_;
  std::vector<double> places_;
  std::optional<int> pointed_;
};

// The report that is told: the one pointed at last, at first the run's end.
int kept_place(int reports) {
  const int place = kept("training", reports - 1);
  return place >= 0 && place < reports ? place : reports - 1;
}

void take_keys(Scene& scene, int place, int reports) {
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) keep(scene, "training", std::max(0, place - 1));
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow))
    keep(scene, "training", std::min(reports - 1, place + 1));
}

}  // namespace

Drawn draw_training(explorer::Explorer& explorer, const Frame& frame) {
  Sheet sheet("training", explorer, frame);
  Scene& scene = sheet.scene();
  const TrainingLog& log = explorer.training_log();
  if (log.empty()) return sheet.end_sentence(words().no_training);
  const int place = kept_place(int(log.size()));
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  const bool wide = width >= two_columns;
  const float column = wide ? (width - space::gap) / 2 : width;
  Training training(scene, place);

  Point at{space::margin, space::margin};
  at.y +=
      scene.canvas.paragraph({at.x, at.y, width, 0}, sentence(log, place), scene.canvas.style()) +
      10;
  const float height = Training::height(column);
  const Panel scores{height, [&](const Rect& r) { training.draw_scores(r); }};
  const Panel loss{height, [&](const Rect& r) { training.draw_loss(r); }};
  const float bottom = draw_two(scores, column, loss, column, at, wide);

  if (scene.pointer.moved() && training.pointed() && *training.pointed() != place)
    keep(scene, "training", *training.pointed());
  if (frame.focused) take_keys(scene, place, int(log.size()));
  return sheet.end(bottom + space::margin);
}

}  // namespace view
