#include "api/live.h"

#include "api/answer.h"
#include "engine/error.h"
#include "engine/json.h"

namespace api {

using emscripten::val;

val start_live(const std::string& config, const std::string& text) {
  return answer([&] { return std::make_shared<report::Live>(report::start_live(config, text)); });
}

val restore_live(const std::string& bytes) {
  return answer([&] { return std::make_shared<report::Live>(report::restore_live(bytes)); });
}

val step_live(const Live& live, int steps) {
  return answer([&] {
    const train::Trainer& trainer = live->run.trainer();
    for (int i = 0; i < steps && !trainer.finished(); ++i) live->run.step();
    return trainer.steps_done();
  });
}

bool live_finished(const Live& live) {
  return live->run.trainer().finished();
}

val report_live(const Live& live, double seconds) {
  return answer(
      [&] { return report::dump(report::live_report(*live, live->run.report(), seconds)); });
}

val cut_live(const Live& live, const std::string& heads) {
  return answer([&] {
    const engine::Json names = engine::parse_json(heads, "cuts");
    std::vector<engine::HeadId> cuts;
    for (const engine::Json& name : names) {
      if (!name.is_string()) engine::fail("a cut is ", engine::shown(name), ", expected a head");
      cuts.push_back(
          engine::parse_head(name.get<std::string>(), live->run.trainer().config().model));
    }
    live->run.set_cuts(std::move(cuts));
  });
}

val save_live(const Live& live) {
  return answer([&] {
    const std::string bytes = report::save_live(*live);
    const auto view = emscripten::typed_memory_view(
        bytes.size(), reinterpret_cast<const unsigned char*>(bytes.data()));
    return val::global("Uint8Array").new_(view);
  });
}

std::string live_config(const Live& live) {
  return live->config;
}

std::string live_text(const Live& live) {
  return live->text;
}

}  // namespace api
