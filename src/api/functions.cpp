#include "api/functions.h"

#include "api/answer.h"
#include "api/change.h"
#include "api/induction_tables.h"
#include "api/state.h"
#include "api/tables.h"
#include "explorer/induction_reading.h"
#include "platform/browser_fonts.h"
#include "report/request.h"
#include "view/drawable.h"

namespace api {

using emscripten::val;

namespace {

const char* name(view::Wheel wheel) {
  switch (wheel) {
    case view::Wheel::page:
      return "page";
    case view::Wheel::enlarges:
      return "enlarges";
    case view::Wheel::zooms:
      return "zooms";
  }
  return "";
}

// A Uint8Array's bytes, which stay JavaScript's: a copy of all would double what a model takes.
engine::Bytes bytes_of(const val& array) {
  const auto read = [array](std::uint64_t offset, std::size_t count, char* out) {
    const val place(emscripten::typed_memory_view(count, reinterpret_cast<unsigned char*>(out)));
    const double begin = double(offset);
    place.call<void>("set", array.call<val>("subarray", begin, begin + double(count)));
  };
  return {std::uint64_t(array["length"].as<double>()), read};
}

}  // namespace

val read_model(const std::string& config, const val& weights, const std::string& tokenizer,
               const std::string& tokenizer_config) {
  return answer([&] {
    const auto model = std::make_shared<ModelReading>(
        ModelReading{config, tokenizer, tokenizer_config, std::nullopt});
    model->reading.emplace(engine::ModelFiles{model->config, bytes_of(weights), model->tokenizer,
                                              model->tokenizer_config});
    return model;
  });
}

val step_reading(ModelReading& model) {
  return answer([&] {
    if (!model.reading->done()) model.reading->step();
    return model.reading->done() ? val::null() : val(model.reading->progress());
  });
}

val read_model_of(ModelReading& model) {
  return answer(
      [&] { return Model{std::make_shared<const engine::LoadedModel>(model.reading->take())}; });
}

val analyse(const Model& model, const std::string& command, const std::string& options) {
  return answer([&] {
    const report::Request request = report::parse_request(command, report::Json::parse(options));
    return report::dump(report::analyse(*model.loaded, command, request));
  });
}

val measure_claims(const Model& model, const std::string& options, const std::vector<Model>& set) {
  return answer([&] {
    report::Request request = report::parse_request("claims", report::Json::parse(options));
    for (const Model& other : set) request.set.push_back(other.loaded);
    return std::make_shared<Claims>(
        Claims{model.loaded, report::measure_claims(*model.loaded, request)});
  });
}

val step_claims(Claims& claims) {
  return answer([&] {
    engine::ClaimsMeter& meter = *claims.measurement.meter;
    if (!meter.done()) meter.step();
    return meter.done() ? val::null() : val(meter.progress());
  });
}

val measured_claims(const Claims& claims) {
  return answer([&] { return report::dump(report::claims(claims.measurement.meter->result())); });
}

val make_explorer(const Model& model) {
  return answer([&] { return std::make_shared<explorer::Explorer>(model.loaded); });
}

val set(const Explorer& explorer, const std::string& change) {
  return answer([&] { set(*explorer, report::Json::parse(change)); });
}

void set_companion(const Explorer& explorer, const Model& model) {
  explorer->set_companion(model.loaded);
}

val state(const Explorer& explorer) {
  return answer([&] { return report::dump(state(*explorer)); });
}

val table(const Explorer& explorer, const std::string& figure) {
  return answer([&] { return report::dump(table(*explorer, figure)); });
}

val read_heads(const Explorer& explorer) {
  return answer([&] {
    if (explorer->config().n_layers == 0) return val::null();
    const engine::HeadReadings& readings = explorer::head_readings(*explorer);
    if (!readings.done()) explorer->step_work(explorer::heads_work);
    return readings.done() ? val::null() : val(readings.progress());
  });
}

val named_heads(const Explorer& explorer) {
  return answer([&] { return report::dump(named_heads(*explorer)); });
}

unsigned revision(const Explorer& explorer) {
  return explorer->revision();
}

val make_screen(const val& rasterizer, const std::string& regular, const std::string& semibold,
                const std::string& mono) {
  return answer([&] {
    auto screen = std::make_shared<platform::Screen>(platform::browser_fonts(rasterizer),
                                                     platform::FontFiles{regular, semibold, mono});
    view::set_drawable([screen](std::string_view text) { return screen->glyphs().drawable(text); },
                       [screen](std::string_view text) { return screen->glyphs().written(text); });
    return screen;
  });
}

void lose_screen(const Screen& screen) {
  screen->lose();
}

val make_figure(const Screen& screen, const Explorer& explorer, const std::string& name) {
  return answer([&] { return std::make_shared<Figure>(screen, explorer, name); });
}

val update(Figure& figure, const view::Frame& frame, float seconds) {
  return answer([&] {
    val updated = val::object();
    updated.set("height", figure.update(frame, seconds));
    updated.set("works", figure.has_work());
    updated.set("wheel", std::string(name(figure.wheel())));
    updated.set("takesKeys", figure.surface().takes_keys());
    updated.set("cursor", std::string(figure.surface().cursor()));
    return updated;
  });
}

val work(Figure& figure, float seconds) {
  return answer([&] { return figure.work(seconds); });
}

val svg(Figure& figure, const view::Frame& frame) {
  return answer([&] { return figure.svg(frame); });
}

val draw(Figure& figure) {
  return answer([&] {
    figure.draw();
    return figure.surface().wants_frame();
  });
}

void pointer_move(Figure& figure, float x, float y, bool touch) {
  figure.surface().pointer_move(x, y, touch);
}

void pointer_leave(Figure& figure) {
  figure.surface().pointer_leave();
}

void pointer_button(Figure& figure, int button, bool down) {
  figure.surface().pointer_button(button, down);
}

void wheel(Figure& figure, float x, float y) {
  figure.surface().wheel(x, y);
}

void key(Figure& figure, const std::string& name, bool down) {
  figure.surface().key(name, down);
}

void modifiers(Figure& figure, bool ctrl, bool shift, bool alt, bool meta) {
  figure.surface().modifiers(ctrl, shift, alt, meta);
}

void focus(Figure& figure, bool focused) {
  figure.surface().focus(focused);
}

}  // namespace api
