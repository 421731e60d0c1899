// The figures themselves, drawn without a screen: they stay inside their width, want the same
// height however much they get, and do what pointer and keys ask.
#include "view/figure.h"

#include <catch2/catch.hpp>
#include <set>

#include "engine/small_tokenizer.h"
#include "explorer/induction_reading.h"
#include "imgui.h"
#include "view/explorers.h"
#include "view/figure_checks.h"
#include "view/line_plot.h"
#include "view/model_diagram.h"
#include "view/screen.h"
#include "view/sheet.h"

using explorer::Explorer;
using explorers::counted;

TEST_CASE("figures stay inside their width and their wanted height, from 320 pixels on") {
  Screen screen;
  for (engine::Shape shape : engine::odd_shapes()) {
    shape.n_ctx = 80;
    for (const int tokens : {1, 5, 80}) {
      Explorer explorer = explorers::of(shape, counted(tokens));
      if (shape.n_layers == 2) explorer.set_cuts({"L0H0", "path:L0H1-L1H1"});
      for (const char* figure : {"paths", "attention"}) {
        check_narrow(screen, figure, explorer);
        for (const float width : {320.0f, 360.0f, 640.0f, 900.0f, 1280.0f, 2560.0f}) {
          INFO(engine::describe(shape) << ", " << figure << ", " << tokens << " tokens, " << width);
          const float height = screen.draw(figure, explorer, width);
          CHECK(screen.leftmost >= -1);
          CHECK(screen.rightmost <= width + 1);
          CHECK(screen.lowest <= height + 1);
        }
      }
    }
  }
}

TEST_CASE("figures in Chinese stay inside their width and their wanted height too") {
  Screen screen;
  screen.language = "zh-CN";
  Explorer explorer = explorers::of({}, counted(9));
  explorer.set_cuts({"L0H0"});
  for (const char* figure : {"paths", "attention", "bigrams", "expansion", "scores"})
    check_widths(screen, figure, explorer);
  screen.language = "en";
  screen.draw("paths", explorer, 800);
}

TEST_CASE("a paragraph wraps at spaces and between Chinese characters, marks not by themselves") {
  Screen screen;
  Explorer explorer = explorers::of({}, "1 2 3");
  screen.draw_part(explorer, 800, [](view::Sheet& sheet) {
    const view::Canvas& canvas = sheet.scene().canvas;
    const view::TextStyle style = canvas.style();
    const auto lines = [&](const char* text, const char* widest) {
      return canvas.wrapped(canvas.text_width(widest, style) + 0.01f, text, style);
    };
    using Lines = std::vector<std::string>;
    CHECK(lines("one two three", "one two") == Lines{"one two", "three"});
    CHECK(lines("one  two", "one") == Lines{"one", " two"});
    CHECK(lines("注意力头", "注意") == Lines{"注意", "力头"});
    CHECK(lines("注意，力头", "注意") == Lines{"注", "意，", "力头"});
    CHECK(lines("看（注意）", "看（") == Lines{"看", "（注", "意）"});
    CHECK(lines("头 L1H4 看", "头 L1H4") == Lines{"头 L1H4", "看"});
    CHECK(lines("头 L1H4看", "头 L1H") == Lines{"头", "L1H4", "看"});
  });
}

TEST_CASE(
    "a layer's heads stand in one row at every width, unless a number no longer fits into each") {
  Screen screen;
  const auto height = [&](int n_heads, float width) {
    engine::Shape shape;
    shape.n_heads = n_heads;
    Explorer explorer = explorers::of(shape, "1 2 3");
    screen.draw("paths", explorer, 600);
    float height = 0;
    screen.draw_part(explorer, width, [&](view::Sheet& sheet) {
      view::ModelDiagram diagram(sheet.scene(), width);
      height = diagram.height();
      diagram.draw({0, 0, width, height});
    });
    CHECK(screen.rightmost <= width + 1);
    CHECK(screen.lowest <= height + 1);
    return height;
  };
  for (const float width : {270.0f, 297.0f, 352.0f, 460.0f})
    CHECK(height(8, width) == height(1, width));
  CHECK(height(13, 270) > height(1, 270) + 2 * 50);  // two layers, each with a second row
  CHECK(height(13, 460) == height(1, 460));
}

