#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "files.h"
#include "imgui_internal.h"
#include "platform/platform.h"

using Catch::Matchers::WithinAbs;
using platform::Face;
using platform::Glyphs;
using platform::Picture;

namespace {

struct Asked {
  std::string piece;
  float em;
  Face face;
};

// Pieces end at '|', which is dropped; each is drawn as a 4 x 3 block, but "?" by nobody.
class FakeRasterizer : public platform::Rasterizer {
 public:
  FakeRasterizer(std::vector<Asked>& asked, int& splits) : asked_(asked), splits_(splits) {}

  std::vector<std::string> split(std::string_view utf8) override {
    ++splits_;
    std::vector<std::string> pieces(1);
    for (char c : utf8) {
      if (c == '|')
        pieces.emplace_back();
      else
        pieces.back() += c;
    }
    return pieces;
  }

  std::optional<Picture> draw(const std::string& piece, float em, Face face) override {
    asked_.push_back({piece, em, face});
    if (piece == "Ω") return {};
    if (piece == "Я") return Picture{0, 0, 0, 0, 0, false, {}};
    Picture picture{4, 3, 1, -2, 6.25f, piece == "🤗", {}};
    picture.rgba.assign(4 * 3 * 4, 120);
    return picture;
  }

 private:
  std::vector<Asked>& asked_;
  int& splits_;
};

struct Atlas {
  std::vector<Asked> asked;
  int splits = 0;
  ImFontAtlas atlas;
  Glyphs glyphs{std::make_unique<FakeRasterizer>(asked, splits)};

  Atlas() {
    glyphs.add_fonts(atlas, {read_file("assets/fonts/inter-regular.otf"),
                             read_file("assets/fonts/inter-semibold.otf"),
                             read_file("assets/fonts/jetbrains-mono.ttf")});
    ImFontAtlasUpdateNewFrame(&atlas, 1, true);
  }

  ImFontBaked* baked(Face face, float size) {
    return ImFontAtlasBakedGetOrAdd(&atlas, atlas.Fonts[int(face)], size, 1);
  }
};

}  // namespace

TEST_CASE("a piece of one code point keeps it, any other gets a private-use one of its own") {
  Atlas atlas;
  CHECK(atlas.glyphs.drawable("你|Ж") == "你Ж");
  CHECK(atlas.glyphs.drawable("🤗") == "\uE000");
  CHECK(atlas.glyphs.drawable("e\u0301|你") == "\uE001你");
  CHECK(atlas.glyphs.drawable("🤗|\uE000") == "\uE000\uE002");  // a visitor's own private use
  CHECK(atlas.glyphs.drawable("") == "");
}

TEST_CASE("drawable text can be written as it was") {
  Atlas atlas;
  for (const std::string piece : {"你", "🤗", "e\u0301", "\uE000", "plain", ""})
    CHECK(atlas.glyphs.written(atlas.glyphs.drawable(piece)) == piece);
  const std::string three = atlas.glyphs.drawable("e\u0301") + "你" + atlas.glyphs.drawable("🤗");
  CHECK(atlas.glyphs.written(three) == "e\u0301你🤗");
  CHECK(atlas.glyphs.written("\uF8FF") == "\uF8FF");  // of no piece
}

TEST_CASE("a text is split once, however often it is drawn") {
  Atlas atlas;
  for (int frame = 0; frame < 3; ++frame) atlas.glyphs.drawable("e\u0301|你");
  CHECK(atlas.splits == 1);
}

TEST_CASE("when private use has run out, code points stand for themselves") {
  Atlas atlas;
  for (int i = 0; i < 6400; ++i) atlas.glyphs.drawable("e\u0301" + std::to_string(i));
  CHECK(atlas.glyphs.drawable("🤗") == "🤗");
  CHECK(atlas.glyphs.drawable("e\u03017") == atlas.glyphs.drawable("e\u03017"));
}

