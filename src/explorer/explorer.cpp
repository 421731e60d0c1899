#include "explorer/explorer.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "engine/error.h"
#include "engine/held_out.h"
#include "explorer/beginning.h"

namespace explorer {

using engine::Cuts;
using engine::Expansion;
using engine::HeadId;
using engine::Reading;
using engine::Run;
using engine::Vector;

namespace {

constexpr int repeated_length = 32, repeated_sequences = 10;

// What an Error says that `compute` throws; empty where it throws none.
template <class Compute>
std::string trouble_of(const Compute& compute) {
  try {
    compute();
    return {};
  } catch (const engine::Error& error) {
    return error.what();
  }
}

}  // namespace

Explorer::Explorer(std::shared_ptr<const engine::LoadedModel> loaded) : loaded_(std::move(loaded)) {
  assert(loaded_);
  head_ = {std::max(0, config().n_layers - 1), 0};
  repeats_.length = std::min(repeated_length, config().n_ctx / 2);
  repeats_.sequences = repeated_sequences;
  set_text("");
}

void Explorer::set_text(const std::string& text) {
  Beginning beginning = read_beginning(*loaded_, text);
  text_ = text;
  reads_as_tokens_ = true;
  dropped_unread_ = !beginning.whole;
  set_tokens(std::move(beginning.tokens));
}

void Explorer::set_ids(std::vector<int> ids) {
  for (int id : ids)
    if (id < 0 || id >= config().d_vocab)
      engine::fail("token id ", id, ", expected 0 to ", config().d_vocab - 1);
  text_ = text_of(ids);
  reads_as_tokens_ = reads_as(text_, ids);
  dropped_unread_ = false;
  set_tokens(std::move(ids));
}

// What is put in front of every text is no part of it.
std::string Explorer::text_of(std::vector<int> ids) const {
  if (loaded_->bos >= 0 && !ids.empty() && ids.front() == loaded_->bos) ids.erase(ids.begin());
  return engine::well_formed(loaded_->tokenizer.decode(ids));
}

bool Explorer::reads_as(const std::string& text, const std::vector<int>& ids) const {
  try {
    return engine::read_text(*loaded_, text) == ids;
  } catch (const engine::Error&) {
    return false;
  }
}

void Explorer::set_tokens(std::vector<int> ids) {
  const std::size_t n_ctx = std::size_t(config().n_ctx);
  dropped_ = int(ids.size() > n_ctx ? ids.size() - n_ctx : 0);
  ids.resize(std::min(ids.size(), n_ctx));
  if (ids == tokens_) {
    ++revision_;
    return;
  }
  tokens_ = std::move(ids);
  tokens_changed();
}

void Explorer::tokens_changed() {
  if (position_ && *position_ >= int(tokens_.size())) position_.reset();
  if (source_ && *source_ >= int(tokens_.size())) source_.reset();
  hovered_cell_.reset();
  run_current_ = false;
  whole_loss_.reset();
  cuts_changed();
}

void Explorer::cuts_changed() {
  cut_run_current_ = false;
  cut_loss_.reset();
  reading_changed();
}

void Explorer::reading_changed() {
  expansion_.reset();
  cut_expansion_.reset();
  logits_.reset();
  cut_logits_.reset();
  log_probabilities_.reset();
  cut_log_probabilities_.reset();
  top_token_.reset();
  remembered_.clear();
  run_trouble_.reset();
  terms_trouble_.reset();
  ++revision_;
}

int Explorer::position() const {
  return position_ ? *position_ : int(tokens_.size()) - 1;
}

void Explorer::set_position(std::optional<int> position) {
  if (position && (*position < 0 || *position >= int(tokens_.size())))
    engine::fail("position ", *position, ", expected 0 to ", int(tokens_.size()) - 1);
  if (position == position_) return;
  position_ = position;
  reading_changed();
}

void Explorer::step_position(int step) {
  const int last = int(tokens_.size()) - 1;
  const int to = std::clamp(position() + step, 0, std::max(0, last));
  set_position(to >= last ? std::nullopt : std::optional<int>(to));
}

int Explorer::target() {
  return target_ ? *target_ : top_token();
}

int Explorer::top_token() {
  if (!top_token_) top_token_ = engine::top_token(logits());
  return *top_token_;
}

void Explorer::set_target(std::optional<int> target) {
  if (target && (*target < 0 || *target >= config().d_vocab))
    engine::fail("target token id ", *target, ", expected 0 to ", config().d_vocab - 1);
  if (target == target_) return;
  target_ = target;
  reading_changed();
}

void Explorer::set_against(Reading::Against against, int token) {
  if (against == Reading::Against::token && (token < 0 || token >= config().d_vocab))
    engine::fail("against token id ", token, ", expected 0 to ", config().d_vocab - 1);
  if (against == against_ && token == against_token_) return;
  against_ = against;
  against_token_ = token;
  reading_changed();
}

Reading Explorer::reading() {
  return {target(), against_, against_token_};
}

const std::string& Explorer::run_trouble() {
  if (!run_trouble_)
    run_trouble_ = trouble_of([this] {
      if (!empty()) cut_logits();
    });
  return *run_trouble_;
}

const std::string& Explorer::terms_trouble() {
  if (!terms_trouble_)
    terms_trouble_ = trouble_of([this] {
      expansion();
      cut_expansion();
    });
  return *terms_trouble_;
}

const Run& Explorer::run() {
  if (!run_) {
    run_ = engine::forward_stream(loaded_->model, tokens_);
  } else if (!run_current_) {
    Run run = std::move(*run_);
    run_.reset();  // an update that throws leaves none
    engine::update(loaded_->model, run, tokens_);
    run_ = std::move(run);
  }
  run_current_ = true;
  return *run_;
}

const Run& Explorer::cut_run() {
  if (!has_cuts()) return run();
  if (!cut_run_current_) {
    const Run& uncut = run();
    const Run* frozen = cuts_.frozen() ? &uncut : nullptr;
    const bool same_cuts =
        cut_run_ && cut_run_->frozen == cuts_.frozen() && cut_run_->cuts.expressions() == cuts();
    if (same_cuts) {
      Run run = std::move(*cut_run_);
      cut_run_.reset();
      engine::update(loaded_->model, run, tokens_, frozen);
      cut_run_ = std::move(run);
    } else {
      cut_run_ =
          engine::forward_stream(loaded_->model, tokens_, Cuts::parse(cuts(), config()), frozen);
    }
    cut_run_current_ = true;
  }
  return *cut_run_;
}

const Expansion& Explorer::expansion() {
  if (!expansion_) expansion_ = engine::expand(loaded_->model, run(), position(), reading());
  return *expansion_;
}

const Expansion& Explorer::cut_expansion() {
  if (!has_cuts()) return expansion();
  if (!cut_expansion_)
    cut_expansion_ = engine::expand(loaded_->model, cut_run(), position(), reading());
  return *cut_expansion_;
}

std::optional<Explorer::CutLoss> Explorer::cut_loss() {
  if (!has_cuts() || tokens_.size() < 2) return {};
  const double products = double(tokens_.size()) * config().d_vocab * config().d_model;
  if (products > most_loss_products) return {};
  if (!whole_loss_) whole_loss_ = engine::mean_loss(loaded_->model, run());
  if (!cut_loss_) cut_loss_ = engine::mean_loss(loaded_->model, cut_run());
  return CutLoss{*whole_loss_, *cut_loss_};
}

const Vector& Explorer::logits() {
  if (!logits_) logits_ = engine::logits_at(loaded_->model, run(), position());
  return *logits_;
}

const Vector& Explorer::cut_logits() {
  if (!has_cuts()) return logits();
  if (!cut_logits_) cut_logits_ = engine::logits_at(loaded_->model, cut_run(), position());
  return *cut_logits_;
}

const Vector& Explorer::log_probabilities() {
  if (!log_probabilities_) log_probabilities_ = engine::log_probabilities(logits());
  return *log_probabilities_;
}

const Vector& Explorer::cut_log_probabilities() {
  if (!has_cuts()) return log_probabilities();
  if (!cut_log_probabilities_) cut_log_probabilities_ = engine::log_probabilities(cut_logits());
  return *cut_log_probabilities_;
}

void Explorer::set_cuts(std::vector<std::string> cuts) {
  Cuts::parse(cuts, config());
  if (cuts == cuts_.cuts()) return;
  cuts_.change(std::move(cuts), frozen());
  cuts_changed();
}

void Explorer::toggle_cut(const std::string& cut) {
  std::vector<std::string> cuts = cuts_.cuts();
  const auto found = std::find(cuts.begin(), cuts.end(), cut);
  if (found == cuts.end()) {
    cuts.push_back(cut);
  } else {
    cuts.erase(found);
  }
  set_cuts(std::move(cuts));
}

void Explorer::undo_cut() {
  if (cuts_.undo()) cuts_changed();
}

void Explorer::redo_cut() {
  if (cuts_.redo()) cuts_changed();
}

void Explorer::forget_cut_history() {
  cuts_.forget();
  ++revision_;
}

void Explorer::set_frozen(bool frozen) {
  if (frozen == cuts_.frozen()) return;
  cuts_.change(cuts_.cuts(), frozen);
  cuts_changed();
}

void Explorer::set_cut_tool(bool on) {
  if (on == cut_tool_) return;
  cut_tool_ = on;
  ++revision_;
}

const std::optional<TermKey>& Explorer::shown_term() const {
  return hovered_term_ ? hovered_term_ : pinned_term_;
}

void Explorer::hover_term(std::optional<TermKey> term) {
  if (term == hovered_term_) return;
  hovered_term_ = std::move(term);
  ++revision_;
}

void Explorer::pin_term(std::optional<TermKey> term) {
  if (term == pinned_term_) term.reset();
  if (term == pinned_term_) return;
  pinned_term_ = std::move(term);
  ++revision_;
}

void Explorer::set_head(HeadId head) {
  if (head.layer < 0 || head.layer >= config().n_layers || head.head < 0 ||
      head.head >= config().n_heads)
    engine::fail("head ", engine::name(head), ", expected one of ", config().n_layers,
                 " layers of ", config().n_heads, " heads");
  if (head == head_ && head_chosen_) return;
  head_ = head;
  head_chosen_ = true;
  hovered_cell_.reset();
  ++revision_;
}

void Explorer::step_head(int step) {
  const std::vector<engine::HeadId> heads = engine::all_heads(config());
  const auto at = std::find(heads.begin(), heads.end(), head_);
  const int last = int(heads.size()) - 1;
  set_head(heads[std::size_t(std::clamp(int(at - heads.begin()) + step, 0, last))]);
}

int Explorer::source() {
  if (source_ && *source_ <= position()) return *source_;
  Eigen::Index most;
  cut_run().head(head_).pattern.row(position()).maxCoeff(&most);
  return int(most);
}

void Explorer::set_source(std::optional<int> source) {
  if (source && (*source < 0 || *source >= int(tokens_.size())))
    engine::fail("source ", *source, ", expected 0 to ", int(tokens_.size()) - 1);
  if (source == source_) return;
  source_ = source;
  ++revision_;
}

void Explorer::set_source_token(std::optional<int> token) {
  if (token && (*token < 0 || *token >= config().d_vocab))
    engine::fail("source token id ", *token, ", expected 0 to ", config().d_vocab - 1);
  if (token == source_token_) return;
  source_token_ = token;
  ++revision_;
}

void Explorer::set_bigram_counts(engine::BigramCounts counts) {
  engine::require_fit(counts, *loaded_);
  works_.forget(bigrams_work);  // it reads the counts that go
  bigram_counts_ = std::make_shared<const engine::BigramCounts>(std::move(counts));
  remembered_.clear();
  ++revision_;
}

void Explorer::set_training_log(engine::TrainingLog log) {
  training_log_ = std::move(log);
  ++revision_;
}

void Explorer::begin_live(std::vector<LiveRun> runs) {
  live_training_.begin(std::move(runs));
  ++revision_;
}

void Explorer::add_live(std::size_t run, LiveStep step, std::optional<LiveSequence> sequence) {
  live_training_.add(run, std::move(step), std::move(sequence));
  ++revision_;
}

void Explorer::set_live_cuts(std::size_t run, std::vector<engine::HeadId> cuts) {
  live_training_.set_cuts(run, std::move(cuts));
  ++revision_;
}

void Explorer::toggle_live_cut(std::size_t run, engine::HeadId head) {
  live_training_.toggle_cut(run, head);
  ++revision_;
}

void Explorer::set_companion(std::shared_ptr<const engine::LoadedModel> companion) {
  companion_ = std::move(companion);
  companion_log_.clear();
  works_.forget(companion_work);
  ++revision_;
}

void Explorer::set_companion_log(engine::TrainingLog log) {
  assert(companion_);
  companion_log_ = std::move(log);
  ++revision_;
}

void Explorer::set_repeats(const engine::RepeatedOptions& repeats) {
  engine::check_repeats(repeats, config());
  repeats_ = repeats;
  ++revision_;
}

void Explorer::set_held_out(std::vector<int> tokens) {
  held_out_ = std::move(tokens);
  ++revision_;
}

void Explorer::ask_importance(bool held_out) {
  const std::vector<int>& tokens = held_out ? held_out_ : tokens_;
  if (tokens.size() < 2)
    engine::fail("the importance of terms is measured over at least two tokens, found ",
                 tokens.size());
  const int number = importance_ ? importance_->number + 1 : 0;
  importance_ = ImportanceQuestion{number, held_out, tokens, cuts(), frozen(), false};
  ++revision_;
}

void Explorer::stop_importance() {
  if (!importance_) return;
  importance_->stopped = true;
  works_.stop(importance_work);
  ++revision_;
}

bool Explorer::step_work(const std::string& name) {
  if (!works_.goes_on(name)) return false;
  if (works_.step(name)) ++revision_;
  return works_.goes_on(name);
}

void Explorer::hover_cell(std::optional<PatternCell> cell) {
  const bool same = cell.has_value() == hovered_cell_.has_value() &&
                    (!cell || (cell->destination == hovered_cell_->destination &&
                               cell->source == hovered_cell_->source));
  if (same) return;
  hovered_cell_ = cell;
  ++revision_;
}

}  // namespace explorer
