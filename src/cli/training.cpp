#include "cli/training.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "cli/files.h"
#include "engine/error.h"
#include "engine/head_kinds.h"
#include "engine/held_out.h"
#include "engine/json.h"
#include "engine/model_writer.h"

#if defined(EIGEN_USE_BLAS)
extern "C" void openblas_set_num_threads(int);
#endif

namespace cli {

namespace {

namespace fs = std::filesystem;

const double checkpoint_seconds = 30;
const int valid_windows = 32;  // for the log; models/check measures the whole text
const int log_reports = 100;

double now() {
  using clock = std::chrono::steady_clock;
  return std::chrono::duration<double>(clock::now().time_since_epoch()).count();
}

// Probabilities far below float's range would be handled by slow microcode; in training they count
// as zero.
void flush_subnormals() {
#if defined(__SSE__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}

// A step frees some megabytes and asks for them again; handed back to the system each time, they
// cost half of the time in page faults.
void keep_freed_memory() {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

// Ids of the tokens of one byte, 0 to 255; empty where the tokenizer lacks one.
std::vector<int> byte_ids_of(const engine::Tokenizer& tokenizer, int d_vocab) {
  std::vector<int> ids;
  for (int byte = 0; byte < 256; ++byte) {
    const std::optional<int> id = tokenizer.find(std::string(1, char(byte)));
    if (!id || *id >= d_vocab) return {};
    ids.push_back(*id);
  }
  return ids;
}

// A text's tokens, encoded a piece of some megabytes at a time at line ends.
std::vector<int> tokens_of_file(const engine::Tokenizer& tokenizer, const std::string& path,
                                int d_vocab) {
  const std::string text = read_text(path);
  std::vector<int> tokens;
  const std::size_t piece = std::size_t(4) << 20;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = std::min(text.size(), start + piece);
    if (end < text.size()) {
      const std::size_t line_end = text.rfind('\n', end);
      if (line_end != text.npos && line_end >= start) end = line_end + 1;
    }
    const std::string_view part = std::string_view(text).substr(start, end - start);
    for (int id : read_of(path, [&] { return tokenizer.encode(part); })) {
      if (id >= d_vocab)
        engine::fail(path, ": token id ", id, ", expected less than d_vocab = ", d_vocab);
      tokens.push_back(id);
    }
    start = end;
  }
  return tokens;
}

// The steps of about `log_reports` reports, evenly spaced in log tokens from a thousandth of the
// run on: before that nothing has moved.
bool is_log_step(int step, int steps) {
  const double first = std::max(1.0, steps / 1000.0);
  const auto place = [&](double at) {
    return std::floor(std::log(std::max(at, first) / first) / std::log(steps / first) *
                      (log_reports - 1));
  };
  return step == 1 || step == steps || (steps > first && place(step) > place(step - 1));
}

std::string text_of(const report::TrainReport& report) {
  double induction = 0, previous = 0;
  for (const engine::HeadScores& head : report.repeated.heads) {
    induction = std::max(induction, head.induction);
    previous = std::max(previous, head.previous_token);
  }
  char line[200];
  std::snprintf(line, sizeof line, "step %6d  %.2f M tokens  loss %.3f", report.step,
                double(report.tokens) / 1e6, report.loss);
  std::string text = line;
  if (report.valid_loss) {
    std::snprintf(line, sizeof line, "  held out %.3f", *report.valid_loss);
    text += line;
  }
  std::snprintf(line, sizeof line, "  copied %.2f  induction %.2f  previous %.2f",
                report.repeated.accuracy_second, induction, previous);
  return text + line;
}

}  // namespace

Training::Training(const TrainingFiles& files, int threads) : files_(files) {
  keep_freed_memory();
#if defined(EIGEN_USE_BLAS)
  openblas_set_num_threads(1);  // the sequences have the threads
#endif
  if (threads < 1) engine::fail("--threads: expected 1 or more, found ", threads);
  const train::TrainConfig config = read_config();
  read_texts(config);
  threads_ = std::min(threads, config.batch);
  note_oddities(config);
  go_on();
  for (int t = 0; t < threads_; ++t) {
    workspaces_.emplace_back(config.model);
    gradients_.push_back(engine::zeros_like(trainer_->parameters()));
  }
}

train::TrainConfig Training::read_config() {
  config_text_ = read_file(files_.config);
  if (!files_.corpus.empty() && report::wants_symbols(config_text_, files_.config)) {
    const std::string text = read_text(files_.corpus);
    if (text.empty()) engine::fail(files_.corpus, " is empty, expected a text to learn");
    config_text_ = report::with_symbols(config_text_, text, files_.config);
  }
  const train::TrainConfig config = report::read_train_config(config_text_, files_.config);
  if (config.task != train::Task::repeat && files_.corpus.empty())
    engine::fail("no corpus: the task of ", files_.config, " needs --corpus FILE");
  if (!engine::can_repeat(config.model))
    engine::fail(files_.config, ": n_ctx is ", config.model.n_ctx,
                 ", expected 4 or more: a run is tested on tokens that come twice");
  return config;
}

void Training::read_texts(const train::TrainConfig& config) {
  const engine::Config& model = config.model;
  if (!config.tokenizer.empty()) {
    const fs::path folder = fs::path(files_.config).parent_path();
    tokenizer_text_ = read_file((folder / config.tokenizer).string());
    tokenizer_ = engine::Tokenizer::from_json(tokenizer_text_);
  } else {
    tokenizer_ = model.symbols.empty() ? engine::Tokenizer::of_ids(model.d_vocab)
                                       : engine::Tokenizer::from_symbols(model.symbols);
  }
  std::vector<int> corpus;
  if (config.task != train::Task::repeat)
    corpus = tokens_of_file(*tokenizer_, files_.corpus, model.d_vocab);
  if (!files_.valid.empty())
    valid_tokens_ = tokens_of_file(*tokenizer_, files_.valid, model.d_vocab);
  trainer_.emplace(config, std::move(corpus), byte_ids_of(*tokenizer_, model.d_vocab));
}

// What trains, but hardly as somebody wants it to.
void Training::note_oddities(const train::TrainConfig& config) {
  const bool repeats = config.repeat_from > 0 || config.task == train::Task::repeat;
  if (config.repeat_min == config.repeat_max && repeats)
    notices_.push_back("repeated blocks all have the length " + std::to_string(config.repeat_min) +
                       ": a model can solve them by position alone, without induction heads");
  if (config.warmup >= config.steps)
    notices_.push_back("the run of " + std::to_string(config.steps) +
                       " steps ends within the warmup of " + std::to_string(config.warmup) +
                       ": the learning rate never reaches learning_rate");
  if (config.learning_rate == 0) notices_.push_back("learning_rate is 0: nothing is learned");
}

// From the folder's checkpoint, where there is one.
void Training::go_on() {
  std::error_code error;
  fs::create_directories(files_.out, error);
  if (error) engine::fail("cannot make the folder ", files_.out, ": ", error.message());
  const std::string checkpoint = (fs::path(files_.out) / "checkpoint.safetensors").string();
  if (!fs::exists(checkpoint)) return;
  try {
    trainer_->restore(read_file(checkpoint));
  } catch (const engine::Error& refused) {
    engine::fail(checkpoint, ": ", refused.what(),
                 "; give another --out, or delete it to begin anew");
  }
  std::ifstream log(fs::path(files_.out) / "log.jsonl");
  for (std::string line; std::getline(log, line);) {
    const engine::Json json = engine::parse_json(line, "log.jsonl");
    if (json.at("step").get<int>() > trainer_->steps_done()) break;
    seconds_before_ = json.at("seconds").get<double>();
    log_.push_back(line);
  }
}

void Training::step() {
  const train::Batch batch = trainer_->batch();
  std::vector<train::BatchLoss> losses(workspaces_.size());
  const auto work = [&](int t) {
    flush_subnormals();
    engine::Parameters& gradient = gradients_[std::size_t(t)];
    for (engine::Matrix* matrix : gradient.matrices()) matrix->setZero();
    losses[std::size_t(t)] =
        trainer_->add_gradient(batch, t, threads_, workspaces_[std::size_t(t)], gradient);
  };
  std::vector<std::thread> others;
  for (int t = 1; t < threads_; ++t) others.emplace_back(work, t);
  work(0);
  for (std::thread& thread : others) thread.join();

  train::BatchLoss loss;
  for (int t = 0; t < threads_; ++t) {  // always in the same order: the same sums
    loss += losses[std::size_t(t)];
    if (t == 0) continue;
    const auto sums = gradients_[0].matrices(), shares = gradients_[std::size_t(t)].matrices();
    for (std::size_t m = 0; m < sums.size(); ++m) *sums[m] += *shares[m];
  }
  trainer_->apply(batch, gradients_[0], loss);
}

bool Training::report_due() const {
  const train::TrainConfig& config = trainer_->config();
  const int step = trainer_->steps_done();
  return config.report_every ? step % config.report_every == 0 || trainer_->finished()
                             : is_log_step(step, config.steps);
}

void Training::report() {
  const engine::Model model = trainer_->model();
  last_ = {};
  last_.step = trainer_->steps_done();
  last_.tokens = trainer_->tokens_done();
  last_.seconds = seconds_before_ + now() - started_;
  last_.loss = trainer_->take_mean_loss();
  if (!valid_tokens_.empty()) {
    const engine::HeldOutLoss held_out = engine::held_out_loss(model, valid_tokens_, valid_windows);
    last_.valid_loss = held_out.loss;
    last_.in_context = held_out.in_context;
  }
  last_.repeated = engine::repeated_scores(model);
  log_.push_back(report::dump(report::train_report(last_)));
}

void Training::save() {
  const fs::path out = files_.out;
  engine::Model model = trainer_->model();
  engine::centre_W_U(model);
  write_file((out / "model.safetensors").string(), engine::write_weights_f16(model));
  write_file((out / "config.json").string(), engine::write_config(model.config));
  write_file((out / "train.json").string(), config_text_);
  if (!tokenizer_text_.empty()) write_file((out / "tokenizer.json").string(), tokenizer_text_);
  std::string log;
  for (const std::string& line : log_) log += line + "\n";
  write_file((out / "log.jsonl").string(), log);
  write_file((out / "checkpoint.safetensors").string(), trainer_->checkpoint());
}

std::string Training::progress() const {
  const double elapsed = now() - started_;
  const long long done = trainer_->tokens_done() - tokens_at_start_;
  const double rate = elapsed > 0 ? double(done) / elapsed : 0;
  const train::TrainConfig& config = trainer_->config();
  const double left =
      double(config.steps - trainer_->steps_done()) * config.batch * config.model.n_ctx;
  char line[100];
  std::snprintf(line, sizeof line, "step %d of %d, %.0f tokens/s, %.0f min left",
                trainer_->steps_done(), config.steps, rate, rate > 0 ? left / rate / 60 : 0);
  return line + (last_.step ? "; last: " + text_of(last_) : "");
}

bool Training::run(const std::function<bool()>& stop,
                   const std::function<void(const std::string&, const std::string&)>& on_report,
                   const std::function<void(const std::string&)>& on_progress) {
  started_ = now();
  tokens_at_start_ = trainer_->tokens_done();
  double saved = now(), shown = 0;
  while (!trainer_->finished() && !stop()) {
    step();
    if (report_due()) {
      report();
      on_report(log_.back(), text_of(last_));
    }
    if (now() - shown > 1) {
      on_progress(progress());
      shown = now();
    }
    if (now() - saved > checkpoint_seconds) {
      save();
      saved = now();
    }
  }
  save();
  return trainer_->finished();
}

}  // namespace cli
