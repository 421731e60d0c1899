// The `training` figure: from the log that ships with the model, how its heads formed and its loss
// fell, and beside it the same of its companion, a layer less or more.
#include <algorithm>
#include <cmath>

#include "view/axis.h"
#include "view/sheet.h"
#include "view/training_panels.h"
#include "view/words.h"

namespace view {

namespace {

using engine::TrainingLog;
using engine::TrainingReport;

constexpr float least_fall = 0.05f;  // nats: less is not told as a fall
constexpr float two_columns = 760, three_columns = 1150, widest = 1800;

// When the heads form, and whether the loss late in a text falls with them, as in the paper.
std::string formation_sentence(const TrainingLog& log) {
  const auto formed = engine::formation(log);
  if (!formed) return "";
  const TrainingReport &from = log[formed->from], &to = log[formed->to];
  std::string text =
      fill(words().training_formed, {short_count(from.tokens), short_count(to.tokens)});
  if (!from.in_context || !to.in_context) return text;
  const bool fell = *to.in_context < *from.in_context - least_fall;
  return text + fill(fell ? words().context_fell : words().context_stayed,
                     {unsigned_number(*from.in_context), unsigned_number(*to.in_context)});
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
  text += w.training_hint;
  return text + formation_sentence(log);
}

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

// The panels of one model, or of two in pairs, the loaded one's first.
std::vector<Panel> panels_of(std::vector<TrainingPanels>& models, float width) {
  std::vector<Panel> panels;
  for (const TrainingPlot plot : {TrainingPlot::scores, TrainingPlot::loss, TrainingPlot::context})
    for (TrainingPanels& each : models)
      panels.push_back({TrainingPanels::height(plot, width),
                        [&each, plot](const Rect& r) { each.draw(plot, r); }});
  return panels;
}

}  // namespace

Drawn draw_training(explorer::Explorer& explorer, const Frame& frame) {
  Sheet sheet("training", explorer, frame);
  Scene& scene = sheet.scene();
  const TrainingLog& log = explorer.training_log();
  if (log.empty()) return sheet.end_sentence(words().no_training);
  const int place = kept_place(int(log.size()));
  const double tokens = log[std::size_t(place)].tokens;
  const TrainingLog& beside = explorer.companion_log();
  const TrainingScale scale = scale_of({&log, &beside});
  std::vector<TrainingPanels> models{
      {scene, log, explorer.config().n_layers, !beside.empty(), tokens, scale}};
  if (!beside.empty())
    models.push_back(
        {scene, beside, explorer.companion()->model.config.n_layers, true, tokens, scale});

  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  const int fit = width >= three_columns ? 3 : width >= two_columns ? 2 : 1;
  const int columns = models.size() == 2 ? std::min(fit, 2) : fit;
  const float column = (width - float(columns - 1) * space::gap) / float(columns);
  Point at{space::margin, space::margin};
  at.y +=
      scene.canvas.paragraph({at.x, at.y, width, 0}, sentence(log, place), scene.canvas.style()) +
      10;
  const float bottom = draw_columns(panels_of(models, column), at, column, columns);

  for (const TrainingPanels& each : models)
    if (scene.pointer.moved() && each.pointed()) {
      const int pointed = nearest(log, *each.pointed());
      if (pointed != place) keep(scene, "training", pointed);
    }
  if (frame.focused) take_keys(scene, place, int(log.size()));
  return sheet.end(bottom + space::margin);
}

}  // namespace view
