#include "engine/term_importance.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/layer_norm.h"
#include "engine/path_flow.h"
#include "engine/predictions.h"
#include "engine/stream_work.h"

namespace engine {

namespace {

std::vector<Path> terms_of(const Config& config) {
  std::vector<Path> terms;
  const std::vector<HeadId> heads = all_heads(config);
  for (HeadId head : heads) terms.push_back({head});
  for (HeadId earlier : heads)
    for (HeadId later : heads)
      if (earlier.layer < later.layer) terms.push_back({earlier, later});
  return terms;
}

// The loss of each position, from logits that come some rows of the vocabulary at a time.
class Losses {
 public:
  explicit Losses(std::size_t n) : sums_(n), next_(n) {}

  // logits: rows `row` on of the vocabulary, a column a position.
  void add(const Matrix& logits, int row, const std::vector<int>& next) {
    sums_.add(logits, row);
    for (std::size_t i = 0; i < next_.size(); ++i)
      if (next[i] >= row && next[i] < row + logits.rows())
        next_[i] = logits(next[i] - row, Eigen::Index(i));
  }

  double total() const {
    double total = 0;
    for (std::size_t i = 0; i < next_.size(); ++i) total += sums_.log_sum(i) - double(next_[i]);
    return total;
  }

 private:
  SoftmaxSums sums_;
  std::vector<float> next_;  // the logit of the token that follows
};

// Writes that leave the logits, each on its own, and that end in the same matrix:
// logits - W_U last z.
struct Removal {
  Matrix last;                  // d_model x rank; empty: the identity
  std::vector<Matrix> z;        // rank x n each; empty: nothing leaves
  std::vector<double*> totals;  // where each one's loss goes
};

}  // namespace

// One window's run, what each head makes of each order of paths, and the losses without each term,
// some rows of the vocabulary after the other. The terms that end in one head need W_U W_O of that
// head only, d_vocab x d_head: their logits cost d_head / d_model of a product with W_U.
class TermImportanceMeter::Window {
 public:
  // `tokens`: the predictions' positions and the last token.
  Window(const Model& model, const std::vector<int>& tokens, const Cuts& cuts, bool frozen,
         const std::vector<Path>& terms)
      : model_(model),
        terms_(terms),
        next_(tokens.begin() + 1, tokens.end()),
        stream_(std::in_place, model, std::vector<int>(tokens.begin(), tokens.end() - 1), cuts,
                frozen) {
    sums_.orders.resize(std::size_t(model.config.n_layers));
    sums_.without.resize(terms.size());
  }

  bool done() const { return removal_index_ == n_removals(); }
  const TermLosses& sums() const { return sums_; }

  double progress() const {
    const double all = double(2 + sums_.orders.size() + terms_.size());  // the run is one more
    if (stream_) return stream_->progress() / 2 / all;
    const double left = double(carries_.size() - carried_);
    const double run = left == 0 ? 1 : 1 - left / double(2 * carries_.size());
    const double removed = double(removal_.z.size()) * row_ / d_vocab();
    return (run + double(finished_) + removed) / all;
  }

  // A head of the run, a head of an order, or the next rows of the vocabulary.
  void step() {
    if (stream_) return step_stream();
    if (carried_ < carries_.size()) return carry(carries_[carried_++]);
    if (!begun_) begin_removal();
    remove();
  }

 private:
  // A head whose paths of this order are next.
  struct Carry {
    int order = 0;
    HeadId head;
  };

  void step_stream() {
    stream_->step();
    if (!stream_->done()) return;
    run_ = stream_->take();
    stream_.reset();
    input_ = unembedding_input(model_, run_, 0, run_.n());
    run_.logits.resize(d_vocab(), run_.n());
    begin_orders();
  }

  // Rows of the vocabulary that are taken together: logits of so many stay in the cache.
  int rows_together() const {
    const int most = 256;
    const bool narrow = removal_.last.size();
    const double rank = narrow ? double(removal_.last.cols()) : model_.config.d_model;
    const double end = narrow ? rank * model_.config.d_model : 0;
    const double of_terms = rank * run_.n() * double(removal_.z.size());
    return std::min({rows_a_step(end + of_terms), most, d_vocab() - row_});
  }

