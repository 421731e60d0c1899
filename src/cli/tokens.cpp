// pathscope tokens: how a text is split.
#include <utility>

#include "cli/command.h"

namespace cli {

namespace {

// What tokens that are part of characters make up together.
class Joined {
 public:
  // The characters that are whole with this token and were not before; mostly none.
  std::string add(const std::string& bytes) {
    if (engine::is_well_formed(bytes)) {
      pending_.clear();
      return {};
    }
    pending_ += bytes;
    if (!engine::is_well_formed(pending_)) return {};
    return std::exchange(pending_, {});
  }

 private:
  std::string pending_;
};

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  if (options.json)
    return terminal.line(report::dump(report::analyse(loaded, "tokens", options.request)));
  const std::vector<int> ids = report::tokens_of(loaded, options.request);
  if (ids.empty()) return terminal.line("no tokens: the text is empty");
  terminal.line(terminal.paint(Colour::dim, "position     id  token"));
  Joined joined;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string whole = joined.add(loaded.tokenizer.bytes(ids[i]));
    const std::string text = shown_token(loaded, ids[i]) + (whole.empty() ? "" : "  makes ");
    terminal.line(right(std::to_string(i), 8) + right(std::to_string(ids[i]), 7) + "  " +
                  fit(text + visible(whole), terminal.width() - 17));
  }
}

}  // namespace

const Command tokens_command = {"tokens", "How the text is split into tokens", add_text_options,
                                answer};

}  // namespace cli
