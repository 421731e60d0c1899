#include "engine/path_expansion.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/layer_norm.h"
#include "engine/path_flow.h"
#include "engine/path_write.h"

namespace engine {

namespace {

using Row = Eigen::RowVectorXf;

// A route from some place in the residual stream to the logits: the heads passed (earliest first),
// how much of each source position comes through, and which direction of the stream is read.
struct Route {
  Path path;
  int layer = 0;     // the stream before this layer enters the route
  bool cut = false;  // some edge of it is cut
  Row row;           // 1 x (position + 1): product of pattern rows and LayerNorm scales
  Vector covector;   // d_model: the reading, pulled back through the route's W_OV
};

// The reading as a covector on the logits' input, and its value of b_U.
struct ReadingCovector {
  Vector of_stream;  // d_model
  double of_b_U = 0;
};

ReadingCovector covector_of(const Weights& weights, const Reading& reading) {
  ReadingCovector u;
  const bool bias = weights.b_U.size() > 0;
  u.of_stream = weights.W_U.row(reading.target).transpose();
  if (bias) u.of_b_U = double(weights.b_U[reading.target]);
  if (reading.against == Reading::Against::token) {
    u.of_stream -= weights.W_U.row(reading.against_token).transpose();
    if (bias) u.of_b_U -= double(weights.b_U[reading.against_token]);
  } else if (reading.against == Reading::Against::mean) {
    u.of_stream -= weights.W_U.colwise().mean().transpose();
    if (bias) u.of_b_U -= weights.b_U.cast<double>().mean();
  }
  return u;
}

// norm_linear is its own transpose but for the order of w and centring.
Vector norm_linear_transposed(const Config& config, const NormWeightsOf<float>& norm, Vector g) {
  if (config.normalization == Normalization::none) return g;
  if (norm.w.size()) g.array() *= norm.w.array();
  g.array() -= g.mean();
  return g;
}

bool any_nonzero(const Vector& bias) {
  return bias.size() > 0 && (bias.array() != 0).any();
}

double product(const Vector& covector, const Vector& bias) {
  return bias.size() ? double(covector.dot(bias)) : 0;
}

TermKind kind_of(const Path& path) {
  return path.empty()       ? TermKind::direct
         : path.size() == 1 ? TermKind::head
                            : TermKind::virtual_head;
}

// The bias that enters with a route's earliest head (b_V and LayerNorm's b), or, for the empty
// route, with the logits (b_U, ln_final.b).
struct Entering {
  bool any = false;
  double value = 0;  // in the reading
  Vector write;      // d_model: what the earliest head writes for it; empty for the empty route
};

// Walks all routes from the logits backwards and collects their terms. Each route's write is also
// carried forwards on its own, so that the sum over the whole vocabulary costs one product with W_U
// and shares with the terms only the rows of patterns and the embedding, not the covectors.
class Expander {
 public:
  Expander(const Model& model, const Run& run, int position)
      : model_(model),
        run_(run),
        seen_(position + 1),
        has_norm_(model.config.normalization != Normalization::none),
        embedding_(run.embedding().leftCols(seen_)),
        total_(Vector::Zero(model.config.d_model)) {}

  // The terms of the route itself, then of every longer one.
  void visit(const Route& route, const Entering& entering) {
    add_token_term(route);
    add_bias_term(route, entering);
    for (int l = 0; l < route.layer; ++l)
      for (int h = 0; h < model_.config.n_heads; ++h) extend(route, {l, h});
  }

  std::vector<Term> take_terms() { return std::move(terms_); }
  const Vector& total() const { return total_; }  // d_model: the sum of all writes

 private:
  void add_token_term(const Route& route) {
    Term term;
    term.path = route.path;
    term.kind = kind_of(route.path);
    term.cut = route.cut || run_.cuts.path(route.path);
    term.sources = Vector::Zero(seen_);
    if (!term.cut) {
      term.sources = route.row.transpose().cwiseProduct(embedding_.transpose() * route.covector);
      term.logit = float(term.sources.cast<double>().sum());
      total_ += carry(model_, route.path, embedding_ * route.row.transpose());
    }
    terms_.push_back(std::move(term));
  }

  // b_O of the layers that wrote to the stream before the route begins joins what enters with it.
  void add_bias_term(const Route& route, const Entering& entering) {
    const Vector b = output_bias(model_, route.layer);
    if (!entering.any && !any_nonzero(b)) return;
    Term term;
    term.path = route.path;
    term.kind = TermKind::bias;
    term.cut = route.cut;
    if (!route.cut) {
      term.logit = float(entering.value + product(route.covector, b) * double(route.row.sum()));
      total_ += carry(model_, route.path, b * route.row.sum());
      if (entering.write.size()) total_ += carry(model_, route.path, entering.write, 1);
    }
    terms_.push_back(std::move(term));
  }

