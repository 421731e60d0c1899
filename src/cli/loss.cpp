// pathscope loss: how well the model predicts a text of any length.
#include "cli/command.h"

namespace cli {

namespace {

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const report::Json json = report::loss_of(loaded, options.request);
  if (options.json) return terminal.line(report::dump(json));
  terminal.line(number(json["loss"].get<float>()) + " nats a token, over " +
                std::to_string(json["predictions"].get<std::int64_t>()) +
                " predictions in windows of " + std::to_string(loaded.model.config.n_ctx) +
                " tokens");
  if (!json["in_context"].is_null())
    terminal.line(signed_number(json["in_context"].get<float>()) +
                  " nats at positions 200 to 250 against 20 to 40 (in-context score)");
}

void add_options(Arguments& arguments, Options& options) {
  add_text_options(arguments, options);
  add_cut_option(arguments, options);
}

}  // namespace

const Command loss_command = {"loss", "How well a text of any length is predicted", add_options,
                              answer};

}  // namespace cli
