// The token row: a box for each token, wrapping, with arcs below it. A click chooses the position.
// Long texts show the lines around the position and those of the strongest sources; the others
// unfold on a click.
#pragma once

#include <string>
#include <vector>

#include "view/scene.h"

namespace view {

struct Arc {
  int from = 0, to = 0;  // positions
  float thickness = 2;   // CSS pixels
  Color color = 0;
};

// What the row shows beyond the tokens themselves.
struct TokenMarks {
  std::vector<float> shade;  // per token, -1 to 1: how strongly, and whether raising or lowering
  bool with_signs = true;    // + and - on shaded tokens
  int destination = -1;      // the token that reads the others; -1: the position, -2: none does
  std::vector<Arc> arcs;
  std::string sentence;          // below the arcs
  bool chooses_position = true;  // by a click; else clicked() tells what was clicked
  Color sentence_color = 0;
};

class TokenRow {
 public:
  // Long texts show the lines around `position`, and those of the first few of `sources` (which
  // come strongest first). The destination (the position, unless the marks name another) has the
  // heavy border; later tokens, which it cannot see, are pale.
  // Below the tokens is room for arcs and a sentence, unless it is a bare row.
  enum class Below { sentence, nothing };
  TokenRow(Scene& scene, float width, int position, const std::vector<int>& sources,
           Below below = Below::sentence);

  float height() const { return height_; }
  // The token under the pointer where the row is drawn at this place, or -1.
  int pointed(Point at) const;
  void draw(Point at, const TokenMarks& marks);
  int clicked() const { return clicked_; }  // the token, found while drawing; or -1

 private:
  struct Box {
    Rect r;  // relative to the row
    int line = 0;
  };
  void lay_out();
  void choose_lines(const std::vector<int>& sources);
  void place_lines();
  float unit_width(int first, int count) const;
  void draw_folds(Point at, const TokenMarks& marks);
  void draw_box(const Rect& r, int index, const TokenMarks& marks);
  void draw_run(Point at, int first);
  void draw_arc(Point at, const Arc& arc);
  bool visible(int index) const { return shown_[std::size_t(line_of(index))]; }
  int line_of(int index) const { return boxes_[std::size_t(index)].line; }
  Rect placed(Point at, int index) const;  // of a token that is folded: its fold's link

  Scene& scene_;
  float width_;
  int position_;
  const Below below_;
  int clicked_ = -1;
  std::vector<float> widths_;
  std::vector<Box> boxes_;
  struct Fold {  // lines that are not shown, and the link in their place
    int first = 0, last = 0;
    float top = 0;
  };
  std::vector<char> has_runs_, shown_;  // of every line
  std::vector<Fold> folds_;
  bool folds_possible_ = false, unfolded_ = false;
  int lines_ = 0;
  float sentence_top_ = 0, sentence_height_ = 0;
  float height_ = 0;
};

}  // namespace view
