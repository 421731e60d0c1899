#include "platform/browser_fonts.h"

#include <utility>

namespace platform {

namespace {

using emscripten::val;

class BrowserFonts : public Rasterizer {
 public:
  explicit BrowserFonts(val rasterizer) : rasterizer_(std::move(rasterizer)) {}

  std::vector<std::string> split(std::string_view utf8) override {
    return emscripten::vecFromJSArray<std::string>(
        rasterizer_.call<val>("split", std::string(utf8)));
  }

  std::optional<Picture> draw(const std::string& piece, float em, Face face) override {
    const val drawn = rasterizer_.call<val>("draw", piece, em, int(face));
    if (drawn.isNull()) return {};
    Picture picture;
    picture.width = drawn["width"].as<int>();
    picture.height = drawn["height"].as<int>();
    picture.left = drawn["left"].as<int>();
    picture.top = drawn["top"].as<int>();
    picture.advance = drawn["advance"].as<float>();
    picture.coloured = drawn["coloured"].as<bool>();
    picture.rgba = emscripten::convertJSArrayToNumberVector<unsigned char>(drawn["pixels"]);
    return picture;
  }

 private:
  val rasterizer_;
};

}  // namespace

std::unique_ptr<Rasterizer> browser_fonts(val rasterizer) {
  return std::make_unique<BrowserFonts>(std::move(rasterizer));
}

}  // namespace platform