TEST_CASE("the wanted height depends on width and content, not on the height there is") {
  Screen screen;
  Explorer explorer = explorers::of({}, counted(12));
  for (const char* figure : {"paths", "attention"})
    for (const float width : {360.0f, 800.0f, 1280.0f}) {
      const float wanted = screen.draw(figure, explorer, width, 1, 4000);
      CHECK(screen.draw(figure, explorer, width, 1, 100) == wanted);
      CHECK(std::abs(screen.draw(figure, explorer, width, 2, wanted) - wanted) < 12);
      explorer.pin_term(explorer::TermKey{{{1, 0}}, false});  // what can be cut of it takes room
      const float pinned = screen.draw(figure, explorer, width, 1, 4000);
      CHECK(screen.draw(figure, explorer, width, 1, 100) == pinned);
      CHECK(pinned >= wanted);
      explorer.pin_term(std::nullopt);
    }
}

TEST_CASE("the training figure keeps to its width, with a log and without") {
  Screen screen;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    Explorer explorer = explorers::of(shape, "");  // it needs no text
    CHECK(screen.draw("training", explorer, 800) < 120);
    explorer.set_training_log(explorers::training_log(explorer.config()));
    INFO(engine::describe(shape));
    check_widths(screen, "training", explorer, 300);
    const float alone = screen.draw("training", explorer, 900);
    const explorers::Loaded beside = explorers::loaded_of(engine::Shape{});
    explorer.set_companion(beside);
    CHECK(screen.draw("training", explorer, 900) == alone);  // its log is to come
    explorer.set_companion_log(explorers::training_log(beside->model.config));
    check_widths(screen, "training", explorer, 300);
    CHECK(screen.draw("training", explorer, 900) > alone);
    explorer.set_companion(beside);
    CHECK(screen.draw("training", explorer, 900) == alone);
  }
}

TEST_CASE("the heads figure tells its progress, then every head, and a click chooses one") {
  Screen screen;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    if (shape.n_layers == 0) continue;
    INFO(engine::describe(shape));
    Explorer explorer = explorers::of(shape, "");  // it needs no text
    work_out(screen, "heads", explorer);
    check_widths(screen, "heads", explorer);
    CHECK(explorer.take_asked_work().empty());
    const engine::HeadId last = engine::all_heads(explorer.config()).back();
    for (float y = 60; y < 900 && explorer.head() != last; y += 10)
      click(screen, "heads", explorer, 60, y);
    CHECK(explorer.head() == last);
  }
}

TEST_CASE("the composition figure stands with a text and without, and its wires can be cut") {
  Screen screen;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    for (const char* text : {"", "1 2 3 1"}) {
      Explorer explorer = explorers::of(shape, text);
      if (shape.n_layers < 2) {
        CHECK(screen.draw("composition", explorer, 800) < 120);
        continue;
      }
      work_out(screen, "composition", explorer);
      check_widths(screen, "composition", explorer);
      explorer.set_cut_tool(true);
      for (float x = 330; x < 900 && !explorer.has_cuts(); x += 9)
        click(screen, "composition", explorer, x, 170);
      REQUIRE(explorer.cuts().size() == 1);
      CHECK(explorer.cuts()[0].find('>') != std::string::npos);
      check_widths(screen, "composition", explorer);
    }
  }
}

TEST_CASE("the expansion figure goes from the product to the sum, a layer at a time, by its keys") {
  Screen screen;
  for (engine::Shape shape : engine::odd_shapes()) {
    shape.n_ctx = 80;
    for (const int tokens : {1, 5, 80}) {
      INFO(engine::describe(shape) << ", " << tokens << " tokens");
      Explorer explorer = explorers::of(shape, counted(tokens));
      for (int stage = 0; stage <= shape.n_layers; ++stage) {
        INFO(stage << " multiplied out");
        check_widths(screen, "expansion", explorer, 0);
        press(screen, "expansion", explorer, ImGuiKey_RightArrow);
      }
      for (int stage = 0; stage < shape.n_layers; ++stage)  // for the next explorer
        press(screen, "expansion", explorer, ImGuiKey_LeftArrow);
    }
  }
}

TEST_CASE("the induction figure stands with a text and without, and with a model beside it") {
  Screen screen;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    for (const char* text : {"", "1 2 3 1 2", "1 2 3"}) {
      Explorer explorer = explorers::of(shape, text);
      work_off(screen, "induction", explorer);
      check_widths(screen, "induction", explorer);
      explorer.set_companion(explorers::loaded_of(engine::Shape(), 62));
      work_off(screen, "induction", explorer);
      check_widths(screen, "induction", explorer);
    }
  }
}

