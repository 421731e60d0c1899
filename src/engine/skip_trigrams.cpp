#include "engine/skip_trigrams.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "engine/error.h"
#include "engine/layer_norm.h"

namespace engine {

namespace {

const std::size_t sources_a_step = 64;
const Eigen::Index rows_together = 512;
const double products_a_step = 5e7;  // of numbers
const float rounding = 1e-4f;        // of bounds and products, relative

bool is_stronger(const SkipTrigram& a, const SkipTrigram& b) {
  return a.strength != b.strength ? a.strength > b.strength : a.source < b.source;
}

// The better of a column's best so far and the best of some more of its entries.
void improve(MatrixEntry& best, const Matrix& entries, Eigen::Index column,
             const std::vector<int>& rows, Eigen::Index first) {
  const float largest = entries.col(column).maxCoeff();
  if (largest < best.value) return;
  for (Eigen::Index i = 0; i < entries.rows(); ++i) {
    if (entries(i, column) != largest) continue;
    const int row = rows[std::size_t(first + i)];
    if (best.row < 0 || largest > best.value || row < best.row) best = {row, best.column, largest};
  }
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
  const double fit = products_a_step / (4.0 * config.d_head * config.d_model);
  const int tokens = std::min(config.d_vocab - next_, std::max(1, int(fit)));
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

ColumnMaxima::ColumnMaxima(FactoredMatrix matrix) : matrix_(std::move(matrix)) {
  const Vector norms = matrix_.left().rowwise().norm();
  rows_ = by_falling(norms);
  Matrix sorted(matrix_.rows(), matrix_.rank());
  row_norms_.resize(norms.size());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    sorted.row(Eigen::Index(i)) = matrix_.left().row(rows_[i]);
    row_norms_[Eigen::Index(i)] = norms[rows_[i]];
  }
  column_norms_ = matrix_.right().colwise().norm().transpose() * (1 + rounding);
  if (norms.size()) longest_ = row_norms_[0];
  matrix_ = {std::move(sorted), matrix_.right()};
}

std::vector<MatrixEntry> ColumnMaxima::largest(const std::vector<int>& columns,
                                               const Vector& floors) const {
  assert(std::size_t(floors.size()) == columns.size());
  std::vector<MatrixEntry> best;
  std::vector<std::size_t> open;  // columns that a row still to come may raise
  for (std::size_t i = 0; i < columns.size(); ++i) {
    best.push_back({-1, columns[i], floors[Eigen::Index(i)]});
    open.push_back(i);
  }
  for (Eigen::Index first = 0; first < matrix_.rows(); first += rows_together) {
    const auto is_settled = [&](std::size_t i) {
      return row_norms_[first] * column_norms_[columns[i]] < best[i].value;
    };
    open.erase(std::remove_if(open.begin(), open.end(), is_settled), open.end());
    if (open.empty()) break;
    Matrix wide(matrix_.rank(), Eigen::Index(open.size()));
    for (std::size_t j = 0; j < open.size(); ++j)
      wide.col(Eigen::Index(j)) = matrix_.right().col(columns[open[j]]);
    const Eigen::Index height = std::min(rows_together, matrix_.rows() - first);
    const Matrix entries = matrix_.left().middleRows(first, height) * wide;
    for (std::size_t j = 0; j < open.size(); ++j)
      improve(best[open[j]], entries, Eigen::Index(j), rows_, first);
  }
  return best;
}

SkipTrigramSearch::SkipTrigramSearch(const Model& model, HeadId head, int count)
    : count_(std::size_t(count)) {
  assert(count >= 1);
  work_.emplace(model, head);
}

SkipTrigramSearch::SkipTrigramSearch(TokenTables tables, int count) : count_(std::size_t(count)) {
  assert(count >= 1);
  begin(std::move(tables));
}

void SkipTrigramSearch::begin(TokenTables tables) {
  qk_.emplace(std::move(tables.qk));
  ov_.emplace(std::move(tables.ov));
  Vector bounds(qk_->columns());
  for (Eigen::Index source = 0; source < bounds.size(); ++source)
    bounds[source] = bound(int(source));
  order_ = by_falling(bounds);
}

double SkipTrigramSearch::progress() const {
  const double share_of_tables = 0.1;
  if (done_) return 1;
  if (work_) return share_of_tables * work_->progress();
  return share_of_tables + (1 - share_of_tables) * double(next_) / double(order_.size());
}

void SkipTrigramSearch::step() {
  assert(!done_);
  if (!work_) return search();
  if (!work_->done()) return work_->step();
  begin(work_->take());
  work_.reset();
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

void SkipTrigramSearch::search() {
  const float least = weakest() * (1 - rounding);
  std::vector<int> sources;
  for (; next_ < order_.size() && sources.size() < sources_a_step; ++next_) {
    if (bound(order_[next_]) < least) break;  // the sources that follow are weaker still
    sources.push_back(order_[next_]);
  }
  done_ = sources.size() < sources_a_step || next_ == order_.size();

  // What a source must raise an output by, given the most that any token could look for it.
  Vector floors(Eigen::Index(sources.size()));
  for (std::size_t i = 0; i < sources.size(); ++i)
    floors[Eigen::Index(i)] = least / qk_->bound(sources[i]);
  std::vector<int> looked_for;
  std::vector<MatrixEntry> outputs;
  for (const MatrixEntry& output : ov_->largest(sources, floors)) {
    if (output.row < 0) continue;
    looked_for.push_back(output.column);
    outputs.push_back(output);
  }
  floors.resize(Eigen::Index(looked_for.size()));
  for (std::size_t i = 0; i < outputs.size(); ++i)
    floors[Eigen::Index(i)] = least / outputs[i].value;
  const std::vector<MatrixEntry> destinations = qk_->largest(looked_for, floors);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const float qk = destinations[i].value, ov = outputs[i].value;
    if (destinations[i].row < 0 || qk * ov < weakest()) continue;
    add({outputs[i].column, destinations[i].row, outputs[i].row, qk, ov, qk * ov});
  }
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
