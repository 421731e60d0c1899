// Explorer: the current model, text, run, selection and cuts, and the analyses of them, remembered.
// A setter only notes what changed; a getter computes what it needs once and keeps it, so that a
// frame that asks for everything again computes nothing. Figures and the page share one Explorer.
// Getters of tokens at a position, runs' readings and expansions need a text that is not empty.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/bigrams.h"
#include "engine/forward.h"
#include "engine/head_kinds.h"
#include "engine/model_file.h"
#include "engine/path_expansion.h"
#include "engine/training_log.h"
#include "explorer/cut_history.h"
#include "explorer/live_training.h"
#include "explorer/works.h"

namespace explorer {

// Which term of an expansion: a path of tokens, or of the biases that entered before it.
struct TermKey {
  engine::Path path;
  bool bias = false;
};
inline bool operator==(const TermKey& a, const TermKey& b) {
  return a.bias == b.bias && a.path == b.path;
}
inline TermKey key(const engine::Term& term) {
  return {term.path, term.kind == engine::TermKind::bias};
}

// A place in an attention pattern; a source of -1 means the whole row.
struct PatternCell {
  int destination = 0;
  int source = -1;
};

// Names of long work.
const char* const bigrams_work = "bigrams";          // engine::BigramCorrelation
const char* const heads_work = "heads";              // engine::HeadReadings
const char* const composition_work = "composition";  // engine::CompositionReadings
const char* const repeats_work = "repeats";          // engine::RepeatedRuns, of the model
const char* const companion_work = "companion";      // and of the companion
const char* const importance_work = "importance";    // explorer::ImportanceRun

// What the importance of terms is measured over, as it stood when that was asked for.
struct ImportanceQuestion {
  int number = 0;  // one more than of the question before
  bool held_out = false;
  std::vector<int> tokens;
  std::vector<std::string> cuts;
  bool frozen = false;
  bool stopped = false;
};

constexpr double most_score_terms = 1e5;    // of a score: more would take the page seconds
constexpr double most_loss_products = 1e9;  // of a run's softmaxes: tokens x d_vocab x d_model

class Explorer {
 public:
  explicit Explorer(std::shared_ptr<const engine::LoadedModel> loaded);

  const engine::LoadedModel& loaded() const { return *loaded_; }
  const engine::Config& config() const { return loaded_->model.config; }

  // The first n_ctx tokens of a text are kept; of a very long one no more is read than it takes to
  // know them. Throws Error (and keeps the old text) where the model's tokenizer cannot read it.
  void set_text(const std::string& text);
  // The text is then what the ids decode to, with U+FFFD for bytes that are no character. Throws
  // Error for an id that is not in the vocabulary.
  void set_ids(std::vector<int> ids);
  const std::string& text() const { return text_; }
  // False where ids were set that nobody gets by typing: the tokenizer reads the text otherwise.
  bool text_reads_as_tokens() const { return reads_as_tokens_; }
  const std::vector<int>& tokens() const { return tokens_; }
  int dropped() const { return dropped_; }  // tokens beyond n_ctx that were left out,
  bool dropped_unread() const { return dropped_unread_; }  // and an unread part of the text
  bool empty() const { return tokens_.empty(); }

  // The position that is read: the last, unless one was chosen; -1 where the text is empty. A
  // setter throws Error for a position, target or token that there is not.
  int position() const;
  bool position_chosen() const { return position_.has_value(); }
  void set_position(std::optional<int> position);
  void step_position(int step);  // as far as there are tokens; the last one is then unchosen

  // The next token whose logit is read: the model's top one, unless one was chosen.
  int target();
  bool target_chosen() const { return target_.has_value(); }
  void set_target(std::optional<int> target);

  engine::Reading::Against against() const { return against_; }
  int against_token() const { return against_token_; }
  void set_against(engine::Reading::Against against, int token = 0);
  engine::Reading reading();

  // Why there is no run, or no list of terms, to show: the sentence of the Error that the getters
  // below would throw; empty where there is one.
  const std::string& run_trouble();
  const std::string& terms_trouble();

