// A figure as SVG: well-formed, whole, with its texts as texts.
#include "view/svg.h"

#include <catch2/catch.hpp>

#include "view/drawable.h"
#include "view/explorers.h"
#include "view/figure_checks.h"

using Catch::Matchers::Contains;
using explorer::Explorer;
using explorers::counted;

namespace {

// What stands between < and >, each; checks that what is opened is closed in its turn, and that
// nothing but <text> holds text.
std::vector<std::string> tags(const std::string& svg) {
  std::vector<std::string> tags, open;
  for (std::size_t begin = svg.find('<'); begin != svg.npos;) {
    const std::size_t end = svg.find('>', begin);
    REQUIRE(end != svg.npos);
    const std::string tag = svg.substr(begin + 1, end - begin - 1);
    const std::string name = tag.substr(0, tag.find(' '));
    if (tag[0] == '/') {
      REQUIRE_FALSE(open.empty());
      CHECK(open.back() == name.substr(1));
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    begin = svg.find('<', end);
    const std::string between = svg.substr(end + 1, begin == svg.npos ? begin : begin - end - 1);
    if (open.empty() || open.back() != "text") CHECK(between == "\n");
    tags.push_back(tag);
  }
  CHECK(open.empty());
  return tags;
}

std::string picture_of(Screen& screen, const char* figure, Explorer& explorer, float width) {
  screen.draw(figure, explorer, width);
  view::Svg svg;
  screen.svg = &svg;
  const float height = screen.draw(figure, explorer, width);
  screen.svg = nullptr;
  return svg.picture(width, height);
}

}  // namespace

TEST_CASE("every figure's SVG is well-formed, of finite numbers, and names what it shows") {
  Screen screen;
  Explorer explorer = explorers::of({}, counted(5));
  explorer.set_training_log(explorers::training_log(explorer.config()));
  for (const char* figure : {"paths", "attention", "bigrams", "skip-trigrams", "expansion", "heads",
                             "composition", "scores", "induction", "importance", "training"}) {
    INFO(figure);
    work_off(screen, figure, explorer);
    const std::string svg = picture_of(screen, figure, explorer, 900);
    CHECK(tags(svg).size() > 5);
    CHECK_THAT(svg, Contains("xmlns=\"http://www.w3.org/2000/svg\" width=\"900\""));
    CHECK_THAT(svg, !Contains("nan") && !Contains("inf"));
  }
  const std::string paths = picture_of(screen, "paths", explorer, 900);
  for (const engine::HeadId head : engine::all_heads(explorer.config()))
    CHECK_THAT(paths, Contains(">" + engine::name(head) + "</text>"));
}

TEST_CASE("a figure as SVG is as high as the figure, and the same twice") {
  Screen screen;
  Explorer explorer = explorers::of({}, counted(9));
  const std::string once = picture_of(screen, "attention", explorer, 640);
  const float height = screen.draw("attention", explorer, 640);
  CHECK_THAT(once, Contains("viewBox=\"0 0 640 " + std::to_string(int(height)) + "\""));
  CHECK(picture_of(screen, "attention", explorer, 640) == once);
}

TEST_CASE("shapes keep their places and colours, texts their characters") {
  view::Svg svg;
  svg.rect({1, 2.5f, 30, 4}, IM_COL32(255, 128, 0, 255), 3);
  svg.line({{0, 0}, {1.004f, 2.126f}}, IM_COL32(0, 0, 0, 51), 1.5f, false);
  svg.push_clip({5, 6, 7, 8});
  svg.text({10, 20}, "a<b> & \x01\uFFFF猫", {IM_COL32(1, 2, 3, 255), 10}, 40);
  svg.pop_clip();
  const std::string picture = svg.picture(100, 50);
  CHECK(tags(picture).size() == 8);
  CHECK_THAT(picture, Contains("<rect x=\"1\" y=\"2.5\" width=\"30\" height=\"4\" rx=\"2\" "
                               "fill=\"#ff8000\"/>"));
  CHECK_THAT(picture, Contains("<polyline points=\"0,0 1,2.13\" fill=\"none\" stroke=\"#000000\" "
                               "stroke-opacity=\"0.2\" stroke-width=\"1.5\""));
  CHECK_THAT(picture, Contains("viewBox=\"5 6 7 8\">"));
  CHECK_THAT(picture, Contains("textLength=\"40\""));
  CHECK_THAT(picture, Contains(">a&lt;b&gt; &amp; \uFFFD\uFFFD猫</text>"));
}

TEST_CASE("text that the platform draws in another way stands in the SVG as it was written") {
  view::set_drawable([](std::string_view) { return "\uE000"; },
                     [](std::string_view) { return "🤗"; });
  view::Svg svg;
  svg.text({0, 0}, view::drawable("🤗"), {}, 10);
  view::set_drawable(nullptr, nullptr);
  CHECK_THAT(svg.picture(10, 10), Contains(">🤗</text>"));
}
