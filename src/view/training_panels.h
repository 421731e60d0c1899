// TrainingPanels: what the log of one model's training tells, each in a card: the heads' scores,
// the loss and the in-context score, against the tokens trained on.
#pragma once

#include <optional>
#include <vector>

#include "engine/training_claims.h"
#include "view/line_plot.h"

namespace view {

enum class TrainingPlot { scores, loss, context };

// What logs that stand side by side have in common.
struct TrainingScale {
  PlotRange loss, context;  // nats
};

TrainingScale scale_of(const std::vector<const engine::TrainingLog*>& logs);

// The report nearest to so many tokens, in ratio.
int nearest(const engine::TrainingLog& log, double tokens);

// The head with the highest such score; null for a model without heads.
const engine::TrainingReport::Head* best(const engine::TrainingReport& report,
                                         float engine::TrainingReport::Head::*score);

class TrainingPanels {
 public:
  // named: the titles say of how many layers the model is. tokens: where its lines are marked.
  TrainingPanels(Scene& scene, const engine::TrainingLog& log, int n_layers, bool named,
                 double tokens, const TrainingScale& scale);

  static float height(TrainingPlot plot, float width);
  void draw(TrainingPlot plot, const Rect& r);
  std::optional<double> pointed() const { return pointed_; }  // tokens; found while drawing

 private:
  struct Entry {
    Color color;
    const char* name;
  };

  void draw_scores(const Rect& r);
  void draw_loss(const Rect& r);
  void draw_context(const Rect& r);
  LinePlot begin(const Rect& r, const char* title, const std::vector<Entry>& entries,
                 const PlotRange& range);
  void draw_heads(LinePlot& plot, Color color, float engine::TrainingReport::Head::*score,
                  std::vector<PlotLine>& strong);
  void finish(LinePlot& plot, const std::vector<PlotLine>& lines);

  Scene& scene_;
  const engine::TrainingLog& log_;
  std::string name_;  // "two layers: ", or nothing
  int place_;
  TrainingScale scale_;
  std::vector<double> places_;  // tokens
  std::optional<double> pointed_;
};

}  // namespace view
