// Platform: what figures need of the machine that they are drawn on. Glyphs draws the characters
// that our fonts lack; Screen and Surface are Dear ImGui on a WebGL context. Everything is in
// device pixels: DisplaySize, the pointer, the sizes of fonts.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "imgui.h"

namespace platform {

// Our fonts, in the order in which they stand in ImFontAtlas::Fonts.
enum class Face { regular, semibold, mono };
constexpr int n_faces = 3;
using FontFiles = std::array<std::string, n_faces>;  // each font file's bytes

// A character drawn by somebody else's font.
struct Picture {
  int width = 0, height = 0;  // pixels; 0 where there is nothing to be seen
  int left = 0, top = 0;  // of its left upper corner, from the pen on the baseline; y grows down
  float advance = 0;      // of the pen, pixels
  bool coloured = false;  // in colours of its own, as emoji are; else only its opacity counts
  std::vector<unsigned char> rgba;  // width * height * 4, row by row, colours not premultiplied
};

// Draws what our fonts lack: in a page, the browser's own fonts.
class Rasterizer {
 public:
  virtual ~Rasterizer() = default;
  // The text cut into pieces that are drawn as one: graphemes, and runs of scripts whose letters
  // join or go from right to left; in NFC.
  virtual std::vector<std::string> split(std::string_view utf8) = 0;
  // A piece at `em` pixels; none where it cannot be drawn here.
  virtual std::optional<Picture> draw(const std::string& piece, float em, Face face) = 0;
};

// The code point's number in a box: what stands for a character that nobody can draw.
Picture code_box(std::string_view utf8, float em);

// Glyphs on demand. A piece of one code point keeps it; any other gets a private-use code point for
// as long as the page lives, because Dear ImGui draws code point by code point.
class Glyphs {
 public:
  explicit Glyphs(std::unique_ptr<Rasterizer> rasterizer);
  // Adds the font files to an atlas without fonts, each with the rasterizer behind it. Once.
  void add_fonts(ImFontAtlas& atlas, const FontFiles& files);
  // UTF-8 -> UTF-8 in which every piece of several code points is one private-use code point.
  std::string drawable(std::string_view utf8);
  // Drawable text as it was before.
  std::string written(std::string_view drawable) const;
  // The picture of a code point of drawable text.
  Picture draw(ImWchar code_point, float em, Face face);
  // Dear ImGui's size of a font, ascender to descender, is this many em.
  float size_in_em(Face face) const { return size_in_em_[std::size_t(face)]; }

 private:
  std::string drawable_piece(const std::string& piece);

  std::unique_ptr<Rasterizer> rasterizer_;
  std::array<float, n_faces> size_in_em_{};
  std::vector<std::string> pieces_;  // number i has the code point first_private + i
  std::unordered_map<std::string, std::string> drawable_;  // of pieces and of whole texts
};

// What one WebGL context has for all figures: an atlas of glyphs. Tried with Dear ImGui 1.92.2b:
// one ImGui context per figure over a shared atlas works, if the atlas is brought up to date by us
// (its frames are not any one context's frames) and its textures are given up by us when the
// context is lost (a backend gives up only textures that it alone has). One ImGui context for all,
// by turns, would mix up what each figure knows of pointer, focus and clicks.
class Screen {
 public:
  // The WebGL context must be current.
  Screen(std::unique_ptr<Rasterizer> rasterizer, const FontFiles& fonts);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  Glyphs& glyphs() { return glyphs_; }
  // The WebGL context was lost: what it held is forgotten, and made again by the next frames.
  void lose();

 private:
  friend class Surface;
  Glyphs glyphs_;
  ImFontAtlas atlas_;
  int frames_ = 0;
  std::vector<ImGuiContext*> contexts_;
};

// One figure's ImGui context: its input, its frames.
class Surface {
 public:
  explicit Surface(std::shared_ptr<Screen> screen);
  ~Surface();
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  // Input since the last frame; x and y in device pixels from the left upper corner.
  void pointer_move(float x, float y, bool touch);
  void pointer_leave();
  void pointer_button(int button, bool down);  // 0 left, 1 middle, 2 right, as in the DOM
  void wheel(float x, float y);                // in lines, positive down and right
  void key(const std::string& name,
           bool down);  // KeyboardEvent.key; names that no figure uses pass
  void modifiers(bool ctrl, bool shift, bool alt, bool meta);
  void focus(bool focused);

  // A frame: figures draw between begin and end. `seconds` since the last one.
  void begin(float width, float height, float dpr, bool dark, float seconds);
  void end();
  // Ends a frame that an exception left open.
  void abandon();
  // Draws the last frame into the left lower corner of the WebGL context that is current.
  void draw();

  // Is there input, or a texture, that waits for another frame?
  bool wants_frame() const;
  bool has_input() const;
  // Does the figure use the keys (WantCaptureKeyboard)? If not, they are the page's.
  bool takes_keys() const;
  const char* cursor() const;  // a CSS cursor

 private:
  std::shared_ptr<Screen> screen_;
  ImGuiContext* context_;
};

}  // namespace platform