TEST_CASE("our fonts come first, and lack nothing that the rasterizer is asked for") {
  Atlas atlas;
  for (ImWchar c : {ImWchar('a'), ImWchar(0xE9), ImWchar(0x2192)})
    CHECK(atlas.baked(Face::regular, 20)->FindGlyph(c)->AdvanceX > 0);
  CHECK(atlas.asked.empty());
  atlas.baked(Face::mono, 20)->FindGlyph(0x4F60);
  REQUIRE(atlas.asked.size() == 1);
  CHECK(atlas.asked[0].piece == "你");
  CHECK(atlas.asked[0].face == Face::mono);
}

TEST_CASE("a rasterized glyph has the em of the font before it and stands on its baseline") {
  Atlas atlas;
  ImFontBaked* baked = atlas.baked(Face::regular, 24.2f);
  const ImFontGlyph* glyph = baked->FindGlyph(0x4F60);
  REQUIRE(atlas.asked.size() == 1);
  // Inter: ascender 0.96875, descender 0.2412 em; Dear ImGui rounds the size.
  CHECK_THAT(atlas.asked[0].em, WithinAbs(baked->Size / 1.21, 0.01));
  CHECK(glyph->AdvanceX == 6);  // whole pixels
  CHECK(glyph->X0 == 1);
  CHECK(glyph->X1 == 5);
  CHECK(glyph->Y1 - glyph->Y0 == 3);
  CHECK(glyph->Y0 == std::round(baked->Ascent) - 2);
}

TEST_CASE("only a coloured picture keeps its colours") {
  Atlas atlas;
  const auto pixel = [&](ImWchar c) {
    const ImFontGlyph* glyph = atlas.baked(Face::regular, 20)->FindGlyph(c);
    const ImTextureRect* r = ImFontAtlasPackGetRect(&atlas.atlas, glyph->PackId);
    const auto* p =
        static_cast<unsigned char*>(atlas.atlas.TexData->GetPixelsAt(r->x + 1, r->y + 1));
    return std::vector<int>{p[0], p[1], p[2], p[3], int(glyph->Colored)};
  };
  CHECK(pixel(0x4F60) == std::vector<int>{255, 255, 255, 120, 0});
  CHECK(atlas.glyphs.drawable("🤗") == "\uE000");
  CHECK(pixel(0xE000) == std::vector<int>{120, 120, 120, 120, 1});
}

TEST_CASE("what cannot be seen takes no room in the atlas") {
  Atlas atlas;
  const ImFontGlyph* glyph = atlas.baked(Face::regular, 20)->FindGlyph(0x042F);
  CHECK(glyph->PackId == ImFontAtlasRectId_Invalid);
  CHECK(glyph->AdvanceX == 0);
}

TEST_CASE("what nobody can draw is shown by its number in a box") {
  Atlas atlas;
  const ImFontGlyph* glyph = atlas.baked(Face::regular, 20)->FindGlyph(0x03A9);
  CHECK(glyph->PackId != ImFontAtlasRectId_Invalid);
  CHECK(glyph->AdvanceX > 8);
}

TEST_CASE("a box is as wide as its digits need, one box a visible code point") {
  const Picture one = platform::code_box("你", 15);       // 4F60: two columns
  const Picture astral = platform::code_box("🤗", 15);  // 01F917: three
  const Picture joined = platform::code_box("你\u200D你", 15);
  CHECK(one.width < astral.width);
  CHECK(joined.width == 2 * one.width);
  CHECK(platform::code_box("你", 30).height == 2 * one.height);
  CHECK(float(one.height) < 15 * 1.21f);  // fits into a line
  // 4F60 and 4F61 differ in the last digit alone, at the lower right.
  const Picture other = platform::code_box("佡", 15);
  REQUIRE(other.rgba.size() == one.rgba.size());
  CHECK(other.rgba != one.rgba);
  CHECK(std::equal(one.rgba.begin(), one.rgba.begin() + std::ptrdiff_t(one.rgba.size() / 2),
                   other.rgba.begin()));
}
