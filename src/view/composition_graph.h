// The heads as a graph, layer over layer, with a line for each wire that composes well beyond
// chance.
#pragma once

#include "view/composed.h"

namespace view {

class CompositionGraph {
 public:
  CompositionGraph(Scene& scene, float width, WireChoice& choice);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  Point place(engine::HeadId head) const;
  bool drawn(const Wire& wire) const;
  void draw_wire(const Wire& wire);
  void draw_head(engine::HeadId head);

  Scene& scene_;
  WireChoice& choice_;
  const int n_heads_, n_layers_;
  float height_ = 0;
  Rect inside_;  // while drawing
};

}  // namespace view
