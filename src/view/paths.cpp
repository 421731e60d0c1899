// The `paths` figure: a logit as a sum of paths. Layout, keys, and what a click does.
#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "view/cut_panel.h"
#include "view/model_diagram.h"
#include "view/next_tokens.h"
#include "view/scene.h"
#include "view/sheet.h"
#include "view/term_marks.h"
#include "view/tokens.h"
#include "view/virtual_grid.h"
#include "view/waterfall.h"
#include "view/words.h"

namespace view {

namespace {

constexpr float two_columns = 620, three_columns = 1080, four_columns = 1680;
constexpr float widest = 2560;
// The sum's card stays as low as this unless rows are unfolded or something is cut, by the number
// of columns: in windows as high as the narrow figures mostly have, the last bar and the badge are
// in sight.
constexpr float tallest_sum[] = {0, 0, 640, 440, 2000};

// Cards above each other. The sum's card, the last of its column, reaches down to where the longest
// column ends, unless that is far below.
constexpr float most_stretch = 1.5f;

struct Column {
  float x = 0, width = 0;
  std::vector<Panel> panels;
  bool sum_last = false;

  float height() const {
    float sum = -space::gap;
    for (const Panel& panel : panels) sum += panel.height + space::gap;
    return std::max(0.0f, sum);
  }
  void draw(float top, float bottom) const {
    for (const Panel& panel : panels) {
      const bool last = &panel == &panels.back();
      const float most = panel.height * (last && sum_last ? most_stretch : 1);
      panel.draw({x, top, width, last ? std::min(bottom - top, most) : panel.height});
      top += panel.height + space::gap;
    }
  }
};

// The widths of the columns, left to right, for a figure of this width.
std::vector<float> column_widths(float width) {
  if (width < two_columns) return {width};
  if (width < three_columns) {
    const float right = std::clamp(width * 0.4f, 290.0f, 400.0f);
    return {width - right - space::gap, right};
  }
  const float left = std::clamp(width * 0.24f, 270.0f, 420.0f);
  if (width < four_columns) {
    const float right = std::clamp(width * 0.28f, 320.0f, 440.0f);
    return {left, width - left - right - 2 * space::gap, right};
  }
  const float diagram = std::clamp(width * 0.2f, 340.0f, 460.0f);
  const float grid = std::clamp(width * 0.22f, 370.0f, 530.0f);
  return {left, width - left - diagram - grid - 3 * space::gap, diagram, grid};
}

class Paths {
 public:
  Paths(Scene& scene, float width) : scene_(scene) {
    const std::vector<float> widths = column_widths(width);
    float x = space::margin;
    for (const float column : widths) {
      columns_.push_back({x, column, {}});
      x += column + space::gap;
    }
    // Which column holds which panel, by how many columns there are.
    const int n = int(widths.size());
    const int sum = n >= 3 ? 1 : 0, diagram = n == 2 ? 1 : n == 4 ? 2 : 0, grid = n - 1;
    add(n == 2 ? 1 : 0, make<NextTokens>(n == 2 ? 1 : 0));
    const std::size_t place_of_sum = columns_[std::size_t(sum)].panels.size();
    if (n != 3) add(0, make<CutPanel>(0));
    add(diagram, make<ModelDiagram>(diagram));
    if (VirtualGrid::exists(scene.explorer.config())) add(grid, make<VirtualGrid>(grid));
    if (n == 3) add(2, make<CutPanel>(2));
    // The sum comes last: it fills its column as far down as the others reach.
    Column& column = columns_[std::size_t(sum)];
    const float room = n == 1 ? 0 : height() - column.height() - space::gap;
    const float most = scene.explorer.has_cuts() ? room : tallest_sum[n];
    waterfall_ = std::make_shared<Waterfall>(scene, column.width, std::min(room, most));
    column.sum_last = place_of_sum == column.panels.size();
    column.panels.insert(column.panels.begin() + std::ptrdiff_t(place_of_sum), panel(waterfall_));
  }

  float height() const {
    float height = 0;
    for (const Column& column : columns_) height = std::max(height, column.height());
    return height;
  }

  void draw(float top) const {
    for (const Column& column : columns_) column.draw(top, top + height());
  }

  const TermRows& terms() const { return waterfall_->terms(); }

 private:
  template <class Part>
  std::shared_ptr<Part> make(int column) {
    return std::make_shared<Part>(scene_, columns_[std::size_t(column)].width);
  }
  template <class Part>
  static Panel panel(const std::shared_ptr<Part>& part) {
    return {part->height(), [part](const Rect& r) { part->draw(r); }};
  }
  template <class Part>
  void add(int column, const std::shared_ptr<Part>& part) {
    columns_[std::size_t(column)].panels.push_back(panel(part));
  }

  Scene& scene_;
  std::vector<Column> columns_;
  std::shared_ptr<Waterfall> waterfall_;
};

bool pressed(ImGuiKey key) {
  return ImGui::IsKeyPressed(key);
}

void move_term(explorer::Explorer& explorer, const std::vector<explorer::TermKey>& order,
               int step) {
  const auto& shown = explorer.shown_term();
  const auto at = shown ? std::find(order.begin(), order.end(), *shown) : order.end();
  const int from = at == order.end() ? (step > 0 ? -1 : 0) : int(at - order.begin());
  explorer.hover_term(order[std::size_t(std::clamp(from + step, 0, int(order.size()) - 1))]);
}

// Left and right: the position. Up and down: the term. Enter: it stays. X or Delete: it is cut.
// Escape: none.
void take_keys(explorer::Explorer& explorer, const std::vector<explorer::TermKey>& order) {
  if (pressed(ImGuiKey_LeftArrow)) explorer.step_position(-1);
  if (pressed(ImGuiKey_RightArrow)) explorer.step_position(1);
  if (pressed(ImGuiKey_UpArrow)) move_term(explorer, order, -1);
  if (pressed(ImGuiKey_DownArrow)) move_term(explorer, order, 1);
  const std::optional<explorer::TermKey> shown = explorer.shown_term();
  if (shown && (pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeypadEnter))) explorer.pin_term(shown);
  const bool cuts = pressed(ImGuiKey_X) || pressed(ImGuiKey_Delete) || pressed(ImGuiKey_Backspace);
  if (shown && cuts && !cut_of(*shown).empty()) explorer.toggle_cut(cut_of(*shown));
  if (pressed(ImGuiKey_Escape)) {
    explorer.hover_term(std::nullopt);
    if (explorer.pinned_term()) explorer.pin_term(std::nullopt);
  }
}

}  // namespace

Drawn draw_paths(explorer::Explorer& explorer, const Frame& frame) {
  Sheet sheet("paths", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.empty()) return sheet.end_sentence(words().empty_paths);
  if (!explorer.terms_trouble().empty())
    return sheet.end_sentence(explorer.terms_trouble().c_str());
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  TokenRow row(scene, width, explorer.position(), strongest_sources(scene));
  const Point at{space::margin, space::margin};
  scene.pointed_token = row.pointed(at);
  Paths paths(scene, width);
  row.draw(at, term_marks(scene));
  const float top = at.y + row.height() + 10;
  paths.draw(top);
  scene.pointer.draw_tool(scene.canvas, explorer);
  scene.pointer.act(explorer);
  if (frame.focused) take_keys(explorer, paths.terms().order);
  return sheet.end(top + paths.height() + space::margin);
}

}  // namespace view
