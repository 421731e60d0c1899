// Scene: what every part of a figure draws with, and Pointer: what the pointer is on and does.
// Parts tell the pointer where terms, heads and buttons lie; what follows from it is done once, at
// the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "view/drawing.h"
#include "view/figure.h"
#include "view/token_text.h"

namespace view {

class Pointer {
 public:
  // Reads the frame's input. `area` is the figure's.
  Pointer(const Rect& area, float dpr);

  bool inside() const { return inside_; }
  bool moved() const { return moved_; }
  Point at() const { return at_; }
  bool over(const Rect& r) const { return inside_ && r.contains(at_); }
  // Pressed and let go inside the rectangle.
  bool clicked(const Rect& r) const;
  // Moves with the button held, pressed inside the rectangle; true until the button has been let
  // go.
  bool drags(const Rect& r) const { return dragged_ && r.contains(pressed_at_); }
  // Clicked, with the hand over it: a button.
  bool button(const Rect& r) const;

  // The rectangle stands for a term (or for a head, whose own term it then is).
  void on_term(const Rect& r, const explorer::TermKey& term);
  void on_head(const Rect& r, engine::HeadId head);
  // Carries out what was pointed at and clicked: highlight, pin, cut.
  void act(explorer::Explorer& explorer) const;
  // Scissors beside the pointer where a click cuts.
  void draw_tool(Canvas& canvas, const explorer::Explorer& explorer) const;

 private:
  bool inside_ = false, moved_ = false, released_ = false, dragged_ = false;
  Point at_, pressed_at_;
  std::optional<explorer::TermKey> term_;  // pointed at
  bool term_clicked_ = false;
  std::optional<engine::HeadId> head_;  // pointed at as a head
};

struct Scene {
  Canvas& canvas;
  Pointer& pointer;
  explorer::Explorer& explorer;
  const std::vector<TokenText>& tokens;  // of the text
  bool touch = false;                    // nothing hovers: terms are tapped
  int pointed_token = -1;                // the pointer is on it in the token row
};

// A token's label inside a sentence, shortened and ready to draw.
std::string quotable(const TokenText& token);
std::string quotable(const Scene& scene, int token_id);

// A number that the figure keeps from frame to frame, like how many rows are unfolded. A new value
// asks for another frame.
int kept(const char* name, int initially);
void keep(Scene& scene, const char* name, int value);

// A line of text that can be clicked. True when it was.
bool link(Scene& scene, const Rect& r, const std::string& text, Align align = Align::left);
// A small rounded button; `on` shows it pressed. Its width, and drawing it at a left upper corner.
constexpr float chip_height = 24;
float chip_width(const Scene& scene, const std::string& text, bool mark = false);
enum class Mark { none, scissors, cross };
bool chip(Scene& scene, Point at, const std::string& text, bool on = false, Mark mark = Mark::none);

// Some words side by side, of which the current one is underlined; the one that was clicked, or
// -1. From a left upper corner, on in further lines where a width is given; choice_width to align
// them, choice_height of those lines.
constexpr float any_width = 1e9f;
int choice(Scene& scene, Point at, const std::vector<std::string>& words, int current,
           float width = any_width);
float choice_width(const Scene& scene, const std::vector<std::string>& words);
float choice_height(const Scene& scene, const std::vector<std::string>& words, float width);
// A key to colours: from one value to another, in steps from `from` to `to`.
void color_key(Canvas& canvas, const Rect& r, const std::string& from, const std::string& to,
               const std::vector<Color>& steps);

// The cut expression of a term; empty for biases, which cannot be cut alone.
std::string cut_of(const explorer::TermKey& term);

}  // namespace view