  // From the next rows of the vocabulary.
  void remove() {
    const int rows = rows_together();
    const auto W_U = model_.weights.W_U.middleRows(row_, rows);
    if (removal_index_ == 0) add_logits(rows);
    const Matrix end = removal_.last.size() ? Matrix(W_U * removal_.last) : Matrix(W_U);
    Matrix logits;
    for (std::size_t t = 0; t < removal_.z.size(); ++t) {
      logits = run_.logits.middleRows(row_, rows);
      if (removal_.z[t].size()) logits.noalias() -= end * removal_.z[t];
      losses_[t].add(logits, row_, next_);
    }
    row_ += rows;
    if (row_ < d_vocab()) return;
    for (std::size_t t = 0; t < losses_.size(); ++t) *removal_.totals[t] = losses_[t].total();
    finished_ += losses_.size();
    ++removal_index_;
    begun_ = false;
    removal_ = {};
    row_ = 0;
  }

  int d_vocab() const { return model_.config.d_vocab; }
  int n_removals() const {
    const int heads = terms_.empty() ? 0 : model_.config.n_heads;
    return 1 + model_.config.n_layers * (1 + heads);
  }
  std::size_t index(HeadId id) const {
    return std::size_t(id.layer * model_.config.n_heads + id.head);
  }

  // Those of the run, which the terms then leave; weights that are finite alone can be too large
  // together.
  void add_logits(int rows) {
    auto logits = run_.logits.middleRows(row_, rows);
    logits.noalias() = model_.weights.W_U.middleRows(row_, rows) * input_;
    const Vector& b_U = model_.weights.b_U;
    if (b_U.size()) logits.colwise() += b_U.segment(row_, rows);
    if (!logits.allFinite())
      fail("the logits are not finite: this model's numbers are too large for float32");
  }

  // d_head x n: a head's values, mixed by its pattern.
  Matrix attended(HeadId id, const Matrix& values) const {
    const HeadRunOf<float>& head = run_.head(id);
    return values * head.scale[int(Input::V)].asDiagonal() * head.pattern.transpose();
  }

  // d_model x rank -> d_head x rank: what the head's values read, but for the LayerNorm's scale.
  Matrix values_of(HeadId id, const Matrix& x) const {
    const NormWeightsOf<float>& ln1 = model_.weights.layers[std::size_t(id.layer)].ln1;
    return model_.head(id).W_V * norm_linear(model_.config, ln1, x);
  }

  Matrix write_of(int order, HeadId id) const {
    return model_.head(id).W_O * z_[std::size_t(order)][index(id)];
  }

  // The streams of each order of paths, and what each head makes of them, one head after the other:
  // a layer's from the highest order on, for each reads the stream of one less before the layer. No
  // biases.
  void begin_orders() {
    const Config& config = model_.config;
    const std::size_t orders = std::size_t(config.n_layers) + 1;
    streams_.assign(orders, Matrix::Zero(config.d_model, run_.n()));
    streams_[0] = run_.embedding();
    z_.assign(orders, std::vector<Matrix>(std::size_t(config.n_layers * config.n_heads)));
    for (int l = 0; l < config.n_layers; ++l)
      for (int order = l + 1; order > 0; --order)
        for (int h = 0; h < config.n_heads; ++h) carries_.push_back({order, {l, h}});
  }

  void carry(const Carry& next) {
    const HeadId id = next.head;
    Matrix x = streams_[std::size_t(next.order - 1)];
    for (HeadId earlier : all_heads(model_.config))
      if (next.order > 1 && earlier.layer < id.layer && run_.cuts.edge(earlier, id, Input::V))
        x -= write_of(next.order - 1, earlier);
    z_[std::size_t(next.order)][index(id)] = attended(id, values_of(id, x));
    streams_[std::size_t(next.order)] += write_of(next.order, id);
  }

  void begin_removal() {
    begun_ = true;
    const int orders = model_.config.n_layers;
    if (removal_index_ == 0) {
      removal_.z.emplace_back();
      removal_.totals.push_back(&sums_.whole);
    } else if (removal_index_ <= orders) {
      remove_above(removal_index_ - 1);
    } else {
      const int head = removal_index_ - 1 - orders;
      remove_terms_of({head / model_.config.n_heads, head % model_.config.n_heads});
    }
    losses_.assign(removal_.z.size(), Losses(next_.size()));
  }

