// Pathscope in a native window, for development: init, frame, shutdown.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "engine/error.h"
#include "engine/model_file.h"
#include "explorer/explorer.h"
#include "platform/glfw.h"
#include "view/figure.h"
#include "view/theme.h"

namespace {

struct Options {
  std::string folder = "models/two-layer";
  std::string text = "Mrs. Quimby met Zoltan. Zoltan greeted Mrs. Qu";
  std::string figure = "paths";
  std::string fonts = "assets/fonts";
  int width = 1280, height = 800;  // CSS pixels
  float dpr = 0;
  bool dark = false, focused = false;
  // What is selected.
  int position = -1, target = -1;
  std::string against, term, head;
  std::vector<std::string> cuts;
  bool frozen = false, cut_tool = false;
  // A picture in place of a window, with the pointer somewhere (CSS pixels).
  std::string picture;
  std::vector<float> pointer;
  bool click = false;
};

void read_options(int argc, char** argv, CLI::App& app, Options& options) {
  app.add_option("model", options.folder, "Model folder");
  app.add_option("--text", options.text);
  app.add_option("--figure", options.figure, "paths or attention");
  app.add_option("--fonts", options.fonts, "Folder with the fonts");
  app.add_option("--width", options.width, "CSS pixels");
  app.add_option("--height", options.height, "CSS pixels");
  app.add_option("--scale", options.dpr, "Device pixels per CSS pixel");
  app.add_flag("--dark", options.dark);
  app.add_flag("--focused", options.focused, "As if keys went to the figure");
  app.add_option("--position", options.position);
  app.add_option("--target", options.target, "Token id");
  app.add_option("--against", options.against, "mean, or a token id");
  app.add_option("--term", options.term, "Pinned: direct, L0H3, L0H3-L1H5");
  app.add_option("--head", options.head, "Of the attention figure");
  app.add_option("--cut", options.cuts);
  app.add_flag("--frozen", options.frozen);
  app.add_flag("--cut-tool", options.cut_tool);
  app.add_option("--picture", options.picture, "Write a PPM file and end");
  app.add_option("--pointer", options.pointer, "X Y in CSS pixels, for a picture")->expected(2);
  app.add_flag("--click", options.click, "Click there");
  app.parse(argc, argv);
}

engine::LoadedModel load(const std::string& folder) {
  const auto file = [&](const char* name) {
    return platform::read_file(folder + "/" + name).value_or("");
  };
  const std::string config = file("config.json"), weights = file("model.safetensors"),
                    tokenizer = file("tokenizer.json"),
                    tokenizer_config = file("tokenizer_config.json");
  return engine::load_model({config, weights, tokenizer, tokenizer_config});
}

engine::Path parse_path(const std::string& term, const engine::Config& config) {
  engine::Path path;
  if (term == "direct") return path;
  for (std::size_t at = 0; at <= term.size();) {
    const std::size_t end = std::min(term.find('-', at), term.size());
    path.push_back(engine::parse_head(term.substr(at, end - at), config));
    at = end + 1;
  }
  return path;
}

void select(explorer::Explorer& explorer, const Options& options) {
  explorer.set_text(options.text);
  if (options.position >= 0) explorer.set_position(options.position);
  if (options.target >= 0) explorer.set_target(options.target);
  if (options.against == "mean") {
    explorer.set_against(engine::Reading::Against::mean);
  } else if (!options.against.empty()) {
    explorer.set_against(engine::Reading::Against::token, std::stoi(options.against));
  }
  explorer.set_cuts(options.cuts);
  explorer.set_frozen(options.frozen);
  explorer.set_cut_tool(options.cut_tool);
  if (!options.head.empty()) explorer.set_head(engine::parse_head(options.head, explorer.config()));
  if (!options.term.empty())
    explorer.pin_term(explorer::TermKey{parse_path(options.term, explorer.config()), false});
}

// Draws until nothing changes any more. Returns the height that the figure wants.
float draw(platform::Window& window, explorer::Explorer& explorer, const Options& options,
           float height) {
  const view::Figure figure = view::find_figure(options.figure);
  if (!figure) engine::fail("figure ", options.figure, ", expected paths or attention");
  for (unsigned before = explorer.revision() + 1; before != explorer.revision();) {
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

void run(const Options& options) {
  platform::WindowOptions window_options;
  window_options.title = "Pathscope";
  window_options.width = options.width;
  window_options.height = options.height;
  window_options.dpr = options.dpr;
  window_options.font_folder = options.fonts;
  platform::Window window(window_options);
  explorer::Explorer explorer(std::make_shared<const engine::LoadedModel>(load(options.folder)));
  select(explorer, options);
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
  Options options;
  try {
    read_options(argc, argv, app, options);
    run(options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}