TEST_CASE("in the induction figure a click on a wire cuts it, and the bars follow") {
  Screen screen;
  Explorer explorer(explorers::induction_model());
  explorer.set_text("1 2 3 1");
  work_off(screen, "induction", explorer);
  for (float y = 100; y < 600 && !explorer.has_cuts(); y += 8)
    click(screen, "induction", explorer, 60, y);
  CHECK(explorer.cuts() == std::vector<std::string>{"L0H0>L1H0:K"});
  work_off(screen, "induction", explorer);
  CHECK(explorer::find_repeated_runs(explorer)->result().accuracy_second < 0.5);
}

TEST_CASE("the importance figure waits to be asked, and then tells more and more") {
  Screen screen;
  for (const engine::Shape& shape : engine::odd_shapes()) {
    INFO(engine::describe(shape));
    Explorer explorer = explorers::of(shape, "1 2 3 1");
    CHECK(screen.draw("importance", explorer, 800) < 120);
    CHECK(explorer.take_asked_work().empty());
    explorer.ask_importance(false);
    work_out(screen, "importance", explorer);
    check_widths(screen, "importance", explorer, 120);
  }
}

TEST_CASE("an empty text gives a sentence and no more") {
  Screen screen;
  Explorer explorer = explorers::of({}, "");
  for (const char* figure : {"paths", "attention"}) {
    const float height = screen.draw(figure, explorer, 800);
    CHECK(height > 30);
    CHECK(height < 120);
  }
}

TEST_CASE("a still figure changes nothing, so that a page without input draws no frame") {
  Screen screen;
  Explorer explorer = explorers::of({}, counted(9));
  screen.point(400, 300);
  screen.draw("paths", explorer, 1000);
  const unsigned revision = explorer.revision();
  for (int i = 0; i < 3; ++i) screen.draw("paths", explorer, 1000);
  CHECK(explorer.revision() == revision);
}

TEST_CASE("every kind of term can be pointed at, and none is pointed at outside") {
  Screen screen;
  Explorer explorer = explorers::of({}, counted(9));
  const float height = screen.draw("paths", explorer, 1280);
  std::set<std::string> pointed;
  for (float x = 10; x < 1280; x += 14)
    for (float y = 100; y < height; y += 14) {
      screen.point(x, y);
      screen.draw("paths", explorer, 1280);
      if (explorer.hovered_term()) pointed.insert(engine::name(explorer.hovered_term()->path));
    }
  for (const engine::Term& term : explorer.expansion().terms)
    CHECK(pointed.count(engine::name(term.path)) == 1);
  screen.point(-10, -10);
  screen.draw("paths", explorer, 1280);
  CHECK_FALSE(explorer.hovered_term());
}

TEST_CASE("a click pins the term under the pointer, and with the cut tool it cuts it") {
  Screen screen;
  Explorer explorer = explorers::of({}, counted(9));
  const auto click = [&] {
    for (const bool down : {true, false}) {
      screen.press(down);
      screen.draw("paths", explorer, 1280);
    }
  };
  // Down the middle of the waterfall, to its first row.
  float y = 100;
  for (; y < 400 && !explorer.hovered_term(); y += 5) {
    screen.point(640, y);
    screen.draw("paths", explorer, 1280);
  }
  REQUIRE(explorer.hovered_term());
  const explorer::TermKey term = *explorer.hovered_term();
  click();
  REQUIRE(explorer.pinned_term());
  CHECK(*explorer.pinned_term() == term);
  explorer.set_cut_tool(true);
  click();
  CHECK(explorer.is_cut("path:" + engine::name(term.path)));
  CHECK(explorer.can_undo());
}

TEST_CASE("a click on the folded rest unfolds rows at once, and the figure grows by them") {
  Screen screen;
  Explorer explorer = explorers::of({3, 4, 5, 12, 12, 30}, counted(9));
  const float folded = screen.draw("paths", explorer, 400);
  float unfolded = folded;
  for (float y = 100; y < folded && unfolded <= folded; y += 9) {
    screen.point(60, y);
    screen.draw("paths", explorer, 400);
    if (explorer.hovered_term()) continue;  // the rest is no term
    for (const bool down : {true, false}) {
      screen.press(down);
      unfolded = screen.draw("paths", explorer, 400);
    }
  }
  CHECK(unfolded == folded + 20 * 24);
}

