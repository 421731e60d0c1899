#include "view/theme.h"

#include <algorithm>
#include <cmath>

namespace view {

namespace {

constexpr Color rgb(unsigned hex) {
  return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, 255);
}

Theme light_theme() {
  Theme t;
  t.page = rgb(0xfbfaf7);
  t.card = rgb(0xffffff);
  t.border = rgb(0xd4d7dc);
  t.edge = rgb(0x848b95);
  t.text = rgb(0x1f2328);
  t.muted = rgb(0x646b77);
  t.raise = rgb(0x2f6fb7);
  t.lower = rgb(0xc4572e);
  t.before = rgb(0x8d99a6);
  t.after = rgb(0x2f6fb7);
  t.residual = rgb(0x8d99a6);
  t.query = rgb(0x8b5fb0);
  t.key = rgb(0x2e8b6a);
  t.value = rgb(0xb07d1a);
  t.pattern = rgb(0x2f6fb7);
  t.total = rgb(0x40444a);
  t.ok = rgb(0x1d6b43);
  t.ok_back = rgb(0xe4f3ea);
  t.bad = rgb(0x9b3413);
  t.bad_back = rgb(0xfbe9e1);
  t.line = rgb(0xe3e6ea);
  t.highlight = rgb(0xebf2fb);
  t.focus = rgb(0x1d5fae);
  t.on_accent = rgb(0xffffff);
  return t;
}

Theme dark_theme() {
  Theme t;
  t.page = rgb(0x15181c);
  t.card = rgb(0x1d2126);
  t.border = rgb(0x3a414a);
  t.edge = rgb(0x7d8692);
  t.text = rgb(0xe7eaee);
  t.muted = rgb(0xa3acb8);
  t.raise = rgb(0x64a3e8);
  t.lower = rgb(0xe88a5e);
  t.before = rgb(0x7f8b98);
  t.after = rgb(0x64a3e8);
  t.residual = rgb(0x7f8b98);
  t.query = rgb(0xbb95dd);
  t.key = rgb(0x5cbf9a);
  t.value = rgb(0xd9ae55);
  t.pattern = rgb(0x64a3e8);
  t.total = rgb(0xc9ced6);
  t.ok = rgb(0x7fd6a6);
  t.ok_back = rgb(0x1c3529);
  t.bad = rgb(0xf0a283);
  t.bad_back = rgb(0x42261b);
  t.line = rgb(0x30363e);
  t.highlight = rgb(0x26323f);
  t.focus = rgb(0x8bbdf2);
  t.on_accent = rgb(0x12161b);
  return t;
}

// Relative luminance, as the Web Content Accessibility Guidelines define it.
float luminance(Color color) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(color);
  const auto linear = [](float s) {
    return s <= 0.04045f ? s / 12.92f : std::pow((s + 0.055f) / 1.055f, 2.4f);
  };
  return 0.2126f * linear(c.x) + 0.7152f * linear(c.y) + 0.0722f * linear(c.z);
}

float contrast(Color a, Color b) {
  const float la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05f) / (std::min(la, lb) + 0.05f);
}

}  // namespace

const Theme& theme(bool dark) {
  static const Theme light = light_theme(), black = dark_theme();
  return dark ? black : light;
}

Color faded(Color color, float part) {
  const float alpha = float((color >> IM_COL32_A_SHIFT) & 255) * std::clamp(part, 0.0f, 1.0f);
  return (color & ~IM_COL32_A_MASK) | (Color(alpha + 0.5f) << IM_COL32_A_SHIFT);
}

Color mixed(Color from, Color to, float part) {
  const float t = std::clamp(part, 0.0f, 1.0f);
  const ImVec4 a = ImGui::ColorConvertU32ToFloat4(from), b = ImGui::ColorConvertU32ToFloat4(to);
  return ImGui::ColorConvertFloat4ToU32(
      {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.z + (b.z - a.z) * t, 1});
}

Color ink_on(const Theme& theme, Color back) {
  return contrast(theme.text, back) >= contrast(theme.on_accent, back) ? theme.text
                                                                       : theme.on_accent;
}

Color signed_color(const Theme& theme, float value) {
  return value < 0 ? theme.lower : theme.raise;
}

}  // namespace view
