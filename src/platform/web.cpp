// Screen and Surface on WebGL2. Canvas and events: web/engine/gl_context.js, input.js.
#include <GLES3/gl3.h>

#include <algorithm>
#include <cfloat>
#include <utility>

#include "imgui.h"
#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"
#include "platform/platform.h"

namespace platform {

namespace {

constexpr int smallest_texture = 1024;  // 4 MB; growing would draw every glyph anew
constexpr int largest_texture = 8192;

// The keys that figures may use, by KeyboardEvent.key. Tab and the page's own keys are not among
// them.
constexpr std::pair<std::string_view, ImGuiKey> keys[] = {
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"Enter", ImGuiKey_Enter},
    {"Escape", ImGuiKey_Escape},
    {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace},
    {"x", ImGuiKey_X},
    {"X", ImGuiKey_X},
    {"+", ImGuiKey_Equal},
    {"=", ImGuiKey_Equal},
    {"-", ImGuiKey_Minus},
    {"0", ImGuiKey_0},
};

constexpr std::pair<ImGuiMouseCursor, const char*> cursors[] = {
    {ImGuiMouseCursor_Hand, "pointer"},           {ImGuiMouseCursor_TextInput, "text"},
    {ImGuiMouseCursor_ResizeAll, "move"},         {ImGuiMouseCursor_ResizeEW, "ew-resize"},
    {ImGuiMouseCursor_ResizeNS, "ns-resize"},     {ImGuiMouseCursor_NotAllowed, "not-allowed"},
    {ImGuiMouseCursor_ResizeNESW, "nesw-resize"}, {ImGuiMouseCursor_ResizeNWSE, "nwse-resize"},
};

}  // namespace

Screen::Screen(std::unique_ptr<Rasterizer> rasterizer, const FontFiles& fonts)
    : glyphs_(std::move(rasterizer)) {
  int most = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
  atlas_.TexMinWidth = atlas_.TexMinHeight = smallest_texture;
  atlas_.TexMaxWidth = atlas_.TexMaxHeight = std::min(largest_texture, std::max(most, 1024));
  glyphs_.add_fonts(atlas_, fonts);
}

Screen::~Screen() {
  IM_ASSERT(contexts_.empty());
}

void Screen::lose() {
  for (ImGuiContext* context : contexts_) {
    ImGui::SetCurrentContext(context);
    ImGui_ImplOpenGL3_DestroyDeviceObjects();
  }
  for (ImTextureData* texture : atlas_.TexList) {
    if (texture->TexID == ImTextureID_Invalid) continue;
    const GLuint id = GLuint(texture->TexID);
    glDeleteTextures(1, &id);
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_Destroyed);
  }
}

Surface::Surface(std::shared_ptr<Screen> screen)
    : screen_(std::move(screen)), context_(ImGui::CreateContext(&screen_->atlas_)) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // nothing is kept
  ImGui_ImplOpenGL3_Init("#version 300 es");
  screen_->contexts_.push_back(context_);
}

Surface::~Surface() {
  std::vector<ImGuiContext*>& contexts = screen_->contexts_;
  contexts.erase(std::find(contexts.begin(), contexts.end(), context_));
  ImGui::SetCurrentContext(context_);
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(context_);
}

void Surface::pointer_move(float x, float y, bool touch) {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().AddMouseSourceEvent(touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
  ImGui::GetIO().AddMousePosEvent(x, y);
}

void Surface::pointer_leave() {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

void Surface::pointer_button(int button, bool down) {
  ImGui::SetCurrentContext(context_);
  // The DOM counts the middle button before the right one.
  const int imgui_button = button == 1 ? 2 : button == 2 ? 1 : button;
  if (imgui_button < ImGuiMouseButton_COUNT) ImGui::GetIO().AddMouseButtonEvent(imgui_button, down);
}

void Surface::wheel(float x, float y) {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().AddMouseWheelEvent(-x, -y);
}

void Surface::key(const std::string& name, bool down) {
  ImGui::SetCurrentContext(context_);
  for (const auto& [known, key] : keys)
    if (known == name) ImGui::GetIO().AddKeyEvent(key, down);
}

void Surface::modifiers(bool ctrl, bool shift, bool alt, bool meta) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
  io.AddKeyEvent(ImGuiMod_Alt, alt);
  io.AddKeyEvent(ImGuiMod_Super, meta);
}

void Surface::focus(bool focused) {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().AddFocusEvent(focused);  // without the focus, every key counts as released
}

void Surface::begin(float width, float height, float dpr, bool dark, float seconds) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {width, height};
  io.DisplayFramebufferScale = {1, 1};
  io.DeltaTime = std::max(seconds, 1e-4f);
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  dark ? ImGui::StyleColorsDark(&style) : ImGui::StyleColorsLight(&style);
  style.ScaleAllSizes(dpr);
  style.FontScaleDpi = dpr;
  ImGui_ImplOpenGL3_NewFrame();
  ImFontAtlasUpdateNewFrame(&screen_->atlas_, ++screen_->frames_, true);
  ImGui::NewFrame();
}

void Surface::end() {
  ImGui::SetCurrentContext(context_);
  ImGui::Render();
}

void Surface::abandon() {
  ImGui::SetCurrentContext(context_);
  ImGui::EndFrame();  // closes what was left open
}

void Surface::draw() {
  ImGui::SetCurrentContext(context_);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

bool Surface::has_input() const {
  return context_->InputEventsQueue.Size > 0;
}

bool Surface::wants_frame() const {
  if (has_input()) return true;
  for (const ImTextureData* texture : screen_->atlas_.TexList)
    if (texture->Status != ImTextureStatus_OK) return true;
  return false;
}

bool Surface::takes_keys() const {
  return context_->IO.WantCaptureKeyboard;
}

const char* Surface::cursor() const {
  for (const auto& [cursor, css] : cursors)
    if (cursor == context_->MouseCursor) return css;
  return "default";
}

}  // namespace platform
