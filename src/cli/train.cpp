// pathscope train: trains a model as a train.json says, and goes on where it was stopped.
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "cli/command.h"
#include "cli/training.h"

namespace cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_signal(int) {
  interrupted = 1;
}

// The progress line on standard error, written over itself; nothing where that is no terminal.
class ProgressLine {
 public:
  void show(const std::string& text) {
    if (!terminal_) return;
    std::fprintf(stderr, "\r\033[K%s", text.c_str());
    shown_ = true;
  }
  void clear() {
    if (shown_) std::fputs("\r\033[K", stderr);
    shown_ = false;
  }

 private:
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  bool shown_ = false;
};

int work(const Options& options, Terminal& terminal) {
  Training training({options.config, options.corpus, options.valid, options.out},
                    options.threads.value_or(2));
  for (const std::string& notice : training.notices())
    std::fprintf(stderr, "note: %s\n", one_line(notice).c_str());
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);

  ProgressLine progress;
  const auto print = [&](const std::string& line) {
    progress.clear();
    terminal.line(line);
    terminal.flush();
  };
  const bool finished = training.run(
      [] { return interrupted != 0; },
      [&](const std::string& json, const std::string& text) { print(options.json ? json : text); },
      [&](const std::string& text) { progress.show(text); });
  progress.clear();
  if (!finished) {
    std::fprintf(stderr, "stopped after step %d of %d; the same command goes on from there\n",
                 training.steps_done(), training.steps());
    return 130;
  }
  print(options.json ? report::dump({{"model", options.out}}) : "the model is in " + options.out);
  return 0;
}

void add_options(Arguments& arguments, Options& options) {
  arguments.required("--config", options.config, "What is trained and how: a train.json", "FILE");
  arguments.read(
      "--corpus", [&options](const std::string& given) { options.corpus = given; },
      "The training text (not for the task \"repeat\")", "FILE");
  arguments.read(
      "--valid", [&options](const std::string& given) { options.valid = given; },
      "A held-out text, for the log's losses", "FILE");
  arguments.required("--out", options.out, "A folder for the model, its log and the checkpoint",
                     "DIR");
  arguments.number("--threads", options.threads, "How many sequences at a time (2)");
  arguments.footer(
      "A line tells the losses in nats (of the training text, of the held-out text), the share of\n"
      "repeated random tokens that is predicted in the second copy (copied), and the best heads'\n"
      "induction and previous-token scores. With --json it is one object a line.\n"
      "The folder always holds the model as it stands. A run that was stopped, by Ctrl-C or in "
      "any\n"
      "other way, goes on from the folder's checkpoint when the same command is given again.");
}

}  // namespace

const Command train_command = {"train", "Train a model", add_options, nullptr, work};

}  // namespace cli
