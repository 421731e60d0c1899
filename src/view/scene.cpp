#include "view/scene.h"

#include <algorithm>
#include <utility>

#include "view/drawable.h"

namespace view {

using explorer::Explorer;
using explorer::TermKey;

namespace {

void store(const char* name, int value) {
  ImGui::GetStateStorage()->SetInt(ImGui::GetID(name), value);
}

}  // namespace

Pointer::Pointer(const Rect& area, float dpr) {
  const ImGuiIO& io = ImGui::GetIO();
  const auto css = [dpr](ImVec2 p) { return Point{p.x / dpr, p.y / dpr}; };
  at_ = css(io.MousePos);
  pressed_at_ = css(io.MouseClickedPos[0]);
  inside_ = ImGui::IsMousePosValid() && area.contains(at_);
  released_ = ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  const float least = 4 * dpr;  // less is a hand that trembles
  dragged_ = (io.MouseDown[0] || released_) && io.MouseDragMaxDistanceSqr[0] > least * least;
  moved_ = io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || released_ ||
           ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  // The first position ever has no delta.
  if (kept("pointer inside", 0) != int(inside_)) moved_ = true;
  store("pointer inside", inside_);
}

bool Pointer::clicked(const Rect& r) const {
  return released_ && over(r) && r.contains(pressed_at_);
}

bool Pointer::button(const Rect& r) const {
  if (over(r)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return clicked(r);
}

void Pointer::on_term(const Rect& r, const TermKey& term) {
  if (!over(r)) return;
  term_ = term;
  head_.reset();
  term_clicked_ = button(r);
}

void Pointer::on_head(const Rect& r, engine::HeadId head) {
  if (!over(r)) return;
  on_term(r, {{head}, false});
  head_ = head;
}

void Pointer::act(Explorer& explorer) const {
  if (moved_) explorer.hover_term(term_);
  if (!term_ || !term_clicked_) return;
  if (!explorer.cut_tool()) {
    explorer.pin_term(term_);
    return;
  }
  const std::string cut = head_ ? engine::name(*head_) : cut_of(*term_);
  if (!cut.empty()) explorer.toggle_cut(cut);
}

void Pointer::draw_tool(Canvas& canvas, const Explorer& explorer) const {
  if (!explorer.cut_tool() || !term_ || (cut_of(*term_).empty() && !head_)) return;
  const Point center{at_.x + 16, at_.y - 14};
  canvas.circle(center, 12, canvas.theme().lower);
  canvas.scissors(center, 13, canvas.theme().on_accent);
}

std::string quotable(const TokenText& token) {
  constexpr std::size_t most = 20;  // code points
  std::size_t code_points = 0, end = 0;
  for (; end < token.label.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(token.label[end]) & 0xC0) != 0x80;
    if (begins && ++code_points > most) break;
  }
  std::string label = token.label.substr(0, end);
  if (end < token.label.size()) label += "…";
  return drawable(token.bytes ? "‹" + label + "›" : label);
}

std::string quotable(const Scene& scene, int token_id) {
  return quotable(token_text(scene.explorer.loaded().tokenizer, token_id));
}

int kept(const char* name, int initially) {
  return ImGui::GetStateStorage()->GetInt(ImGui::GetID(name), initially);
}

void keep(Scene& scene, const char* name, int value) {
  store(name, value);
  scene.explorer.seen_change();
}

bool link(Scene& scene, const Rect& r, const std::string& text, Align align) {
  TextStyle style = scene.canvas.style(text_size::small);
  style.color = scene.canvas.theme().focus;
  style.align = align;
  const float width = std::min(r.w, scene.canvas.text_width(text, style));
  const float x = align == Align::right ? r.right() - width : r.x;
  const Rect hit{x, r.y, width, r.h};
  scene.canvas.text(r, text, style);
  if (scene.pointer.over(hit)) {
    const float y = r.y + r.h / 2 + style.size * 0.55f;
    scene.canvas.fill({hit.x, y, hit.w, 1}, style.color);
  }
  return scene.pointer.button(hit);
}

float chip_width(const Scene& scene, const std::string& text, bool mark) {
  return scene.canvas.text_width(text, scene.canvas.style(text_size::small)) + 18 +
         (mark ? 17.0f : 0.0f);
}

bool chip(Scene& scene, Point at, const std::string& text, bool on, Mark mark) {
  Canvas& canvas = scene.canvas;
  const Theme& theme = canvas.theme();
  const Rect r{at.x, at.y, chip_width(scene, text, mark != Mark::none), chip_height};
  const bool over = scene.pointer.over(r);
  const Color ink = on ? theme.on_accent : theme.text;
  canvas.fill(r, on ? theme.lower : over ? theme.highlight : theme.card, chip_height / 2);
  canvas.outline(r, on ? theme.lower : over ? theme.focus : theme.edge, chip_height / 2);
  TextStyle style = canvas.style(text_size::small);
  style.color = ink;
  const float left = mark == Mark::scissors ? 26.0f : 9.0f;
  canvas.text({r.x + left, r.y, r.w - left - (mark == Mark::cross ? 24.0f : 8.0f), r.h}, text,
              style);
  if (mark == Mark::scissors) canvas.scissors({r.x + 15, r.center().y}, 12, ink);
  if (mark == Mark::cross) canvas.cross({r.right() - 13, r.center().y}, 6.5f, ink);
  return scene.pointer.button(r);
}

namespace {

constexpr float choice_gap = 16, choice_line = 26;

// Where each word stands, from a corner at 0, 0; as wide as it is drawn.
std::vector<Rect> choice_places(const Scene& scene, const std::vector<std::string>& words,
                                float width) {
  std::vector<Rect> places;
  Point at;
  for (const std::string& word : words) {
    const float w = scene.canvas.text_width(word, scene.canvas.strong(text_size::small));
    if (at.x > 0 && at.x + w > width) at = {0, at.y + choice_line};
    places.push_back({at.x, at.y, w, 22});
    at.x += w + choice_gap;
  }
  return places;
}

}  // namespace

float choice_width(const Scene& scene, const std::vector<std::string>& words) {
  return words.empty() ? 0 : choice_places(scene, words, any_width).back().right();
}

float choice_height(const Scene& scene, const std::vector<std::string>& words, float width) {
  return words.empty() ? 0 : choice_places(scene, words, width).back().y + choice_line;
}

int choice(Scene& scene, Point at, const std::vector<std::string>& words, int current,
           float width) {
  Canvas& canvas = scene.canvas;
  const std::vector<Rect> places = choice_places(scene, words, width);
  int clicked = -1;
  for (int i = 0; i < int(words.size()); ++i) {
    const std::string& word = words[std::size_t(i)];
    const Rect& place = places[std::size_t(i)];
    const Rect r{at.x + place.x, at.y + place.y, place.w + 2, place.h};
    if (i == current) {
      canvas.text(r, word, canvas.strong(text_size::small));
      canvas.fill({r.x, r.y + 20, place.w, 2}, canvas.theme().focus);
    } else if (link(scene, r, word)) {
      clicked = i;
    }
  }
  return clicked;
}

void color_key(Canvas& canvas, const Rect& r, const std::string& from, const std::string& to,
               const std::vector<Color>& steps) {
  constexpr float pitch = 9;
  const TextStyle style = canvas.muted();
  const float width = canvas.text_width(from, style);
  canvas.text({r.x, r.y, width + 2, r.h}, from, style);
  float x = r.x + width + 8;
  for (const Color color : steps) {
    canvas.fill({x, r.center().y - 5, pitch - 1, 10}, color, 2);
    x += pitch;
  }
  canvas.text({x + 7, r.y, r.right() - x - 7, r.h}, to, style);
}

std::string cut_of(const TermKey& term) {
  return term.bias ? std::string() : "path:" + engine::name(term.path);
}

}  // namespace view
