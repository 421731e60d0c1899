// The `importance` figure: over a text, patterns as they are, how far the paths of each number of
// heads bring the loss down, and what every head and virtual head is worth.
#include <algorithm>

#include "explorer/importance_reading.h"
#include "view/importance_panels.h"
#include "view/sheet.h"
#include "view/words.h"

namespace view {

namespace {

using engine::TermImportance;
using explorer::Explorer;
using explorer::ImportanceQuestion;

constexpr float two_columns = 700, three_columns = 1080, widest = 1700;

std::string of_what(const ImportanceQuestion& asked) {
  return fill(asked.held_out ? words().of_held_out : words().of_text,
              {grouped(int(asked.tokens.size()))});
}

// What the paths of two heads or more take off, of all that the paths take off.
std::string sentence(const ImportanceQuestion& asked, const TermImportance& importance,
                     const explorer::ImportanceRun& run) {
  const auto& orders = importance.loss_by_order;
  const double all = importance.loss_uniform - importance.loss;
  std::string text = of_what(asked) + words().sentence_gap;
  if (!run.done()) text = fill(words().so_far, {share(float(run.progress())), text});
  const auto number = [](double value) { return unsigned_number(float(value), 3); };
  if (orders.size() < 2)
    return text +
           fill(words().worth_direct, {number(importance.loss_uniform), number(importance.loss)});
  text += fill(words().worth_heads,
               {number(orders[0] - orders[1]), share(float((orders[0] - orders[1]) / all))});
  if (orders.size() < 3) return text + words().sentence_end;
  const double deeper = orders[1] - importance.loss;
  return text + fill(words().worth_virtual, {number(deeper), share(float(deeper / all))});
}

bool is_stale(const Explorer& explorer, const ImportanceQuestion& asked) {
  return asked.cuts != explorer.cuts() || asked.frozen != explorer.frozen() ||
         (!asked.held_out && asked.tokens != explorer.tokens());
}

float draw_panels(Scene& scene, Point at, float width, const TermImportance& importance) {
  const int layers = scene.explorer.config().n_layers;
  std::vector<Panel> panels;
  const float n = layers >= 2 && width >= three_columns ? 3
                  : layers >= 1 && width >= two_columns ? 2
                                                        : 1;
  const float column = (width - (n - 1) * space::gap) / n;
  const auto add = [&](const auto& panel) {
    panels.push_back({panel->height(), [panel](const Rect& r) { panel->draw(r); }});
  };
  add(std::make_shared<OrderBars>(scene, column, importance));
  if (layers >= 1) add(std::make_shared<HeadWorths>(scene, column, importance));
  if (layers >= 2) add(std::make_shared<VirtualWorths>(scene, column, importance));
  return draw_columns(panels, at, column, int(n));
}

}  // namespace

Drawn draw_importance(Explorer& explorer, const Frame& frame) {
  Sheet sheet("importance", explorer, frame);
  Scene& scene = sheet.scene();
  const auto& asked = explorer.importance_question();
  if (!asked) return sheet.end_sentence(words().no_importance);
  const explorer::ImportanceRun* run = explorer::importance_run(explorer);
  const auto importance = run ? run->result() : std::nullopt;
  if (!importance) {
    const std::string progress = share(run ? float(run->progress()) : 0);
    return sheet.end_sentence(fill(words().measuring, {progress}).c_str());
  }
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  Point at{space::margin, space::margin};
  at.y += scene.canvas.paragraph({at.x, at.y, width, 0}, words().importance_note,
                                 scene.canvas.style()) +
          8;
  std::string text = sentence(*asked, *importance, *run);
  if (is_stale(explorer, *asked)) text += words().importance_stale;
  at.y += scene.canvas.paragraph({at.x, at.y, width, 0}, text, scene.canvas.style()) + 10;
  at.y = draw_panels(scene, at, width, *importance);
  scene.pointer.act(explorer);
  scene.pointer.draw_tool(scene.canvas, explorer);
  return sheet.end(at.y + space::margin);
}

}  // namespace view
