// What the native window is told on its command line.
#pragma once

#include <string>
#include <vector>

#include "report/json.h"

namespace CLI {
class App;
}

namespace window {

struct Options {
  std::string folder = "models/two-layer";
  std::string figure = "paths";
  std::string companion, held_out;  // a folder and a file; empty: none
  std::string fonts = "assets/fonts";
  int width = 1280, height = 800;  // CSS pixels
  float dpr = 0;                   // device pixels per CSS pixel; 0: the monitor's
  bool dark = false, focused = false;
  // What the figure shows, in the words of api/change.h.
  report::Json change = report::Json::object();
  // A picture in place of a window, with the pointer somewhere (CSS pixels).
  std::string picture;
  std::vector<float> pointer;
  bool click = false;
};

// Throws CLI::ParseError, also where help was asked for: app.exit() prints either.
Options read_options(CLI::App& app, int argc, char** argv);

}  // namespace window
