#include "platform/glfw.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "imgui.h"
#include "imgui_impl_glfw.h"
#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"

namespace platform {

namespace {

// Where Debian keeps fonts with what ours lack; other systems do without. From ascender to
// descender they span so many em, Inter 1.21: as one font their ems should be alike, so their sizes
// are not.
struct Fallback {
  const char* path;
  float ascent_to_descent;
};
constexpr Fallback fallbacks[] = {
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 1.448f},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 1.164f},
};
constexpr float inter_ascent_to_descent = 1.21f;
constexpr float reference_size = 16;  // only the ratio of two fonts' sizes counts

void add_fonts(const std::string& folder) {
  ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
  for (const char* name : {"inter-regular.otf", "inter-semibold.otf", "jetbrains-mono.ttf"}) {
    if (!fonts.AddFontFromFileTTF((folder + "/" + name).c_str(), reference_size))
      throw std::runtime_error("no font " + folder + "/" + name);
    for (const Fallback& fallback : fallbacks) {
      if (!std::ifstream(fallback.path)) continue;
      ImFontConfig merged;
      merged.MergeMode = true;
      const float scale = fallback.ascent_to_descent / inter_ascent_to_descent;
      fonts.AddFontFromFileTTF(fallback.path, reference_size * scale, &merged);
    }
  }
}

GLFWwindow* open_window(const WindowOptions& options) {
  if (!glfwInit()) throw std::runtime_error("GLFW does not start: is there a display?");
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, options.dpr == 0);
  const float scale = options.dpr > 0 ? options.dpr : 1;
  GLFWwindow* window =
      glfwCreateWindow(int(float(options.width) * scale), int(float(options.height) * scale),
                       options.title, nullptr, nullptr);
  if (!window) throw std::runtime_error("no window: is there a display with OpenGL 3.2?");
  return window;
}

}  // namespace

Window::Window(const WindowOptions& options) : window_(open_window(options)) {
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(1);
  dpr_ = options.dpr;
  if (dpr_ == 0) glfwGetWindowContentScale(window_, &dpr_, nullptr);
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetStyle().FontScaleDpi = dpr_;
  ImGui_ImplGlfw_InitForOpenGL(window_, true);
  ImGui_ImplOpenGL3_Init("#version 150");
  add_fonts(options.font_folder);
}

Window::~Window() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

bool Window::open() const {
  return !glfwWindowShouldClose(window_);
}

float Window::width() const {
  int width = 0;
  glfwGetFramebufferSize(window_, &width, nullptr);
  return float(width);
}

bool Window::focused() const {
  return glfwGetWindowAttrib(window_, GLFW_FOCUSED) != 0;
}

void Window::begin_frame(float content_height) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  const float pixels_per_unit = io.DisplayFramebufferScale.x;  // of the pointer's position
  content_height_ = std::max(content_height, float(height));
  io.DisplaySize = {float(width), content_height_};
  io.DisplayFramebufferScale = {1, 1};
  scroll_ = std::clamp(scroll_ - io.MouseWheel * 60 * dpr_, 0.0f, content_height_ - float(height));
  double x = 0, y = 0;
  glfwGetCursorPos(window_, &x, &y);
  if (pointer_)
    io.AddMousePosEvent(pointer_->x, pointer_->y);
  else if (glfwGetWindowAttrib(window_, GLFW_HOVERED))
    io.AddMousePosEvent(float(x) * pixels_per_unit, float(y) * pixels_per_unit + scroll_);
  ImGui::NewFrame();
}

void Window::end_frame(unsigned background) {
  ImGui::Render();
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  ImDrawData& picture = *ImGui::GetDrawData();
  picture.DisplayPos.y = scroll_;
  picture.DisplaySize.y = float(height);
  const ImVec4 color = ImGui::ColorConvertU32ToFloat4(background);
  glViewport(0, 0, width, height);
  glClearColor(color.x, color.y, color.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&picture);
}

void Window::show() {
  glfwSwapBuffers(window_);
}

void Window::wait() {
  if (ImGui::GetCurrentContext()->InputEventsQueue.Size > 0) {
    glfwPollEvents();
  } else {
    glfwWaitEvents();
  }
}

void Window::point(float x, float y, bool down) {
  pointer_ = {x, y};
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(x, y);
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, down);
}

void Window::set_height(float device_pixels) {
  int width = 0, height = 0;
  glfwGetWindowSize(window_, &width, &height);
  glfwSetWindowSize(window_, width, int(device_pixels));
  glfwPollEvents();
}

void Window::save_picture(const std::string& path) const {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  std::vector<char> pixels(std::size_t(width) * std::size_t(height) * 3);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadBuffer(GL_BACK);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
  std::ofstream file(path, std::ios::binary);
  file << "P6\n" << width << " " << height << "\n255\n";
  const std::streamsize row = std::streamsize(width) * 3;
  for (int y = height; y-- > 0;) file.write(pixels.data() + row * y, row);
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace platform
