// pathscope tokens: how a text is split.
#include "cli/command.h"

namespace cli {

namespace {

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  if (options.json)
    return terminal.line(report::dump(report::analyse(loaded, "tokens", options.request)));
  const std::vector<int> ids = report::tokens_of(loaded, options.request);
  if (ids.empty()) return terminal.line("no tokens: the text is empty");
  terminal.line(terminal.paint(Colour::dim, "position     id  token"));
  for (std::size_t i = 0; i < ids.size(); ++i)
    terminal.line(right(std::to_string(i), 8) + right(std::to_string(ids[i]), 7) + "  " +
                  fit(shown_token(loaded, ids[i]), terminal.width() - 17));
}

}  // namespace

const Command tokens_command = {"tokens", "How the text is split into tokens", add_text_options,
                                answer};

}  // namespace cli
