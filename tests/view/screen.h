// A screen for figures without graphics.
#pragma once

#include <algorithm>
#include <string>

#include "explorer/explorer.h"
#include "files.h"
#include "imgui.h"
#include "view/figure.h"
#include "view/sheet.h"

// Dear ImGui with our fonts and no graphics: textures count as made as soon as they are wanted.
class Screen {
 public:
  Screen() : font_(read_file("assets/fonts/inter-regular.otf")) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    io.Fonts->AddFontFromMemoryTTF(font_.data(), int(font_.size()), 16, &config);
  }
  ~Screen() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
      texture->SetStatus(ImTextureStatus_Destroyed);
    ImGui::DestroyContext();
  }

  // CSS pixels. Draws until nothing changes, as a platform does.
  float draw(const char* figure, explorer::Explorer& explorer, float width, float dpr = 1,
             float height = 4000) {
    float wanted = 0;
    for (unsigned before = explorer.revision() + 1; before != explorer.revision();) {
      before = explorer.revision();
      ImGuiIO& io = ImGui::GetIO();
      io.DisplaySize = {width * dpr, height * dpr};
      io.DeltaTime = 1 / 60.0f;
      ImGui::NewFrame();
      view::Frame frame;
      frame.width = width * dpr;
      frame.dpr = dpr;
      frame.focused = focused;
      frame.language = language;
      frame.svg = svg;
      drawn = view::find_figure(figure)(explorer, frame);
      wanted = drawn.height / dpr;
      ImGui::Render();
      measure(dpr);
    }
    return wanted;
  }
  // One part of a figure, drawn in a frame of its own: draw_part(Sheet&).
  template <class DrawPart>
  void draw_part(explorer::Explorer& explorer, float width, const DrawPart& draw_part) {
    ImGui::GetIO().DisplaySize = {width, 4000};
    ImGui::GetIO().DeltaTime = 1 / 60.0f;
    ImGui::NewFrame();
    {
      view::Sheet sheet("part", explorer, {width, 1, false, false, false});
      draw_part(sheet);
    }
    ImGui::Render();
    measure(1);
  }
  void point(float x, float y) { ImGui::GetIO().AddMousePosEvent(x, y); }
  void press(bool down) { ImGui::GetIO().AddMouseButtonEvent(0, down); }
  void key(ImGuiKey key, bool down) { ImGui::GetIO().AddKeyEvent(key, down); }

  bool focused = false;
  std::string language = "en";
  view::Svg* svg = nullptr;                       // gets every frame
  view::Drawn drawn;                              // what the last frame gave
  float leftmost = 0, rightmost = 0, lowest = 0;  // of what was drawn last, CSS pixels

  void measure(float dpr) {
    leftmost = 1e9f;
    rightmost = lowest = -1e9f;
    const ImDrawData& picture = *ImGui::GetDrawData();
    for (const ImDrawList* list : picture.CmdLists)
      for (const ImDrawVert& vertex : list->VtxBuffer) {
        leftmost = std::min(leftmost, vertex.pos.x / dpr);
        rightmost = std::max(rightmost, vertex.pos.x / dpr);
        lowest = std::max(lowest, vertex.pos.y / dpr);
      }
    for (ImTextureData* texture : *picture.Textures) {
      if (texture->Status == ImTextureStatus_WantDestroy) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
      } else if (texture->Status != ImTextureStatus_OK) {
        texture->SetTexID(ImTextureID(1));
        texture->SetStatus(ImTextureStatus_OK);
      }
    }
  }

 private:
  std::string font_;
};
