#include "engine/skip_trigrams.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "engine/error.h"
#include "engine/layer_norm.h"
#include "engine/predictions.h"

namespace engine {

namespace {

const std::size_t sources_a_step = 64;

bool is_stronger(const SkipTrigram& a, const SkipTrigram& b) {
  return a.strength != b.strength ? a.strength > b.strength : a.source < b.source;
}

}  // namespace

TokenTablesWork::TokenTablesWork(const Model& model, HeadId head)
    : model_(model),
      id_(head),
      head_(folded_head(model, head)),
      read_(norm_linear(model.config, model.weights.ln_final, head_.W_O)),
      queries_(model.config.d_vocab, model.config.d_head),
      keys_(model.config.d_head, model.config.d_vocab),
      outputs_(model.config.d_vocab, model.config.d_head),
      values_(model.config.d_head, model.config.d_vocab) {}

void TokenTablesWork::step() {
  assert(!done());
  const Config& config = model_.config;
  const int fit = rows_a_step(4.0 * config.d_head * config.d_model);
  const int tokens = std::min(config.d_vocab - next_, fit);
  const auto W_E = model_.weights.W_E.middleCols(next_, tokens);
  const auto W_U = model_.weights.W_U.middleRows(next_, tokens);
  queries_.middleRows(next_, tokens) = (head_.W_Q * W_E).transpose() / float(config.attn_scale);
  keys_.middleCols(next_, tokens).noalias() = head_.W_K * W_E;
  outputs_.middleRows(next_, tokens).noalias() = W_U * read_;
  values_.middleCols(next_, tokens).noalias() = head_.W_V * W_E;
  next_ += tokens;
}

TokenTables TokenTablesWork::take() {
  assert(done());
  keys_.colwise() -= Vector(keys_.rowwise().mean());
  outputs_.rowwise() -= outputs_.colwise().mean().eval();
  for (const Matrix* factor : {&queries_, &keys_, &outputs_, &values_})
    if (!factor->allFinite()) fail("the weights of ", name(id_), " give numbers not finite");
  return {{std::move(queries_), std::move(keys_)}, {std::move(outputs_), std::move(values_)}};
}

TokenTables token_tables(const Model& model, HeadId head) {
  TokenTablesWork work(model, head);
  while (!work.done()) work.step();
  return work.take();
}

SourceColumn source_column(const Model& model, HeadId head, int source) {
  const Matrix& W_E = model.weights.W_E;
  assert(source >= 0 && source < W_E.cols());
  const HeadWeights folded = folded_head(model, head);
  const Vector key = folded.W_K * (W_E.col(source) - W_E.rowwise().mean());
  const Matrix write = folded.W_O * (folded.W_V * W_E.col(source));
  SourceColumn column;
  column.qk = W_E.transpose() * (folded.W_Q.transpose() * key) / float(model.config.attn_scale);
  column.ov = model.weights.W_U * norm_linear(model.config, model.weights.ln_final, write);
  column.ov.array() -= column.ov.mean();
  if (!column.qk.allFinite() || !column.ov.allFinite())
    fail("the weights of ", name(head), " give numbers not finite");
  return column;
}

SkipTrigramSearch::SkipTrigramSearch(const Model& model, HeadId head, int count)
    : count_(std::size_t(count)) {
  assert(count >= 1);
  work_.emplace(model, head);
}

SkipTrigramSearch::SkipTrigramSearch(TokenTables tables, int count)
    : tables_(std::move(tables)), count_(std::size_t(count)) {
  assert(count >= 1);
  while (tables_) sort_next();
}

// A table's rows, and at last the sources.
void SkipTrigramSearch::sort_next() {
  if (!qk_) {
    qk_.emplace(std::move(tables_->qk));
  } else if (!ov_) {
    ov_.emplace(std::move(tables_->ov));
  } else {
    tables_.reset();
    Vector bounds(qk_->columns());
    for (Eigen::Index source = 0; source < bounds.size(); ++source)
      bounds[source] = bound(int(source));
    order_ = by_falling(bounds);
  }
}

double SkipTrigramSearch::progress() const {
  const double share_of_tables = 0.1;
  if (done_) return 1;
  if (work_) return share_of_tables * work_->progress();
  if (tables_) return share_of_tables;
  return share_of_tables + (1 - share_of_tables) * double(next_) / double(order_.size());
}

void SkipTrigramSearch::step() {
  assert(!done_);
  if (work_ && !work_->done()) return work_->step();
  if (work_) {
    tables_ = work_->take();
    work_.reset();
  } else if (tables_) {
    sort_next();
  } else if (destinations_) {
    destinations_->step();
    if (destinations_->done()) add_found();
  } else {
    if (!outputs_) begin_sources();
    if (!outputs_->done()) outputs_->step();
    if (outputs_->done()) begin_destinations();
  }
}

float SkipTrigramSearch::weakest() const {
  const float least = std::numeric_limits<float>::min();  // strengths are positive
  return found_.size() < count_ ? least : std::max(least, found_.front().strength);
}

void SkipTrigramSearch::add(const SkipTrigram& found) {
  if (found_.size() == count_) {
    if (!is_stronger(found, found_.front())) return;
    std::pop_heap(found_.begin(), found_.end(), is_stronger);
    found_.pop_back();
  }
  found_.push_back(found);
  std::push_heap(found_.begin(), found_.end(), is_stronger);
}

// The next sources, with what each must raise an output by, given the most that any token could
// look for it.
void SkipTrigramSearch::begin_sources() {
  const float least = weakest() * (1 - maxima_rounding);
  std::vector<int> sources;
  bool weaker = false;  // those that follow are
  while (next_ < order_.size() && sources.size() < sources_a_step && !weaker) {
    weaker = bound(order_[next_]) < least;
    if (!weaker) sources.push_back(order_[next_++]);
  }
  if (weaker) next_ = order_.size();
  Vector floors(Eigen::Index(sources.size()));
  for (std::size_t i = 0; i < sources.size(); ++i)
    floors[Eigen::Index(i)] = least / qk_->bound(sources[i]);
  outputs_.emplace(*ov_, sources, floors);
}

void SkipTrigramSearch::begin_destinations() {
  const float least = weakest() * (1 - maxima_rounding);
  std::vector<int> looked_for;
  raised_.clear();
  for (const MatrixEntry& output : outputs_->best()) {
    if (output.row < 0) continue;
    looked_for.push_back(output.column);
    raised_.push_back(output);
  }
  Vector floors(Eigen::Index(looked_for.size()));
  for (std::size_t i = 0; i < raised_.size(); ++i)
    floors[Eigen::Index(i)] = least / raised_[i].value;
  outputs_.reset();
  destinations_.emplace(*qk_, looked_for, floors);
  if (destinations_->done()) add_found();
}

void SkipTrigramSearch::add_found() {
  const std::vector<MatrixEntry>& destinations = destinations_->best();
  for (std::size_t i = 0; i < raised_.size(); ++i) {
    const float qk = destinations[i].value, ov = raised_[i].value;
    if (destinations[i].row < 0 || qk * ov < weakest()) continue;
    add({raised_[i].column, destinations[i].row, raised_[i].row, qk, ov, qk * ov});
  }
  destinations_.reset();
  done_ = next_ == order_.size();
  if (!done_) return;
  qk_.reset();
  ov_.reset();
}

std::vector<SkipTrigram> SkipTrigramSearch::result() const {
  std::vector<SkipTrigram> strongest = found_;
  std::sort(strongest.begin(), strongest.end(), is_stronger);
  return strongest;
}

}  // namespace engine
