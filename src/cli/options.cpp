#include <charconv>
#include <limits>

#include "cli/command.h"
#include "cli/files.h"
#include "engine/error.h"
#include "engine/head_kinds.h"

namespace cli {

CLI::Option* add_string_option(CLI::App& app, const std::string& name,
                               std::optional<std::string>& value, const std::string& help) {
  return app.add_option_function<std::string>(
      name, [&value](const std::string& given) { value = given; }, help);
}

CLI::Option* add_int_option(CLI::App& app, const std::string& name, std::optional<int>& value,
                            const std::string& help) {
  const auto read = [&value, name](const std::string& given) {
    int number = 0;
    const char* end = given.data() + given.size();
    const std::from_chars_result result = std::from_chars(given.data(), end, number);
    if (result.ec == std::errc::result_out_of_range && result.ptr == end)
      engine::fail(name, ": expected a whole number from ", std::numeric_limits<int>::min(), " to ",
                   std::numeric_limits<int>::max(), ", found ", given);
    if (result.ec != std::errc() || result.ptr != end)
      engine::fail(name, ": expected a whole number, found '", given, "'");
    value = number;
  };
  return app.add_option_function<std::string>(name, read, help)->type_name("N");
}

void add_text_options(CLI::App& app, Options& options) {
  add_string_option(app, "--text", options.request.text, "The text, byte for byte");
  add_string_option(app, "--text-file", options.text_file,
                    "A file with the text; - is standard input")
      ->type_name("FILE");
  app.add_option_function<std::string>(
         "--ids",
         [&options](const std::string& given) { options.request.ids = report::parse_ids(given); },
         "The text's tokens: 1,2,3 (nothing is put in front)")
      ->type_name("IDS");
}

void add_cut_option(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         "--cut", [&options](const std::vector<std::string>& cuts) { options.request.cuts = cuts; },
         "Ablate L0H3, L0H3>L1H5:K, L0H3>logits, path:L0H3 (again for more)")
      ->allow_extra_args(false)
      ->type_name("E");
}

void add_cut_options(CLI::App& app, Options& options) {
  add_cut_option(app, options);
  app.add_flag("--frozen", options.request.frozen,
               "Cuts leave patterns and LayerNorm scales as they were");
}

void add_top_option(CLI::App& app, Options& options, const std::string& help) {
  add_int_option(app, "--top", options.request.top, help)->type_name("K");
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
