// Colours and spacing, named once by role. The page's style sheet uses the same values. A colour is
// never the only sign: raising and lowering carry + and - as well.
#pragma once

#include "imgui.h"

namespace view {

using Color = ImU32;

struct Theme {
  Color page, card, border, text, muted;
  Color edge;               // around what can be clicked: 3 to 1 on the card
  Color raise, lower;       // of a logit
  Color before;             // a value before a cut
  Color after;              // and after it
  Color residual;           // the residual stream
  Color query, key, value;  // the three inputs of a head
  Color pattern;            // attention
  Color total;              // the logit that the terms add up to
  Color ok, ok_back;        // the badge of a sum that closes
  Color bad, bad_back;      // and of one that does not
  Color line;               // wires and grid lines
  Color highlight;          // behind the term that is shown
  Color focus;              // ring around what has the keys
  Color on_accent;          // text on raise, lower and total
};

const Theme& theme(bool dark);

// The colour at a part (0 to 1) of its opacity.
Color faded(Color color, float part);
// The opaque colour on the way from one to another, `part` of it being the second.
Color mixed(Color from, Color to, float part);
// Text on this colour: the theme's text, or its text on accents, whichever is easier to read.
Color ink_on(const Theme& theme, Color back);
// Of a signed number: raise or lower.
Color signed_color(const Theme& theme, float value);

// CSS pixels.
namespace space {
constexpr float margin = 4;    // around the figure: room for the focus ring
constexpr float gap = 16;      // between cards
constexpr float padding = 16;  // inside a card
constexpr float narrow_padding = 12;
constexpr float title = 26;  // a card's title line
constexpr float radius = 6;
constexpr float row = 25;  // of a list
}  // namespace space

namespace text_size {
constexpr float title = 14;
constexpr float body = 13;
constexpr float small = 12;
}  // namespace text_size

}  // namespace view
