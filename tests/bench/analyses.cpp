#include "bench/analyses.h"

#include <Eigen/Eigenvalues>
#include <memory>

#include "engine/bigrams.h"
#include "engine/circuits.h"
#include "engine/composition.h"
#include "engine/forward.h"
#include "engine/head_kinds.h"
#include "engine/path_expansion.h"
#include "engine/random.h"
#include "engine/score_expansion.h"
#include "engine/skip_trigrams.h"
#include "engine/term_importance.h"
#include "engine/term_tensor.h"

namespace bench {

namespace {

using namespace engine;

const int slices = 64;  // of the vocabulary's columns, of which a naive way does one

volatile double sink;  // what is computed must not be optimised away

void use(double value) {
  sink = value;
}

// What all of them read.
struct Subject {
  explicit Subject(const Model& of) : model(of), tokens(std::size_t(of.config.n_ctx)) {
    Random random(5);
    for (int& token : tokens) token = random.below(model.config.d_vocab);
    run = forward(model, tokens);
  }

  std::vector<int> slice() const {
    std::vector<int> ids;
    for (int id = 0; id < model.config.d_vocab; id += slices) ids.push_back(id);
    return ids;
  }

  const Model& model;
  std::vector<int> tokens;
  Run run;
  const HeadId first{0, 1}, last{1, 2};
};

using Shared = std::shared_ptr<Subject>;

Analysis keystroke(const Shared& on) {
  auto edited = std::make_shared<std::vector<int>>(on->tokens);
  return {"one keystroke",
          [on, edited] {
            edited->back() = (edited->back() + 1) % on->model.config.d_vocab;
            update(on->model, on->run, *edited);
            use(on->run.logits(0, on->run.logits.cols() - 1));
          },
          [on] { use(forward(on->model, on->tokens).logits(0, 0)); }, 1, "the whole text again"};
}

Analysis paths(const Shared& on) {
  const int position = on->model.config.n_ctx - 1;
  return {"paths: all terms, by source",
          [on, position] { use(expand(on->model, on->run, position, {7}).sum); },
          [on, position] {  // 81 writes through W_U, without the split by source
            const Vector write = on->run.logits.col(position).head(on->model.config.d_model);
            for (const Path& path : all_paths(on->model.config))
              use((on->model.weights.W_U * (write * float(path.size() + 1)))[7]);
          },
          1, "each term's write through W_U"};
}

Analysis bigrams(const Shared& on) {
  return {"bigrams: what follows a token", [on] { use(direct_logits(on->model, {7})(0, 0)); },
          [on] { use(direct_logits(on->model, on->slice())(0, 0)); }, 1.0 / slices,
          "W_U W_E of d_vocab x d_vocab"};
}

Analysis skip_trigrams(const Shared& on) {
  return {"skip-trigrams: the 20 strongest of a head",
          [on] {
            SkipTrigramSearch search(on->model, on->first, 20);
            while (!search.done()) search.step();
            use(search.result().front().strength);
          },
          [on] {
            const TokenTables tables = token_tables(on->model, on->first);
            for (const int source : on->slice())
              use(tables.qk.column(source).maxCoeff() * tables.ov.column(source).maxCoeff());
          },
          1.0 / slices, "both tables, column by column"};
}

Analysis eigenvalues_of_heads(const Shared& on) {
  const double heads = double(on->model.config.n_layers * on->model.config.n_heads);
  return {"heads: all eigenvalues, OV and QK",
          [on] {
            const CircuitEigenvalues circuits(on->model);
            for (const HeadId head : all_heads(on->model.config))
              use(copying_score(circuits.of(head).ov));
          },
          [on] {
            const Weights& weights = on->model.weights;
            const HeadWeights& head = on->model.head(on->first);
            const Matrix whole = head.W_O * head.W_V * (weights.W_E * weights.W_U);
            use(Eigen::EigenSolver<Matrix>(whole, false).eigenvalues()[0].real());
          },
          1 / (2 * heads), "those of d_model x d_model, head by head"};
}

Analysis compositions(const Shared& on) {
  const double pairs = double(on->model.config.n_heads * on->model.config.n_heads);
  return {"composition: all pairs, Q, K and V",
          [on] { use(composition(on->model).front().scores.k); },
          [on] {
            const HeadWeights &early = on->model.head(on->first), &late = on->model.head(on->last);
            const Matrix OV = early.W_O * early.W_V, QK = late.W_Q.transpose() * late.W_K;
            const Matrix later_OV = late.W_O * late.W_V;
            use((QK.transpose() * OV).norm() + (QK * OV).norm() + (later_OV * OV).norm());
          },
          1 / pairs, "products of d_model x d_model"};
}

Analysis scores(const Shared& on) {
  const int last = on->model.config.n_ctx - 1;
  return {"scores: query path x key path",
          [on, last] { use(expand_score(on->model, on->run, on->last, last, last / 2).sum); },
          [on] {
            const HeadWeights& head = on->model.head(on->last);
            const Matrix QK = head.W_Q.transpose() * head.W_K;
            const Vector side = on->model.weights.W_E.col(7);
            const int sides = on->model.config.n_heads + 2;
            for (int pair = 0; pair < sides * sides; ++pair) use(side.dot(QK * side));
          },
          1, "W_QK of d_model x d_model for each pair"};
}

Analysis expansion(const Shared& on) {
  const Path path{on->first, on->last};
  return {"expansion: a term's A (x) W",
          [on, path] {
            const auto tokens = distinct_tokens(on->tokens);
            use(term_tensor(on->model, on->run, tokens, path).weights(0, 0));
          },
          [on] {
            const TokenTables tables = token_tables(on->model, on->first);
            for (const int source : on->slice()) use(tables.ov.column(source)[0]);
          },
          1.0 / slices, "W over the vocabulary"};
}

Analysis importance(const Shared& on) {
  const auto paths = all_paths(on->model.config);
  return {"importance: every term's, over the text",
          [on] {
            TermImportanceMeter meter(on->model, on->tokens);
            while (!meter.done()) meter.step();
            use(meter.result().loss);
          },
          [on] {
            const Cuts cuts = Cuts::parse({"path:L0H1-L1H2"}, on->model.config);
            use(cut_run(on->model, on->tokens, cuts, true).logits(0, 0));
          },
          1 / double(paths.size() - 1), "a run for each term"};
}

Analysis induction(const Shared& on) {
  RepeatedOptions options;
  options.sequences = 1;
  return {"induction: one sequence of random tokens",
          [on, options] { use(repeated_scores(on->model, options).loss_second); },
          {},
          1,
          ""};
}

}  // namespace

std::vector<Analysis> analyses(const Model& model) {
  const auto on = std::make_shared<Subject>(model);
  return {keystroke(on),    paths(on),  bigrams(on),   skip_trigrams(on), eigenvalues_of_heads(on),
          compositions(on), scores(on), expansion(on), importance(on),    induction(on)};
}

}  // namespace bench
