// The module's bindings. What stands in web/engine/ is the only caller.
#include <emscripten/bind.h>

#include "api/functions.h"
#include "api/live.h"

using namespace emscripten;

EMSCRIPTEN_BINDINGS(pathscope) {
  class_<api::Model>("Model")
      .function("analyse", &api::analyse)
      .function("measure_claims", &api::measure_claims)
      .function("explore", &api::make_explorer);
  class_<api::ModelReading>("ModelReading")
      .smart_ptr<std::shared_ptr<api::ModelReading>>("ModelReadingPointer")
      .function("step", &api::step_reading)
      .function("model", &api::read_model_of);
  function("read_model", &api::read_model);
  register_vector<api::Model>("Models");

  class_<api::Claims>("Claims")
      .smart_ptr<std::shared_ptr<api::Claims>>("ClaimsPointer")
      .function("step", &api::step_claims)
      .function("result", &api::measured_claims);

  class_<report::Live>("Live")
      .smart_ptr<api::Live>("LivePointer")
      .function("step", &api::step_live)
      .function("finished", &api::live_finished)
      .function("report", &api::report_live)
      .function("cut", &api::cut_live)
      .function("save", &api::save_live)
      .function("config", &api::live_config)
      .function("text", &api::live_text);
  function("start_live", &api::start_live);
  function("restore_live", &api::restore_live);

  class_<explorer::Explorer>("Explorer").smart_ptr<api::Explorer>("ExplorerPointer");
  function("set", &api::set);
  function("set_companion", &api::set_companion);
  function("state", &api::state);
  function("table", &api::table);
  function("read_heads", &api::read_heads);
  function("named_heads", &api::named_heads);
  function("revision", &api::revision);

  class_<platform::Screen>("Screen").smart_ptr<api::Screen>("ScreenPointer");
  function("make_screen", &api::make_screen);
  function("lose_screen", &api::lose_screen);

  value_object<view::Frame>("Frame")
      .field("width", &view::Frame::width)
      .field("dpr", &view::Frame::dpr)
      .field("dark", &view::Frame::dark)
      .field("focused", &view::Frame::focused)
      .field("focus_ring", &view::Frame::focus_ring)
      .field("touch", &view::Frame::touch)
      .field("language", &view::Frame::language);

  class_<api::Figure>("Figure")
      .smart_ptr<std::shared_ptr<api::Figure>>("FigurePointer")
      .function("update", &api::update)
      .function("work", &api::work)
      .function("svg", &api::svg)
      .function("draw", &api::draw)
      .function("pointer_move", &api::pointer_move)
      .function("pointer_leave", &api::pointer_leave)
      .function("pointer_button", &api::pointer_button)
      .function("wheel", &api::wheel)
      .function("key", &api::key)
      .function("modifiers", &api::modifiers)
      .function("focus", &api::focus);
  function("make_figure", &api::make_figure);
}
