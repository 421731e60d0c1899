#include "view/zoom.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr float per_notch = 1.3f;  // of the wheel
constexpr float per_press = 1.5f;  // of a button or key
constexpr float nearly_whole = 1.02f;

float kept_float(const char* name, float initially) {
  return ImGui::GetStateStorage()->GetFloat(ImGui::GetID(name), initially);
}

}  // namespace

Zoom::Zoom(Scene& scene, float most, bool focused)
    : scene_(scene), most_(std::max(1.0f, most)), focused_(focused) {
  // Another text may allow less.
  scale_ = std::min(kept_float("zoom", 1), most_);
  x_ = std::min(kept_float("zoom x", 0), 1 - 1 / scale_);
  y_ = std::min(kept_float("zoom y", 0), 1 - 1 / scale_);
  moved_ = kept("zoom moved", 0) != 0;
  ImGui::GetStateStorage()->SetInt(ImGui::GetID("zoom moved"), 0);
}

Rect Zoom::whole(const Rect& window) const {
  const float w = window.w * scale_, h = window.h * scale_;
  return {window.x - x_ * w, window.y - y_ * h, w, h};
}

void Zoom::move_to(float x, float y) {
  const float most = 1 - 1 / scale_;
  x_ = std::clamp(x, 0.0f, most);
  y_ = std::clamp(y, 0.0f, most);
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  storage.SetFloat(ImGui::GetID("zoom"), scale_);
  storage.SetFloat(ImGui::GetID("zoom x"), x_);
  storage.SetFloat(ImGui::GetID("zoom y"), y_);
  keep(scene_, "zoom moved", 1);
}

void Zoom::set_scale(float scale, Point around) {
  scale = std::min(scale < nearly_whole ? 1.0f : scale, most_);
  if (scale == scale_) return;
  const float x = x_ + around.x / scale_, y = y_ + around.y / scale_;
  scale_ = scale;
  move_to(x - around.x / scale, y - around.y / scale);
}

void Zoom::take_pointer(const Rect& area, const Rect& window) {
  if (!possible() || !scene_.pointer.over(area)) return;
  wheel_ = enlarged() ? Wheel::zooms : Wheel::enlarges;
  const ImGuiIO& io = ImGui::GetIO();
  const Point at = scene_.pointer.at();
  if (io.MouseWheel != 0 && (io.KeyCtrl || focused_))
    set_scale(scale_ * std::pow(per_notch, io.MouseWheel),
              {std::clamp((at.x - window.x) / window.w, 0.0f, 1.0f),
               std::clamp((at.y - window.y) / window.h, 0.0f, 1.0f)});
  if (!enlarged()) return;
  if (scene_.pointer.over(window) && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    set_scale(1, {});
  } else if (scene_.pointer.drags(window)) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
    const Rect all = whole(window);
    const float dpr = scene_.canvas.dpr();
    if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)
      move_to(x_ - io.MouseDelta.x / dpr / all.w, y_ - io.MouseDelta.y / dpr / all.h);
  }
}

void Zoom::take_keys() {
  if (!possible()) return;
  if (ImGui::IsKeyPressed(ImGuiKey_Equal)) set_scale(scale_ * per_press, {0.5f, 0.5f});
  if (ImGui::IsKeyPressed(ImGuiKey_Minus)) set_scale(scale_ / per_press, {0.5f, 0.5f});
  if (ImGui::IsKeyPressed(ImGuiKey_0)) set_scale(1, {});
}

void Zoom::reveal(float height) {
  const float seen = 1 / scale_, edge = seen * 0.1f;
  const float y = std::clamp(y_, height - seen + edge, height - edge);
  if (enlarged() && y != y_) move_to(x_, y);
}

void Zoom::draw_buttons(Point right_upper, float height) {
  if (!possible()) return;
  constexpr float wide = 48, narrow = 24;
  const auto button = [&](const std::string& text, float width) {
    right_upper.x -= width;
    const Rect r{right_upper.x, right_upper.y, width, height};
    TextStyle style = scene_.canvas.style(text_size::small);
    style.align = Align::center;
    style.color = scene_.canvas.theme().focus;
    if (scene_.pointer.over(r)) scene_.canvas.fill(r, scene_.canvas.theme().highlight, 4);
    scene_.canvas.text(r, text, style);
    return scene_.pointer.button(r);
  };
  if (button("+", narrow)) set_scale(scale_ * per_press, {0.5f, 0.5f});
  if (button(share(scale_), wide)) set_scale(1, {});
  if (button("−", narrow)) set_scale(scale_ / per_press, {0.5f, 0.5f});
}

}  // namespace view
