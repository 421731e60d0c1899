// What is cut, with what can be cut of the pinned term, undo, and before and after side by side:
// the logit that is read, the probabilities of the next tokens and the loss of the text.
#pragma once

#include <functional>

#include "view/scene.h"

namespace view {

class CutPanel {
 public:
  CutPanel(Scene& scene, float width);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  struct Chip {
    std::string text, cut;
    bool on;
    Mark mark;
  };
  // Each of these draws, or only measures, and returns the height it takes.
  float lay_out(const Rect& inside, bool draw);
  float lay_out_chips(const Rect& r, const std::vector<Chip>& chips, bool draw);
  float lay_out_offers(const Rect& r, bool draw);
  float lay_out_labelled(const Rect& r, const std::string& label, const std::vector<Chip>& chips,
                         bool draw);
  float lay_out_before_after(const Rect& r, bool draw);
  void draw_header(const Rect& inside);
  void draw_legend(const Rect& r);
  void draw_patterns(const Rect& r);
  void draw_pair(const Rect& r, const std::string& name, float before, float after, float longest,
                 const std::string& before_text, const std::string& after_text);
  std::vector<int> compared_tokens() const;

  Scene& scene_;
  float height_ = 0;
  std::function<void()> action_;  // what was clicked, done when all is drawn
};

}  // namespace view
