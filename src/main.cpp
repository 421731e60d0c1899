// Pathscope in a native window, for development: init, frame, shutdown.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <memory>

#include "api/change.h"
#include "cli/files.h"
#include "engine/error.h"
#include "explorer/explorer.h"
#include "platform/glfw.h"
#include "view/figure.h"
#include "view/theme.h"
#include "window/options.h"

namespace {

using window::Options;

// Draws until nothing changes any more. Returns the height that the figure wants.
float draw(platform::Window& window, explorer::Explorer& explorer, const Options& options,
           float height) {
  const view::Figure figure = view::find_figure(options.figure);
  if (!figure) engine::fail("figure ", options.figure, ", expected one of ", view::figure_names());
  std::string work;  // long work that the figure waits for
  for (unsigned before = explorer.revision() + 1; before != explorer.revision() || !work.empty();) {
    before = explorer.revision();
    window.begin_frame(height);
    view::Frame frame;
    frame.width = window.width();
    frame.dpr = window.dpr();
    frame.dark = options.dark;
    frame.focused = window.focused() || options.focused;
    frame.focus_ring = options.focused;
    height = figure(explorer, frame).height;
    window.end_frame(view::theme(options.dark).page);
    work = explorer.take_asked_work();
    if (!work.empty()) explorer.step_work(work);
  }
  return height;
}

void take_picture(platform::Window& window, explorer::Explorer& explorer, const Options& options) {
  float height = draw(window, explorer, options, 0);
  const bool points = options.pointer.size() == 2;
  const auto point = [&](bool down) {
    window.point(options.pointer[0] * window.dpr(), options.pointer[1] * window.dpr(), down);
    height = draw(window, explorer, options, height);
  };
  if (points) point(false);
  if (points && options.click) {
    point(true);
    point(false);
  }
  window.set_height(height);
  for (int i = 0; i < 2; ++i) {
    window.show();  // the new size counts from here on
    if (points) point(false);
    draw(window, explorer, options, height);
  }
  window.save_picture(options.picture);
}

std::shared_ptr<const engine::LoadedModel> load(const std::string& folder) {
  return std::make_shared<const engine::LoadedModel>(cli::load_model(folder));
}

void run(const Options& options) {
  explorer::Explorer explorer(load(options.folder));
  if (!options.companion.empty()) explorer.set_companion(load(options.companion));
  if (!options.held_out.empty()) {
    explorer.set_held_out(engine::read_text(explorer.loaded(), cli::read_file(options.held_out)));
    explorer.ask_importance(true);
  }
  api::set(explorer, options.change);
  platform::Window window({"Pathscope", options.width, options.height, options.dpr, options.fonts});
  if (!options.picture.empty()) return take_picture(window, explorer, options);
  float height = 0;
  while (window.open()) {
    height = draw(window, explorer, options, height);
    window.show();
    window.wait();
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Pathscope in a window");
  try {
    run(window::read_options(app, argc, argv));
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pathscope-window: %s\n", error.what());
    return 2;
  }
  return 0;
}
