#include "engine/score_expansion.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/error.h"
#include "engine/layer_norm.h"
#include "engine/path_flow.h"
#include "engine/path_write.h"

namespace engine {

namespace {

using Row = Eigen::RowVectorXf;

struct SidePart {
  ScoreSide side;
  bool cut = false;
  Vector read;  // d_head: its share of the query or the key
};

// What one input of a head reads at one position, path by path. Walks the paths backwards from the
// head, as path_expansion does from the logits.
class Side {
 public:
  Side(const Model& model, const Run& run, HeadId head, Input input, int position)
      : model_(model),
        run_(run),
        head_(head),
        input_(input),
        position_(position),
        W_(input == Input::Q ? model.head(head).W_Q : model.head(head).W_K),
        bias_(Vector::Zero(model.config.d_model)) {
    Route route;
    route.layer = head.layer;
    route.row = Row::Zero(run.n());
    route.row[position] = 1;
    visit(route);
    if (model.config.positions == Positions::shortformer)
      add(ScoreSide::Kind::position, W_ * model.weights.W_pos.col(position));
    add_bias();
  }

  const std::vector<SidePart>& parts() const { return parts_; }

 private:
  struct Route {
    Path path;
    int layer = 0;        // the stream before this layer enters the route
    bool cut = false;     // some edge of it is cut
    Row row;              // 1 x n: how much of each position comes through
    float into_head = 0;  // how much of what the first head's values add comes through
  };

  const NormWeightsOf<float>& ln1(int layer) const {
    return model_.weights.layers[std::size_t(layer)].ln1;
  }

  Vector read(const Vector& stream) const {
    return W_ * norm_linear<float>(model_.config, ln1(head_.layer), stream) *
           run_.head(head_).scale[int(input_)][position_];
  }

  void visit(const Route& route) {
    SidePart part;
    part.side.path = route.path;
    part.cut = route.cut;
    part.read = Vector::Zero(model_.config.d_head);
    if (!route.cut) {
      part.read = read(carry(model_, route.path, run_.embedding() * route.row.transpose()));
      carry_biases(route);
    }
    parts_.push_back(std::move(part));
    for (int l = 0; l < route.layer; ++l)
      for (int h = 0; h < model_.config.n_heads; ++h) visit(extended(route, {l, h}));
  }

  // The route that begins one head earlier.
  Route extended(const Route& route, HeadId id) const {
    Route longer;
    longer.path = {id};
    longer.path.insert(longer.path.end(), route.path.begin(), route.path.end());
    longer.layer = id.layer;
    longer.cut =
        route.cut || (route.path.empty() ? run_.cuts.edge(id, head_, input_)
                                         : run_.cuts.edge(id, route.path.front(), Input::V));
    if (longer.cut) return longer;
    const HeadRunOf<float>& head = run_.head(id);
    longer.into_head = route.row.sum();  // rows of patterns sum to 1
    longer.row = route.row * head.pattern;
    longer.row.array() *= head.scale[int(Input::V)].transpose().array();
    return longer;
  }

  // Biases that enter in front of the route (b_O), or in its first head (b_V and LayerNorm's b).
  void carry_biases(const Route& route) {
    bias_ += carry(model_, route.path, output_bias(model_, route.layer) * route.row.sum());
    if (route.path.empty()) return;
    const HeadId first = route.path.front();
    const Vector write = model_.head(first).W_O * value_bias(model_, first);
    bias_ += carry(model_, route.path, write * route.into_head, 1);
  }

  void add(ScoreSide::Kind kind, const Vector& read) {
    SidePart part;
    part.side.kind = kind;
    part.read = read;
    parts_.push_back(part);
  }

  void add_bias() {
    const HeadWeights& head = model_.head(head_);
    const Vector& b = input_ == Input::Q ? head.b_Q : head.b_K;
    Vector all = read(bias_);
    if (ln1(head_.layer).b.size()) all += W_ * ln1(head_.layer).b;
    if (b.size()) all += b;
    if ((all.array() != 0).any()) add(ScoreSide::Kind::bias, all);
  }

  const Model& model_;
  const Run& run_;
  const HeadId head_;
  const Input input_;
  const int position_;
  const Matrix& W_;  // d_head x d_model
  Vector bias_;      // d_model: what all biases write to the stream that the head reads
  std::vector<SidePart> parts_;
};

void check_places(const Run& run, int destination, int source) {
  if (run.n() == 0) fail("the text is empty: there is no score to expand");
  if (destination < 0 || destination >= run.n())
    fail("destination ", destination, ", expected 0 to ", run.n() - 1, " in this text");
  if (source < 0 || source > destination)
    fail("source ", source, ", expected 0 to ", destination,
         ": a head looks at no position after its destination");
}

void check_terms(const Config& config, HeadId head) {
  const double count = score_term_count(config, head);
  if (count > max_terms)
    fail("there are ", count, " terms to a score of ", name(head), ", expected at most ", max_terms,
         ": they are not listed");
}

}  // namespace

std::string name(const ScoreSide& side) {
  switch (side.kind) {
    case ScoreSide::Kind::path:
      return name(side.path);
    case ScoreSide::Kind::position:
      return "position";
    case ScoreSide::Kind::bias:
      return "bias";
  }
  return "";
}

const char* name(ScoreKind kind) {
  switch (kind) {
    case ScoreKind::none:
      return "none";
    case ScoreKind::Q:
      return "Q";
    case ScoreKind::K:
      return "K";
    case ScoreKind::QK:
      return "QK";
    case ScoreKind::position:
      return "position";
    case ScoreKind::bias:
      return "bias";
  }
  return "";
}

ScoreKind ScoreTerm::kind() const {
  const auto either = [this](ScoreSide::Kind kind) {
    return query.kind == kind || key.kind == kind;
  };
  if (either(ScoreSide::Kind::position)) return ScoreKind::position;
  if (either(ScoreSide::Kind::bias)) return ScoreKind::bias;
  if (query.path.empty()) return key.path.empty() ? ScoreKind::none : ScoreKind::K;
  return key.path.empty() ? ScoreKind::Q : ScoreKind::QK;
}

double score_term_count(const Config& config, HeadId head) {
  double paths = 1;
  for (int l = 0; l < head.layer; ++l) paths *= 1.0 + config.n_heads;
  return (paths + 2) * (paths + 2);  // positions and biases
}

ScoreExpansion expand_score(const Model& model, const Run& run, HeadId head, int destination,
                            int source) {
  assert(!run.frozen);
  check_places(run, destination, source);
  check_terms(model.config, head);
  const Side query(model, run, head, Input::Q, destination);
  const Side key(model, run, head, Input::K, source);
  ScoreExpansion expansion;
  expansion.head = head;
  expansion.destination = destination;
  expansion.source = source;
  expansion.score = run.head(head).scores(destination, source);
  double sum = 0;
  for (const SidePart& q : query.parts())
    for (const SidePart& k : key.parts()) {
      const float score = q.read.dot(k.read) / float(model.config.attn_scale);
      expansion.terms.push_back({q.side, k.side, score, q.cut || k.cut});
      sum += double(score);
    }
  expansion.sum = float(sum);
  std::stable_sort(
      expansion.terms.begin(), expansion.terms.end(),
      [](const ScoreTerm& a, const ScoreTerm& b) { return std::abs(a.score) > std::abs(b.score); });
  return expansion;
}

}  // namespace engine