  // The run without cuts and the run with them (the same where nothing is cut). Neither has logits:
  // over a large vocabulary those of all positions take seconds.
  const engine::Run& run();
  const engine::Run& cut_run();
  // The terms of the position's reading, in each of the two.
  const engine::Expansion& expansion();
  const engine::Expansion& cut_expansion();
  // The logits after the position, in each of the two, and their log softmax. d_vocab.
  const engine::Vector& logits();
  const engine::Vector& cut_logits();
  const engine::Vector& log_probabilities();
  const engine::Vector& cut_log_probabilities();
  // The text's loss, nats a token, without the cuts and with them; none without cuts, for a text of
  // one token or none, and where it would take longer than a change may (most_loss_products).
  struct CutLoss {
    double whole = 0, cut = 0;
  };
  std::optional<CutLoss> cut_loss();

  // Cuts, in the words of engine/cuts.h. Every change can be undone, one by one.
  const std::vector<std::string>& cuts() const { return cuts_.cuts(); }
  bool has_cuts() const { return !cuts().empty(); }
  void set_cuts(std::vector<std::string> cuts);  // throws Error, and keeps the old ones
  void toggle_cut(const std::string& cut);
  bool is_cut(const std::string& cut) const { return cuts_.has(cut); }
  void undo_cut();
  void redo_cut();
  bool can_undo() const { return cuts_.can_undo(); }
  bool can_redo() const { return cuts_.can_redo(); }
  void forget_cut_history();  // what was cut in another text is not undone in this one
  bool frozen() const { return cuts_.frozen(); }
  void set_frozen(bool frozen);
  // While it is on, a click on a term or a head cuts it.
  bool cut_tool() const { return cut_tool_; }
  void set_cut_tool(bool on);

  // The one highlight: what the pointer is on, or else what was clicked.
  const std::optional<TermKey>& hovered_term() const { return hovered_term_; }
  const std::optional<TermKey>& pinned_term() const { return pinned_term_; }
  const std::optional<TermKey>& shown_term() const;
  void hover_term(std::optional<TermKey> term);
  void pin_term(std::optional<TermKey> term);  // pinning the pinned one lets it go

  // The head shown large in the attention figure, and the place in its pattern under the pointer.
  engine::HeadId head() const { return head_; }
  bool head_chosen() const { return head_chosen_; }
  void set_head(engine::HeadId head);  // throws Error where the model has no such head
  void step_head(int step);            // by so many, as far as there are heads (the model has some)
  const std::optional<PatternCell>& hovered_cell() const { return hovered_cell_; }
  void hover_cell(std::optional<PatternCell> cell);

  // The position whose score the scores figure tells: the one that the shown head looks at most
  // from the position (the model has heads, and there is a run), unless one up to it was chosen.
  int source();
  const std::optional<int>& chosen_source() const { return source_; }
  void set_source(std::optional<int> source);
  // The token whose skip-trigrams are shown one by one; none unless it was chosen.
  const std::optional<int>& source_token() const { return source_token_; }
  void set_source_token(std::optional<int> token);

  // The corpus's bigrams; null where nobody gave them. Throws Error for those of another tokenizer.
  const engine::BigramCounts* bigram_counts() const { return bigram_counts_.get(); }
  void set_bigram_counts(engine::BigramCounts counts);

  // How the model was trained; empty where nobody told.
  const engine::TrainingLog& training_log() const { return training_log_; }
  void set_training_log(engine::TrainingLog log);

  // The runs that train beside the page, whatever the model is.
  const LiveTraining& live_training() const { return live_training_; }
  void begin_live(std::vector<LiveRun> runs);
  void add_live(std::size_t run, LiveStep step, std::optional<LiveSequence> sequence);
  void set_live_cuts(std::size_t run, std::vector<engine::HeadId> cuts);
  void toggle_live_cut(std::size_t run, engine::HeadId head);

  // A model that figures show beside this one, such as one with a layer less; null where none is.
  const engine::LoadedModel* companion() const { return companion_.get(); }
  void set_companion(std::shared_ptr<const engine::LoadedModel> companion);
  // Of the companion's training, which there must be; empty without one.
  const engine::TrainingLog& companion_log() const { return companion_log_; }
  void set_companion_log(engine::TrainingLog log);

  // The random tokens, each block twice, on which the induction figure runs the models. Throws
  // Error where the model cannot read so many.
  const engine::RepeatedOptions& repeats() const { return repeats_; }
  void set_repeats(const engine::RepeatedOptions& repeats);

