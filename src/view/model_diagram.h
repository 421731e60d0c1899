// The model: the residual stream from W_E up to W_U, and in each layer the heads that read from it
// and write to it. The route of the shown term is lit, or dashed and broken where a cut takes it
// out; a click on a head pins or cuts it.
//
// A layer's heads stand in one row, however narrow, as long as a number fits into each. Where they
// don't, the layer has several rows in one frame with one label, and one wire from the stream and
// one back to it for all of them, so that it does not look like several layers.
#pragma once

#include <optional>
#include <vector>

#include "view/scene.h"

namespace view {

class ModelDiagram {
 public:
  ModelDiagram(Scene& scene, float width);

  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  float layer_height() const;
  Rect layer_box(int layer) const;
  Rect head_box(engine::HeadId head) const;
  // Where the wire under, and the one above, a row of heads lies; those of the layer's lowest and
  // highest row go to the stream.
  float read_y(engine::HeadId head) const { return head_box(head).bottom() + bus_gap; }
  float write_y(engine::HeadId head) const { return head_box(head).y - bus_gap; }
  bool folded() const { return rows_per_layer_ > 1; }
  // The last head of its layer, which stands in the highest row.
  engine::HeadId highest(engine::HeadId head) const { return {head.layer, n_heads_ - 1}; }
  void draw_stream();
  void draw_layer(int layer);
  void draw_row(int layer, int first, int last);
  void draw_head(engine::HeadId head, float logit, float largest);
  void draw_route(const engine::Term& term);
  std::vector<Point> route_points(const explorer::TermKey& term) const;
  std::optional<Point> route_break(const engine::Term& term) const;
  bool on_route(engine::HeadId head) const;
  bool is_cut(engine::HeadId head) const;

  static constexpr float bus_gap = 13;  // between a row of heads and its wires

  Scene& scene_;
  const int n_heads_, n_layers_;
  int per_row_ = 1, rows_per_layer_ = 1;
  float pitch_ = 0, height_ = 0;
  // While drawing.
  Rect inside_;
  Color route_color_ = 0;
  bool route_cut_ = false;
  float stream_x_ = 0, stream_top_ = 0, stream_bottom_ = 0;
  float riser_left_ = 0, riser_right_ = 0;  // x of the wires between the rows of a folded layer
};

}  // namespace view