TEST_CASE("keys go through positions and terms, pin and cut, if the figure has them") {
  Screen screen;
  Explorer explorer = explorers::of({}, counted(9));
  const auto type = [&](ImGuiKey key) {
    for (const bool down : {true, false}) {
      screen.key(key, down);
      screen.draw("paths", explorer, 1000);
    }
  };
  screen.draw("paths", explorer, 1000);
  type(ImGuiKey_LeftArrow);
  CHECK(explorer.position() == 8);  // the keys are elsewhere
  screen.focused = true;
  type(ImGuiKey_LeftArrow);
  CHECK(explorer.position() == 7);
  type(ImGuiKey_RightArrow);
  type(ImGuiKey_RightArrow);
  CHECK(explorer.position() == 8);
  CHECK_FALSE(explorer.position_chosen());
  type(ImGuiKey_DownArrow);
  type(ImGuiKey_DownArrow);
  const auto& terms = explorer.expansion().terms;
  REQUIRE(explorer.hovered_term());
  CHECK(*explorer.hovered_term() == explorer::key(terms[1]));
  type(ImGuiKey_Enter);
  REQUIRE(explorer.pinned_term());
  const std::string cut = "path:" + engine::name(terms[1].path);
  type(ImGuiKey_X);
  CHECK(explorer.cuts() == std::vector<std::string>{cut});
  type(ImGuiKey_Escape);
  CHECK_FALSE(explorer.shown_term());
}

TEST_CASE(
    "the wheel enlarges a long text's pattern with Ctrl or the keys, and is else the page's") {
  Screen screen;
  engine::Shape shape;
  shape.n_ctx = 80;
  Explorer explorer = explorers::of(shape, counted(80));
  const auto draw = [&] { screen.draw("attention", explorer, 900); };
  const auto turn = [&](float notches) {
    ImGui::GetIO().AddMouseWheelEvent(0, notches);
    draw();
  };
  const auto cell = [&] {
    REQUIRE(explorer.hovered_cell());
    return explorer.hovered_cell()->destination;
  };
  draw();
  CHECK(screen.drawn.wheel == view::Wheel::page);  // the pointer is elsewhere
  screen.point(640, 440);
  draw();
  CHECK(screen.drawn.wheel == view::Wheel::enlarges);
  const int pointed = cell();
  turn(3);
  CHECK(screen.drawn.wheel == view::Wheel::enlarges);  // without Ctrl and keys: the page's
  screen.key(ImGuiMod_Ctrl, true);
  turn(3);
  CHECK(screen.drawn.wheel == view::Wheel::zooms);
  CHECK(std::abs(cell() - pointed) <= 2);  // around the pointer, but for room that tokens take
  const auto span = [&] {
    screen.point(640, 400);
    draw();
    const int above = cell();
    screen.point(640, 480);
    draw();
    return cell() - above;
  };
  const int near = span();
  turn(-9);
  CHECK(screen.drawn.wheel == view::Wheel::enlarges);
  CHECK(span() > 2 * near);
  screen.key(ImGuiMod_Ctrl, false);
  screen.focused = true;
  turn(2);
  CHECK(screen.drawn.wheel == view::Wheel::zooms);
  for (const bool down : {true, false}) {
    screen.key(ImGuiKey_0, down);
    draw();
  }
  CHECK(screen.drawn.wheel == view::Wheel::enlarges);
  screen.point(10, 10);
  draw();
  CHECK(screen.drawn.wheel == view::Wheel::page);
  explorer.set_text(counted(5));  // all can be read: nothing to zoom
  screen.point(640, 420);
  draw();
  CHECK(screen.drawn.wheel == view::Wheel::page);
}

TEST_CASE("dragging moves an enlarged pattern and chooses nothing, a double click shows it whole") {
  Screen screen;
  engine::Shape shape;
  shape.n_ctx = 80;
  Explorer explorer = explorers::of(shape, counted(80));
  const auto draw = [&] { screen.draw("attention", explorer, 900); };
  screen.focused = true;
  screen.point(640, 620);
  draw();
  ImGui::GetIO().AddMouseWheelEvent(0, 5);
  draw();
  const int before = explorer.hovered_cell()->destination;
  screen.press(true);
  draw();
  for (float y = 620; y >= 540; y -= 20) {
    screen.point(640, y);
    draw();
  }
  CHECK(explorer.hovered_cell()->destination == before);  // what is held stays under the pointer
  screen.press(false);
  draw();
  CHECK_FALSE(explorer.position_chosen());
  screen.point(640, 620);
  draw();
  CHECK(explorer.hovered_cell()->destination > before);
  for (int i = 0; i < 2; ++i)
    for (const bool down : {true, false}) {
      screen.press(down);
      draw();
    }
  CHECK(screen.drawn.wheel == view::Wheel::enlarges);
  CHECK(explorer.position_chosen());
}