  // The tokens (in the vocabulary) of a text that the model was not trained on; empty where none
  // was given.
  const std::vector<int>& held_out() const { return held_out_; }
  void set_held_out(std::vector<int> tokens);

  // Of the present text under the present cuts, or of the held-out text under them: at least two
  // tokens (else Error). Until it is asked anew, or stopped.
  const std::optional<ImportanceQuestion>& importance_question() const { return importance_; }
  void ask_importance(bool held_out);
  void stop_importance();

  // Long work, in steps (explorer/works.h). A figure that needs it draws its progress until it is
  // done.
  template <class Work, class Make>
  const Work& work(const std::string& name, const Make& make, const std::string& key = {}) {
    return works_.get<Work>(name, make, key);
  }
  template <class Work>
  const Work* find_work(const std::string& name, const std::string& key = {}) const {
    return works_.find<Work>(name, key);
  }
  std::string take_asked_work() { return works_.take_asked(); }
  // Is there more to do after it? Another figure may have finished it, or another key begun anew.
  // The revision grows with every twentieth of the work.
  bool step_work(const std::string& name);
  void give_up_works(const std::string& start, const std::string& but) {
    works_.give_up(start, but);
  }

  // Grows with every change that can be seen: draw, and read the tables again, when it did.
  unsigned revision() const { return revision_; }
  // A figure shows more or less of the same, such as rows that were folded: that can be seen too.
  void seen_change() { ++revision_; }

  // What a figure works out of the runs and expansions, under a name that no other type has:
  // computed once, and again after the text, the position, the reading or the cuts have changed.
  template <class Compute>
  auto remembered(const std::string& name, const Compute& compute) {
    return kept_in(remembered_, name, compute);
  }
  // The same of what is worked out of the weights alone: once and for good.
  template <class Compute>
  auto of_weights(const std::string& name, const Compute& compute) {
    return kept_in(of_weights_, name, compute);
  }

 private:
  using Kept = std::map<std::string, std::shared_ptr<const void>>;
  template <class Compute>
  static auto kept_in(Kept& all, const std::string& name, const Compute& compute) {
    using Value = decltype(compute());
    std::shared_ptr<const void>& kept = all[name];
    if (!kept) kept = std::make_shared<const Value>(compute());
    return std::static_pointer_cast<const Value>(kept);
  }
  void set_tokens(std::vector<int> ids);
  std::string text_of(std::vector<int> ids) const;
  bool reads_as(const std::string& text, const std::vector<int>& ids) const;
  void tokens_changed();
  void cuts_changed();
  void reading_changed();
  int top_token();

  std::shared_ptr<const engine::LoadedModel> loaded_;
  std::string text_;
  bool reads_as_tokens_ = true;
  std::vector<int> tokens_;
  int dropped_ = 0;
  bool dropped_unread_ = false;
  std::optional<int> position_, target_;
  engine::Reading::Against against_ = engine::Reading::Against::none;
  int against_token_ = 0;
  CutHistory cuts_;
  bool cut_tool_ = false;
  std::optional<TermKey> hovered_term_, pinned_term_;
  engine::HeadId head_;
  bool head_chosen_ = false;
  std::optional<PatternCell> hovered_cell_;
  std::optional<int> source_, source_token_;
  std::shared_ptr<const engine::BigramCounts> bigram_counts_;
  engine::TrainingLog training_log_;
  std::shared_ptr<const engine::LoadedModel> companion_;
  engine::TrainingLog companion_log_;
  engine::RepeatedOptions repeats_;
  std::vector<int> held_out_;
  std::optional<ImportanceQuestion> importance_;
  LiveTraining live_training_;
  unsigned revision_ = 0;

  // Remembered results; run_ and cut_run_ are brought up to date from their last tokens.
  std::optional<engine::Run> run_, cut_run_;
  bool run_current_ = false, cut_run_current_ = false;
  std::optional<std::string> run_trouble_, terms_trouble_;
  std::optional<int> top_token_;
  std::optional<engine::Expansion> expansion_, cut_expansion_;
  std::optional<engine::Vector> logits_, cut_logits_, log_probabilities_, cut_log_probabilities_;
  std::optional<double> whole_loss_, cut_loss_;
  Kept remembered_, of_weights_;
  Works works_;
};

}  // namespace explorer
