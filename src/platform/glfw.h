// A native window for development: GLFW and OpenGL 3 under Dear ImGui, in device pixels.
#pragma once

#include <optional>
#include <string>

struct GLFWwindow;

namespace platform {

struct WindowOptions {
  const char* title = "";
  int width = 1280, height = 800;  // CSS pixels
  float dpr = 0;                   // device pixels per CSS pixel; 0: the monitor's
  std::string font_folder;  // holds inter-regular.otf, inter-semibold.otf, jetbrains-mono.ttf
};

class Window {
 public:
  // Throws std::runtime_error where there is no display or no OpenGL 3.
  explicit Window(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  bool open() const;
  float width() const;  // device pixels
  float dpr() const { return dpr_; }
  bool focused() const;

  // Between these two the figure is drawn. `content_height` (device pixels) is what the last frame
  // wanted: what does not fit is scrolled to. `background` is 0xAABBGGRR.
  void begin_frame(float content_height);
  void end_frame(unsigned background);
  // Puts the last frame on the screen.
  void show();
  // Waits for input, unless input that was not yet drawn is there already.
  void wait();

  // For pictures: puts the pointer somewhere (device pixels) for good, sets the window's height,
  // and writes the last frame, before it is shown, as a PPM file.
  void point(float x, float y, bool down);
  void set_height(float device_pixels);
  void save_picture(const std::string& path) const;

 private:
  GLFWwindow* window_ = nullptr;
  float dpr_ = 1, scroll_ = 0, content_height_ = 0;
  struct Place {
    float x, y;
  };
  std::optional<Place> pointer_;  // put there, in place of the real one's
};

}  // namespace platform