  // All paths of more than `order` heads leave, but those that the cuts took out before.
  void remove_above(int order) {
    Matrix write = Matrix::Zero(model_.config.d_model, run_.n());
    for (int k = order + 1; k <= model_.config.n_layers; ++k)
      for (HeadId head : all_heads(model_.config))
        if (head.layer + 1 >= k && !run_.cuts.logits(head)) write += write_of(k, head);
    for (const Path& path : run_.cuts.paths())
      if (int(path.size()) > order) write -= path_flow(model_, run_, path);
    write = norm_linear(model_.config, model_.weights.ln_final, write);
    removal_.z.push_back(write * run_.final_scale.asDiagonal());
    removal_.totals.push_back(&sums_.orders[std::size_t(order)]);
  }

  // The head's own term leaves, then each virtual head that ends in it.
  void remove_terms_of(HeadId id) {
    removal_.last = norm_linear(model_.config, model_.weights.ln_final, model_.head(id).W_O);
    for (std::size_t t = 0; t < terms_.size(); ++t) {
      const Path& path = terms_[t];
      if (path.back() != id) continue;
      removal_.totals.push_back(&sums_.without[t]);
      removal_.z.emplace_back();
      if (run_.cuts.removes(path)) continue;
      const HeadId first = path.front();
      const Matrix& direct = z_[1][index(first)];
      const Matrix z =
          path.size() == 1 ? direct : attended(id, values_of(id, model_.head(first).W_O) * direct);
      removal_.z.back() = z * run_.final_scale.asDiagonal();
    }
  }

  const Model& model_;
  const std::vector<Path>& terms_;
  const std::vector<int> next_;         // the token that follows each of the run's
  std::optional<StreamWork> stream_;    // until the run stands
  Run run_;                             // its logits are made by the first removal, of nothing
  Matrix input_;                        // d_model x n: what W_U reads
  std::vector<Matrix> streams_;         // by order: d_model x n, what paths of so many heads wrote
  std::vector<std::vector<Matrix>> z_;  // by order (from 1 on) and head: d_head x n
  std::vector<Carry> carries_;          // what makes them
  std::size_t carried_ = 0;             // of those
  bool begun_ = false;                  // has the present removal begun?
  int removal_index_ = 0;               // 0: none; each order but the last; each head
  Removal removal_;                     // the present one
  std::vector<Losses> losses_;          // without each of its z
  int row_ = 0;                         // of the vocabulary
  std::size_t finished_ = 0;            // losses
  TermLosses sums_;
};

TermImportanceMeter::TermImportanceMeter(const Model& model, std::vector<int> tokens,
                                         const Cuts& cuts, bool frozen, int windows,
                                         ImportanceOf of)
    : model_(model),
      tokens_(std::move(tokens)),
      cuts_(cuts),
      frozen_(frozen),
      windows_(held_out_windows(model.config, tokens_, windows)),
      terms_(of == ImportanceOf::orders ? std::vector<Path>() : terms_of(model.config)) {
  sums_.orders.resize(std::size_t(model.config.n_layers));
  sums_.without.resize(terms_.size());
}

TermImportanceMeter::~TermImportanceMeter() = default;

void TermImportanceMeter::step() {
  assert(!done());
  if (!current_)
    current_ =
        std::make_unique<Window>(model_, windows_.tokens(tokens_, window_), cuts_, frozen_, terms_);
  current_->step();
  if (!current_->done()) return;
  const TermLosses& losses = current_->sums();
  sums_.whole += losses.whole;
  for (std::size_t k = 0; k < sums_.orders.size(); ++k) sums_.orders[k] += losses.orders[k];
  for (std::size_t t = 0; t < terms_.size(); ++t) sums_.without[t] += losses.without[t];
  current_.reset();
  ++window_;
}

double TermImportanceMeter::progress() const {
  return (window_ + (current_ ? current_->progress() : 0)) / windows_.count;
}

TermImportance TermImportanceMeter::result() const {
  assert(window_ > 0);
  TermImportance result;
  result.predictions = (long long)(window_) * (windows_.width - 1);
  const double count = double(result.predictions);
  result.loss_uniform = std::log(double(model_.config.d_vocab));
  result.loss = sums_.whole / count;
  for (double sum : sums_.orders) result.loss_by_order.push_back(sum / count);
  result.loss_by_order.push_back(result.loss);
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    const TermNats term = {terms_[t], (sums_.without[t] - sums_.whole) / count};
    (terms_[t].size() == 1 ? result.heads : result.virtual_heads).push_back(term);
  }
  return result;
}

}  // namespace engine
