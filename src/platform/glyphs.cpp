#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

#include "imgui_internal.h"
#include "platform/platform.h"

namespace platform {

namespace {

// The basic plane's private-use area. Those beyond U+FFFF would cost an index of 600 kB per size of
// a font.
constexpr ImWchar first_private = 0xE000, last_private = 0xF8FF;

bool is_private(ImWchar c) {
  return c >= first_private && c <= last_private;
}

ImWchar first_code_point(const std::string& utf8) {
  unsigned c = 0;
  ImTextCharFromUtf8(&c, utf8.data(), utf8.data() + utf8.size());
  return c;
}

std::string to_utf8(ImWchar c) {
  char buffer[5];
  return std::string(buffer, std::size_t(ImTextCharToUtf8(buffer, c)));
}

bool is_one_code_point(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }) == 1;
}

// Big-endian numbers of a font file; 0 beyond its end.
unsigned read_16(const std::string& file, std::size_t at) {
  if (at + 2 > file.size()) return 0;
  return unsigned(static_cast<unsigned char>(file[at]) << 8 |
                  static_cast<unsigned char>(file[at + 1]));
}

std::size_t table_offset(const std::string& file, std::string_view tag) {
  const unsigned n_tables = read_16(file, 4);
  for (std::size_t i = 0; i < n_tables; ++i) {
    const std::size_t entry = 12 + 16 * i;
    if (file.compare(entry, 4, tag) == 0)
      return std::size_t(read_16(file, entry + 8)) << 16 | read_16(file, entry + 10);
  }
  return file.size();
}

// (ascender - descender) / unitsPerEm, as Dear ImGui reads them from hhea and head.
float ascent_to_descent(const std::string& file) {
  const std::size_t head = table_offset(file, "head"), hhea = table_offset(file, "hhea");
  const unsigned units = read_16(file, head + 18);
  const int ascent = std::int16_t(read_16(file, hhea + 4));
  const int descent = std::int16_t(read_16(file, hhea + 6));
  return units && ascent > descent ? float(ascent - descent) / float(units) : 1;
}

// Dear ImGui's loader of glyphs, asked after our own fonts.
bool contains_glyph(ImFontAtlas*, ImFontConfig*, ImWchar code_point) {
  return code_point >= ' ';  // Dear ImGui has its own tab
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*,
                ImWchar code_point, ImFontGlyph* glyph, float* advance) {
  if (!contains_glyph(atlas, source, code_point)) return false;
  Glyphs& glyphs = *static_cast<Glyphs*>(atlas->UserData);
  const Face face = Face(source->FontNo);
  const float density = source->RasterizerDensity * baked->RasterizerDensity;
  const float em = baked->Size * density / glyphs.size_in_em(face);
  const Picture picture = glyphs.draw(code_point, em, face);
  if (advance) {  // asked for that alone
    *advance = picture.advance / density;
    return true;
  }
  glyph->AdvanceX = picture.advance / density;
  if (picture.rgba.empty()) return true;  // nothing to be seen

  const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, picture.width, picture.height);
  if (id == ImFontAtlasRectId_Invalid) return false;  // the texture is as large as it can be
  glyph->PackId = id;
  glyph->Visible = true;
  glyph->Colored = picture.coloured;
  glyph->X0 = float(picture.left) / density;
  glyph->Y0 = std::round(baked->Ascent) + float(picture.top) / density;
  glyph->X1 = glyph->X0 + float(picture.width) / density;
  glyph->Y1 = glyph->Y0 + float(picture.height) / density;
  std::vector<unsigned char> pixels = picture.rgba;
  if (!picture.coloured)  // Dear ImGui gives it the text's colour
    for (std::size_t i = 0; i < pixels.size(); ++i)
      if (i % 4 != 3) pixels[i] = 255;
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, ImFontAtlasPackGetRect(atlas, id),
                                     pixels.data(), ImTextureFormat_RGBA32, picture.width * 4);
  return true;
}

const ImFontLoader& loader() {
  static const ImFontLoader made = [] {
    ImFontLoader loader;
    loader.Name = "rasterizer";
    loader.FontSrcContainsGlyph = contains_glyph;
    loader.FontBakedLoadGlyph = load_glyph;
    return loader;
  }();
  return made;
}

}  // namespace

Glyphs::Glyphs(std::unique_ptr<Rasterizer> rasterizer) : rasterizer_(std::move(rasterizer)) {
  assert(rasterizer_);
}

void Glyphs::add_fonts(ImFontAtlas& atlas, const FontFiles& files) {
  assert(atlas.Fonts.empty());
  atlas.UserData = this;
  for (int face = 0; face < n_faces; ++face) {
    const std::string& file = files[std::size_t(face)];
    size_in_em_[std::size_t(face)] = ascent_to_descent(file);
    void* copy = IM_ALLOC(file.size());  // the atlas frees it
    std::copy(file.begin(), file.end(), static_cast<char*>(copy));
    atlas.AddFontFromMemoryTTF(copy, int(file.size()), 0.0f);
    ImFontConfig behind;
    behind.MergeMode = true;
    behind.PixelSnapH = true;  // a bitmap between two pixels is blurred
    behind.FontLoader = &loader();
    behind.FontNo = ImU32(face);
    atlas.AddFont(&behind);
  }
}

std::string Glyphs::drawable_piece(const std::string& piece) {
  const ImWchar c = first_code_point(piece);
  if (is_one_code_point(piece) && c <= 0xFFFF && !is_private(c)) return piece;
  const auto known = drawable_.find(piece);
  if (known != drawable_.end()) return known->second;
  // With no number left, each code point is drawn for itself.
  if (first_private + pieces_.size() > last_private) return piece;
  std::string private_use = to_utf8(ImWchar(first_private + pieces_.size()));
  pieces_.push_back(piece);
  drawable_.emplace(piece, private_use);
  return private_use;
}

std::string Glyphs::drawable(std::string_view utf8) {
  if (utf8.empty()) return {};
  const std::string text(utf8);
  const auto known = drawable_.find(text);
  if (known != drawable_.end()) return known->second;
  std::string drawable;
  for (const std::string& piece : rasterizer_->split(utf8)) drawable += drawable_piece(piece);
  if (drawable_.size() < 20000) drawable_.emplace(text, drawable);
  return drawable;
}

std::string Glyphs::written(std::string_view drawable) const {
  std::string written;
  for (const char *at = drawable.data(), *end = at + drawable.size(); at < end;) {
    unsigned c = 0;
    const int length = ImTextCharFromUtf8(&c, at, end);
    const std::size_t number = c - first_private;
    if (is_private(ImWchar(c)) && number < pieces_.size())
      written += pieces_[number];
    else
      written.append(at, std::size_t(length));
    at += length;
  }
  return written;
}

Picture Glyphs::draw(ImWchar code_point, float em, Face face) {
  const std::size_t number = code_point - first_private;
  const std::string piece =
      is_private(code_point) && number < pieces_.size() ? pieces_[number] : to_utf8(code_point);
  std::optional<Picture> picture = rasterizer_->draw(piece, em, face);
  return picture ? std::move(*picture) : code_box(piece, em);
}

}  // namespace platform
