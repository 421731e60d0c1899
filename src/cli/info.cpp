// pathscope info: what the model is.
#include "cli/command.h"

namespace cli {

namespace {

// "ignored  a, b, c" over as many lines as it takes.
void list(Terminal& terminal, const std::string& label, const std::vector<std::string>& words) {
  const int indent = 14;
  std::string text = left(label, indent);
  bool first = true;
  for (const std::string& word : words) {
    const std::string next = one_line(word);
    if (!first && display_width(text) + 2 + display_width(next) > terminal.width()) {
      terminal.line(text + ",");
      text = left("", indent);
      first = true;
    }
    text += (first ? "" : ", ") + fit(next, terminal.width() - indent - 1);
    first = false;
  }
  if (!words.empty()) terminal.line(text);
}

std::string with_thousands(std::int64_t number) {
  std::string text = std::to_string(number);
  for (int i = int(text.size()) - 3; i > 0; i -= 3) text.insert(std::size_t(i), ",");
  return text;
}

const char* name(engine::Tokenizer::Kind kind) {
  switch (kind) {
    case engine::Tokenizer::Kind::bpe:
      return "byte-level BPE";
    case engine::Tokenizer::Kind::symbols:
      return "one symbol a token";
    case engine::Tokenizer::Kind::ids:
      return "none: texts are token ids";
  }
  return "";
}

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  if (options.json) return terminal.line(report::dump(report::info(loaded)));
  const engine::Config& config = loaded.model.config;
  const auto row = [&](const char* label, const std::string& value) {
    terminal.line(left(label, 14) + fit(value, terminal.width() - 14));
  };
  row("layers", std::to_string(config.n_layers));
  row("heads",
      std::to_string(config.n_heads) + " a layer, d_head " + std::to_string(config.d_head));
  row("d_model", std::to_string(config.d_model));
  row("d_vocab", std::to_string(config.d_vocab));
  row("n_ctx", std::to_string(config.n_ctx));
  row("positions", config.positions == engine::Positions::shortformer
                       ? "shortformer: added to what queries and keys read"
                       : "standard: added to the residual stream");
  const bool none = config.normalization == engine::Normalization::none;
  row("LayerNorm", none                                                ? "none"
                   : config.normalization == engine::Normalization::LN ? "LN"
                                                                       : "LNPre");
  row("parameters", with_thousands(loaded.parameters));
  row("tokenizer", name(loaded.tokenizer.kind()));
  if (loaded.bos >= 0) row("in front", shown_token(loaded, loaded.bos));
  list(terminal, "ignored", loaded.ignored);
}

}  // namespace

const Command info_command = {"info", "What the model is: its sizes, kinds, heads",
                              [](Arguments&, Options&) {}, answer};

}  // namespace cli