  // The routes that begin one head earlier.
  void extend(const Route& route, HeadId id) {
    const HeadWeights& head = model_.head(id);
    const HeadRunOf<float>& head_run = run_.head(id);
    const NormWeightsOf<float>& ln1 = model_.weights.layers[std::size_t(id.layer)].ln1;
    Route longer;
    longer.path.reserve(route.path.size() + 1);
    longer.path.push_back(id);
    longer.path.insert(longer.path.end(), route.path.begin(), route.path.end());
    longer.layer = id.layer;
    longer.cut =
        route.cut || (route.path.empty() ? run_.cuts.logits(id)
                                         : run_.cuts.edge(id, route.path.front(), Input::V));
    const Vector bias = value_bias(model_, id);
    Entering entering;
    entering.any = any_nonzero(bias);
    if (!longer.cut) {
      const Vector z = head.W_O.transpose() * route.covector;  // d_head
      longer.row = route.row * head_run.pattern.topLeftCorner(seen_, seen_);
      if (has_norm_)
        longer.row.array() *= head_run.scale[int(Input::V)].head(seen_).transpose().array();
      longer.covector =
          norm_linear_transposed(model_.config, ln1, Vector(head.W_V.transpose() * z));
      entering.value = double(z.dot(bias)) * double(route.row.sum());
      if (entering.any) entering.write = head.W_O * (bias * route.row.sum());
    }
    visit(longer, entering);
  }

  const Model& model_;
  const Run& run_;
  const int seen_;  // positions that a path to `position` can start from
  const bool has_norm_;
  Matrix embedding_;  // d_model x seen
  Vector total_;
  std::vector<Term> terms_;
};

void check_terms(const Config& config) {
  const double count = term_count(config);
  if (count > max_terms)
    fail("with ", config.n_layers, " layers of ", config.n_heads, " heads there are ", count,
         " terms to a logit, expected at most ", max_terms, ": they are not listed");
}

void check_token(const Config& config, int token, const char* which) {
  if (token < 0 || token >= config.d_vocab)
    fail(which, " token id ", token, ", expected 0 to ", config.d_vocab - 1);
}

}  // namespace

const char* name(TermKind kind) {
  switch (kind) {
    case TermKind::direct:
      return "direct";
    case TermKind::head:
      return "head";
    case TermKind::virtual_head:
      return "virtual";
    case TermKind::bias:
      return "bias";
  }
  return "";
}

double term_count(const Config& config) {
  double count = 2;  // a route carries tokens and, as a term of its own, biases
  for (int l = 0; l < config.n_layers; ++l) count *= 1.0 + config.n_heads;
  return count;
}

Expansion expand(const Model& model, const Run& run, int position, const Reading& reading) {
  check_position(run, position);
  check_terms(model.config);
  check_token(model.config, reading.target, "target");
  if (reading.against == Reading::Against::token)
    check_token(model.config, reading.against_token, "against");
  const NormWeightsOf<float>& ln_final = model.weights.ln_final;
  const ReadingCovector u = covector_of(model.weights, reading);

  Route to_logits;
  to_logits.layer = model.config.n_layers;
  to_logits.row = Row::Zero(position + 1);
  to_logits.row[position] = 1;
  to_logits.covector =
      norm_linear_transposed(model.config, ln_final, u.of_stream) * run.final_scale[position];
  Entering entering;
  entering.any = any_nonzero(model.weights.b_U) || any_nonzero(ln_final.b);
  entering.value = u.of_b_U + product(u.of_stream, ln_final.b);

  Expansion expansion;
  expansion.position = position;
  expansion.reading = reading;
  Expander expander(model, run, position);
  expander.visit(to_logits, entering);
  expansion.terms = expander.take_terms();
  const Vector logits = unembed(model, run, position, expander.total()) + logit_bias(model);

  double sum = 0;
  for (const Term& term : expansion.terms) sum += double(term.logit);
  expansion.sum = float(sum);
  const Vector of_run = logits_at(model, run, position);
  expansion.logit = read(of_run, reading);
  expansion.max_abs_error = (logits - of_run).cwiseAbs().maxCoeff();
  if (reading.against == Reading::Against::none)  // the token that is read is one of them too
    expansion.max_abs_error =
        std::max(expansion.max_abs_error, std::abs(expansion.sum - expansion.logit));
  expansion.max_abs_logit = of_run.cwiseAbs().maxCoeff();
  std::stable_sort(
      expansion.terms.begin(), expansion.terms.end(),
      [](const Term& a, const Term& b) { return std::abs(a.logit) > std::abs(b.logit); });
  return expansion;
}

float read(const Vector& logits, const Reading& reading) {
  const float logit = logits[reading.target];
  switch (reading.against) {
    case Reading::Against::none:
      return logit;
    case Reading::Against::token:
      return logit - logits[reading.against_token];
    case Reading::Against::mean:
      return float(double(logit) - logits.cast<double>().mean());
  }
  return logit;
}

}  // namespace engine
