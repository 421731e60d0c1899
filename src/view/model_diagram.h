// The model: the residual stream from W_E up to W_U, and in each layer the heads that read from it
// and write to it. The route of the shown term is lit; a click on a head pins or cuts it.
#pragma once

#include "view/scene.h"

namespace view {

class ModelDiagram {
 public:
  ModelDiagram(Scene& scene, float width);

  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  Rect head_box(engine::HeadId head) const;
  Point at_row(engine::HeadId head) const;
  void draw_stream();
  void draw_layer(int layer);
  void draw_head(engine::HeadId head, float logit, float largest);
  void draw_route(const explorer::TermKey& term);
  std::vector<Point> route_points(const explorer::TermKey& term) const;
  bool on_route(engine::HeadId head) const;
  bool is_cut(engine::HeadId head) const;

  Scene& scene_;
  const int n_heads_, n_layers_;
  int per_row_ = 1, rows_per_layer_ = 1;
  float pitch_ = 0, height_ = 0;
  // While drawing.
  Rect inside_;
  Color route_color_ = 0;
  float stream_x_ = 0, stream_top_ = 0, stream_bottom_ = 0;
};

}  // namespace view
