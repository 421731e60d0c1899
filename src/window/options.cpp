#include "window/options.h"

#include <CLI/CLI.hpp>
#include <optional>

#include "report/request.h"

namespace window {

namespace {

// What is selected, as the command line says it.
struct Selection {
  std::string text = "Mrs. Quimby met Zoltan. Zoltan greeted Mrs. Qu";
  std::optional<int> position, target;
  std::string against, term, head;
  std::vector<std::string> cuts;
  bool frozen = false, cut_tool = false;
};

void add_window(CLI::App& app, Options& options) {
  app.add_option("model", options.folder, "Model folder");
  app.add_option("--figure", options.figure, "One of the page's figures");
  app.add_option("--companion", options.companion, "Model folder of the one beside it");
  app.add_option("--held-out", options.held_out, "File of a held-out text, to measure over");
  app.add_option("--fonts", options.fonts, "Folder with the fonts");
  app.add_option("--width", options.width, "CSS pixels")->check(CLI::Range(1, 16384));
  app.add_option("--height", options.height, "CSS pixels")->check(CLI::Range(1, 16384));
  app.add_option("--scale", options.dpr, "Device pixels per CSS pixel")
      ->check(CLI::Range(0.25f, 8.0f));
  app.add_flag("--dark", options.dark, "Dark colours");
  app.add_flag("--focused", options.focused, "As if keys went to the figure");
  app.add_option("--picture", options.picture, "Write a PPM file and end");
  app.add_option("--pointer", options.pointer, "X Y in CSS pixels, for a picture")->expected(2);
  app.add_flag("--click", options.click, "Click there");
}

void add_selection(CLI::App& app, Selection& selection) {
  app.add_option("--text", selection.text, "Text to read");
  app.add_option("--position", selection.position, "Position that is read (the last)");
  app.add_option("--target", selection.target, "Token id (the model's top one)");
  app.add_option("--against", selection.against, "mean, or a token id");
  app.add_option("--term", selection.term, "Pinned: direct, L0H3, L0H3-L1H5, bias");
  app.add_option("--head", selection.head, "Of the attention figure");
  app.add_option("--cut", selection.cuts, "A head, edge or path to cut; may come again");
  app.add_flag("--frozen", selection.frozen, "Cuts leave the patterns as they were");
  app.add_flag("--cut-tool", selection.cut_tool, "Clicks cut");
}

report::Json change_of(const Selection& selection) {
  report::Json change = {{"text", selection.text},
                         {"cuts", selection.cuts},
                         {"frozen", selection.frozen},
                         {"cutTool", selection.cut_tool}};
  if (selection.position) change["position"] = *selection.position;
  if (selection.target) change["target"] = *selection.target;
  if (!selection.term.empty()) change["term"] = selection.term;
  if (!selection.head.empty()) change["head"] = selection.head;
  if (const auto id = report::parse_number(selection.against)) {
    change["against"] = *id;
  } else if (!selection.against.empty()) {
    change["against"] = selection.against;
  }
  return change;
}

}  // namespace

Options read_options(CLI::App& app, int argc, char** argv) {
  Options options;
  Selection selection;
  add_window(app, options);
  add_selection(app, selection);
  app.parse(argc, argv);
  options.change = change_of(selection);
  return options;
}

}  // namespace window
