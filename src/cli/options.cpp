#include "cli/command.h"
#include "cli/files.h"
#include "engine/error.h"
#include "engine/head_kinds.h"

namespace cli {

void add_text_options(Arguments& arguments, Options& options) {
  arguments.text("--text", options.request.text, "The text, byte for byte");
  arguments.text("--text-file", options.text_file, "A file with the text; - is standard input",
                 "FILE");
  arguments.read(
      "--ids",
      [&options](const std::string& given) { options.request.ids = report::parse_ids(given); },
      "The text's tokens: 1,2,3 (nothing is put in front)", "IDS");
}

void add_cut_option(Arguments& arguments, Options& options) {
  arguments.list("--cut", options.request.cuts,
                 "Ablate L0H3, L0H3>L1H5:K, L0H3>logits, path:L0H3 (again for more)", "E");
}

void add_cut_options(Arguments& arguments, Options& options) {
  add_cut_option(arguments, options);
  arguments.flag("--frozen", options.request.frozen,
                 "Cuts leave patterns and LayerNorm scales as they were");
}

void add_top_option(Arguments& arguments, Options& options, const std::string& help) {
  arguments.number("--top", options.request.top, help, "K");
}

void read_request_text(Options& options) {
  const report::Request& request = options.request;
  const int given = int(request.text.has_value()) + int(options.text_file.has_value()) +
                    int(request.ids.has_value());
  if (given == 0 && options.text_optional) return;
  if (given != 1)
    engine::fail(given ? "the text is given twice: give one of " : "no text: give ",
                 "--text, --text-file or --ids");
  if (options.text_file) options.request.text = read_text(*options.text_file);
}

std::string shown_token(const engine::LoadedModel& loaded, int id) {
  return visible(loaded.tokenizer.bytes(id));
}

bool is_induction_head(const report::Json& head, const engine::Config& config) {
  if (head["induction"].is_null()) return false;  // there is no room for repeated tokens
  engine::HeadScores scores;
  scores.head = engine::parse_head(head["head"].get<std::string>(), config);
  scores.induction = double(head["induction"].get<float>());
  return engine::is_induction_head(scores);
}

void print_folded(const report::Json& json, Terminal& terminal) {
  if (json.contains("folded"))
    print_wrapped("", "LayerNorm's weights and centring are folded in, its scale is left out", 0,
                  terminal);
}

}  // namespace cli
