// pathscope COMMAND --model DIR [--json] [options]: reads the arguments, loads the model, answers.
// Exit status 0, or 2 with one line on standard error; 130 where Ctrl-C ended a training run.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/files.h"
#include "engine/error.h"

namespace {

const cli::Command* const commands[] = {
    &cli::info_command,          &cli::tokens_command,      &cli::logits_command,
    &cli::paths_command,         &cli::attention_command,   &cli::loss_command,
    &cli::heads_command,         &cli::composition_command, &cli::importance_command,
    &cli::scores_command,        &cli::expansion_command,   &cli::bigrams_command,
    &cli::skip_trigrams_command, &cli::induction_command,   &cli::claims_command,
    &cli::run_command,           &cli::train_command};

std::string names_of_commands() {
  std::string names;
  for (const cli::Command* command : commands)
    names += (names.empty() ? "" : ", ") + std::string(command->name);
  return names;
}

const cli::Command& find_command(const std::string& name) {
  for (const cli::Command* command : commands)
    if (command->name == name) return *command;
  engine::fail("no command '", name, "', expected one of ", names_of_commands());
}

// CLI11 takes the argument after `--text=` for its value; here that is an empty text.
std::vector<std::string> split_empty_values(const CLI::App& app,
                                            const std::vector<std::string>& arguments) {
  std::vector<std::string> split;
  bool is_value = false;
  for (std::string argument : arguments) {
    const bool ends_in_equals = argument.size() > 3 && argument.find('=') == argument.size() - 1;
    if (!is_value && ends_in_equals && argument.substr(0, 2) == "--") {
      argument.pop_back();
      split.push_back(argument);
      argument.clear();
    } else {
      const CLI::Option* option = is_value ? nullptr : app.get_option_no_throw(argument);
      is_value = option && option->get_items_expected_max() > 0;
    }
    split.push_back(argument);
  }
  return split;
}

std::string overview() {
  std::string text =
      "Reads a text with an attention-only transformer and shows what its logits are made of.\n"
      "Usage: pathscope COMMAND --model DIR [--json] [options]\n\nCommands:\n";
  for (const cli::Command* command : commands)
    text += "  " + cli::left(command->name, 15) + command->description + "\n";
  return text + "\npathscope COMMAND --help lists a command's options.\n";
}

void print_notices(const engine::LoadedModel& loaded) {
  for (const std::string& notice : loaded.notices)
    std::fprintf(stderr, "note: %s\n", cli::one_line(notice).c_str());
}

// The exit status.
int answer(const cli::Command& command, std::vector<std::string> arguments) {
  CLI::App app(command.description, "pathscope " + std::string(command.name));
  cli::Options options;
  if (command.answer)
    app.add_option("--model", options.model, "A model folder, or one .safetensors")
        ->required()
        ->type_name("DIR");
  app.add_flag("--json", options.json, "Answer in JSON, on one line");
  cli::Arguments asked(app);
  command.add_options(asked, options);
  arguments = split_empty_values(app, arguments);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    std::fputs(app.help().c_str(), stdout);
    return 0;
  } catch (const CLI::ParseError& error) {
    engine::fail(error.what(), " (pathscope ", command.name, " --help lists the options)");
  }
  cli::Terminal terminal;
  if (command.work) return command.work(options, terminal);
  const engine::LoadedModel loaded = cli::load_model(options.model);
  if (app.get_option_no_throw("--text")) cli::read_request_text(options);
  command.answer(loaded, options, terminal);
  terminal.flush();
  print_notices(loaded);
  return 0;
}

int run(int argc, char** argv) {
  std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  if (arguments.empty()) engine::fail("no command, expected one of ", names_of_commands());
  const std::string first = arguments.front();
  if (first == "--help" || first == "-h") {
    std::fputs(overview().c_str(), stdout);
    return 0;
  }
  arguments.erase(arguments.begin());
  return answer(find_command(first), std::move(arguments));
}

}  // namespace

int main(int argc, char** argv) {
  std::string message;
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    message = "out of memory";
  } catch (const std::exception& error) {
    message = error.what();
  }
  std::fprintf(stderr, "pathscope: %s\n", cli::one_line(message).c_str());
  return 2;
}
