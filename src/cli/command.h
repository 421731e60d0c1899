// A command of `pathscope`: its options and what it does. One file per command.
#pragma once

#include <optional>
#include <string>

#include "cli/arguments.h"
#include "cli/terminal.h"
#include "engine/model_file.h"
#include "report/request.h"

namespace cli {

// What was given on the command line.
struct Options {
  std::string model;  // folder or .safetensors
  bool json = false;
  std::optional<std::string> text_file;
  bool text_optional = false;
  std::optional<std::string> counts;  // bigrams, claims: a file
  std::optional<std::string> set;     // claims: a folder
  std::string out;                    // run: the file to write; train: the folder
  report::Request request;            // the rest, in the words that the page uses too
  std::string config, corpus, valid;  // train: files
  std::optional<int> threads;         // train
};

struct Command {
  const char* name;
  const char* description;
  void (*add_options)(Arguments& arguments, Options& options);  // besides --model and --json
  // Answers on the terminal, as JSON where options.json.
  void (*answer)(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal);
  // In its place for a command without --model; returns the exit status.
  int (*work)(const Options& options, Terminal& terminal) = nullptr;
};

extern const Command info_command;
extern const Command tokens_command;
extern const Command logits_command;
extern const Command paths_command;
extern const Command attention_command;
extern const Command loss_command;
extern const Command heads_command;
extern const Command composition_command;
extern const Command importance_command;
extern const Command scores_command;
extern const Command expansion_command;
extern const Command bigrams_command;
extern const Command skip_trigrams_command;
extern const Command induction_command;
extern const Command claims_command;
extern const Command run_command;
extern const Command train_command;

// Options that several commands share.
void add_text_options(Arguments& arguments, Options& options);  // --text, --text-file, --ids
void add_cut_option(Arguments& arguments, Options& options);    // --cut
void add_cut_options(Arguments& arguments, Options& options);   // --cut, --frozen
void add_top_option(Arguments& arguments, Options& options, const std::string& help);

// Reads --text-file into the request. Throws Error where the text is given more than once, or
// not and it is not optional.
void read_request_text(Options& options);

// The token as the terminal shows it.
std::string shown_token(const engine::LoadedModel& loaded, int id);

// Is it an induction head? `head` is one of the answer to "heads" or "induction".
bool is_induction_head(const report::Json& head, const engine::Config& config);

// Says so where an answer's weights have a LayerNorm folded in.
void print_folded(const report::Json& json, Terminal& terminal);

}  // namespace cli
