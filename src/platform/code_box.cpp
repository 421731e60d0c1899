// The last resort: a code point's number in a box, drawn from hexadecimal digits of 3 x 5 pixels.
#include <algorithm>
#include <cstdio>

#include "imgui_internal.h"
#include "platform/platform.h"

namespace platform {

namespace {

// 15 bits a digit, row by row from the top, the left pixel first.
constexpr int digit_width = 3, digit_height = 5;
constexpr unsigned short digits[16] = {
    0b111101101101111, 0b010110010010111, 0b111001111100111, 0b111001111001111,
    0b101101111001001, 0b111100111001111, 0b111100111101111, 0b111001001010010,
    0b111101111101111, 0b111101111001111, 0b111101111101101, 0b110101110101110,
    0b111100100100111, 0b110101101101110, 0b111100110100111, 0b111100110100100,
};

// Joiners and variation selectors only say how their neighbours are drawn.
bool is_seen(unsigned c) {
  return c != 0x200D && !(c >= 0xFE00 && c <= 0xFE0F);
}

std::vector<std::string> numbers(std::string_view utf8) {
  std::vector<std::string> list;
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  while (at < end) {
    unsigned c = 0;
    at += ImTextCharFromUtf8(&c, at, end);
    char number[9];
    std::snprintf(number, sizeof number, c <= 0xFFFF ? "%04X" : "%06X", c);
    if (is_seen(c)) list.push_back(number);
  }
  if (list.empty()) list.push_back("FFFD");
  return list;
}

void set_pixels(Picture& picture, int x, int y, int w, int h) {
  for (int row = y; row < y + h; ++row)
    for (int column = x; column < x + w; ++column)
      std::fill_n(picture.rgba.begin() + (row * picture.width + column) * 4, 4, 255);
}

void draw_digit(Picture& picture, int x, int y, int scale, int value) {
  for (int bit = 0; bit < digit_width * digit_height; ++bit)
    if (digits[value] >> (digit_width * digit_height - 1 - bit) & 1)
      set_pixels(picture, x + bit % digit_width * scale, y + bit / digit_width * scale, scale,
                 scale);
}

int digit_value(char c) {
  return c <= '9' ? c - '0' : c - 'A' + 10;
}

// Its digits in two rows, inside a frame.
void draw_box(Picture& picture, int x, int scale, const std::string& number, int columns) {
  const int w = (columns * (digit_width + 1) + 3) * scale, h = picture.height;
  set_pixels(picture, x, 0, w, scale);
  set_pixels(picture, x, h - scale, w, scale);
  set_pixels(picture, x, 0, scale, h);
  set_pixels(picture, x + w - scale, 0, scale, h);
  for (int i = 0; i < int(number.size()); ++i)
    draw_digit(picture, x + (2 + i % columns * (digit_width + 1)) * scale,
               (2 + i / columns * (digit_height + 1)) * scale, scale,
               digit_value(number[std::size_t(i)]));
}

}  // namespace

Picture code_box(std::string_view utf8, float em) {
  const int scale = std::max(1, int(em / 13));
  const int gap = scale;
  Picture picture;
  picture.height = (2 * digit_height + 5) * scale;
  picture.top = -picture.height + 3 * scale;
  const std::vector<std::string> list = numbers(utf8);
  for (const std::string& number : list)
    picture.width += (int(number.size()) / 2 * (digit_width + 1) + 3) * scale + gap;
  picture.advance = float(picture.width + gap);
  picture.rgba.assign(std::size_t(picture.width) * std::size_t(picture.height) * 4, 0);
  int x = gap;
  for (const std::string& number : list) {
    const int columns = int(number.size()) / 2;
    draw_box(picture, x, scale, number, columns);
    x += (columns * (digit_width + 1) + 3) * scale + gap;
  }
  return picture;
}

}  // namespace platform
