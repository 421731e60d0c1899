// The engine's runs and path expansions held to TransformerLens's own.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "engine/forward.h"
#include "engine/path_expansion.h"
#include "engine/path_write.h"
#include "engine/transformer_lens_golden.h"

using engine::Cuts;
using engine::Golden;
using engine::HeadId;
using engine::Matrix;
using nlohmann::json;

namespace {

using engine::off_by;

// The worst of a matrix's against a JSON row a column of it: n x d_vocab against d_vocab x n.
double off_by(const Matrix& found, const json& rows) {
  REQUIRE(Eigen::Index(rows.size()) == found.cols());
  double worst = 0;
  for (Eigen::Index i = 0; i < found.cols(); ++i) {
    REQUIRE(Eigen::Index(rows[std::size_t(i)].size()) == found.rows());
    for (Eigen::Index token = 0; token < found.rows(); ++token)
      worst = std::max(worst, off_by(found(token, i), rows[std::size_t(i)][std::size_t(token)]));
  }
  return worst;
}

// The same for (destination, source) against a JSON row a destination, up to the destination
// itself.
double off_by_lower_triangle(const Matrix& found, const json& rows) {
  REQUIRE(Eigen::Index(rows.size()) == found.rows());
  double worst = 0;
  for (Eigen::Index dst = 0; dst < found.rows(); ++dst) {
    REQUIRE(Eigen::Index(rows[std::size_t(dst)].size()) == dst + 1);
    for (Eigen::Index src = 0; src <= dst; ++src)
      worst = std::max(worst, off_by(found(dst, src), rows[std::size_t(dst)][std::size_t(src)]));
  }
  return worst;
}

engine::Run run_with(const Golden& golden, const json& with_cuts, const engine::Run& uncut) {
  const Cuts cuts =
      Cuts::parse(with_cuts["cut"].get<std::vector<std::string>>(), golden.model.config);
  const bool frozen = with_cuts["frozen"];
  return engine::forward(golden.model, golden.tokens, cuts, frozen ? &uncut : nullptr);
}

// The logits' loss, where patterns and scales are frozen, of all paths through one V edge.
engine::Vector logits_through(const Golden& golden, const engine::Run& run, int position,
                              HeadId earlier, HeadId later) {
  engine::Vector logits = engine::Vector::Zero(golden.model.config.d_vocab);
  engine::Reading reading;
  for (const engine::Term& term : engine::expand(golden.model, run, position, reading).terms) {
    const auto at = std::find(term.path.begin(), term.path.end(), earlier);
    if (at == term.path.end() || at + 1 == term.path.end() || *(at + 1) != later) continue;
    logits += engine::term_logits(golden.model, run, position, term.path,
                                  term.kind == engine::TermKind::bias);
  }
  return logits;
}

// Holds the terms, by the head that writes to the logits' input, to TransformerLens's attribution.
engine::Expansion check_parts(const Golden& golden, const engine::Run& run,
                              const engine::Reading& reading, const json& expected) {
  const auto expansion = engine::expand(golden.model, run, expected["position"], reading);
  std::map<std::string, double> sums;
  for (const engine::Term& term : expansion.terms)
    sums[term.path.empty() ? engine::name(term.kind) : engine::name(term.path.back())] +=
        double(term.logit);
  CHECK(sums.size() == expected["parts"].size());
  for (const auto& [part, logit] : expected["parts"].items()) {
    INFO(part);
    CHECK(off_by(sums[part], logit) <= 1);
  }
  return expansion;
}

}  // namespace

TEST_CASE("logits, scores and patterns are TransformerLens's") {
  for (const std::string& name : engine::golden_names()) {
    const Golden golden = engine::load_golden(name);
    const engine::Run run = engine::forward(golden.model, golden.tokens);
    INFO(name);
    CHECK(off_by(run.logits, golden.expected["logits"]) <= 1);
    const json& patterns = golden.expected["patterns"];
    REQUIRE(int(patterns.size()) == golden.model.config.n_layers);
    for (HeadId head : engine::all_heads(golden.model.config)) {
      const std::size_t l = std::size_t(head.layer), h = std::size_t(head.head);
      INFO(engine::name(head));
      CHECK(off_by_lower_triangle(run.head(head).scores, golden.expected["scores"][l][h]) <= 1);
      CHECK(off_by_lower_triangle(run.head(head).pattern, patterns[l][h]) <= 1);
    }
  }
}

TEST_CASE("runs with cuts, frozen and not, have the logits of TransformerLens with hooks") {
  int runs = 0;
  for (const std::string& name : engine::golden_names()) {
    const Golden golden = engine::load_golden(name);
    const engine::Run uncut = engine::forward(golden.model, golden.tokens);
    for (const json& expected : golden.expected["runs"]) {
      const engine::Run run = run_with(golden, expected, uncut);
      INFO(name << " " << expected["cut"] << (expected["frozen"] ? " frozen" : ""));
      CHECK(off_by(run.logits, expected["logits"]) <= 1);
      CHECK(off_by(uncut.logits, expected["logits"]) > 100);  // the cut does something
      ++runs;
    }
  }
  CHECK(runs >= 40);
}

TEST_CASE("terms that end in a head add up to TransformerLens's direct attribution of the head") {
  for (const std::string& name : engine::golden_names()) {
    const Golden golden = engine::load_golden(name);
    const engine::Run run = engine::forward(golden.model, golden.tokens);
    for (const json& expected : golden.expected["attributions"]) {
      engine::Reading reading;
      reading.target = expected["target"];
      INFO(name << ", position " << expected["position"] << ", target " << expected["target"]);
      check_parts(golden, run, reading, expected);
    }
  }
}

TEST_CASE("so they do to its attribution of a difference of logits") {
  for (const std::string& name : engine::golden_names_with_heads()) {
    const Golden golden = engine::load_golden(name);
    const engine::Run run = engine::forward(golden.model, golden.tokens);
    const json differences = json::parse(engine::read_golden(name, "differences.json"));
    for (const json& expected : differences["attributions"]) {
      const bool to_mean = expected["against"] == "mean";
      engine::Reading reading;
      reading.target = expected["target"];
      reading.against = to_mean ? engine::Reading::Against::mean : engine::Reading::Against::token;
      if (!to_mean) reading.against_token = expected["against"];
      INFO(name << ", position " << expected["position"] << ", target " << expected["target"]
                << " against " << expected["against"]);
      const auto expansion = check_parts(golden, run, reading, expected);
      CHECK(off_by(double(expansion.logit), expected["logit"]) <= 1);
    }
  }
}

TEST_CASE("cutting the direct path takes TransformerLens's attribution of the embedding") {
  for (const std::string& name : engine::golden_names()) {
    const Golden golden = engine::load_golden(name);
    const Cuts cuts = Cuts::parse({"path:direct"}, golden.model.config);
    const engine::Run run = engine::forward(golden.model, golden.tokens, cuts);
    for (const json& expected : golden.expected["attributions"]) {
      const std::size_t position = expected["position"], target = expected["target"];
      const double logit = golden.expected["logits"][position][target];
      const double direct = expected["parts"]["direct"];
      INFO(name << ", position " << position << ", target " << target);
      CHECK(off_by(run.logits(int(target), int(position)), logit - direct) <= 1);
    }
  }
}

TEST_CASE(
    "sources of all terms add up to what TransformerLens loses without a source's embedding") {
  for (const std::string& name : engine::golden_names()) {
    const Golden golden = engine::load_golden(name);
    const engine::Run run = engine::forward(golden.model, golden.tokens);
    for (const json& expected : golden.expected["attributions"]) {
      const int position = expected["position"];
      engine::Reading reading;
      reading.target = expected["target"];
      engine::Vector sums = engine::Vector::Zero(position + 1);
      for (const auto& term : engine::expand(golden.model, run, position, reading).terms)
        if (term.kind != engine::TermKind::bias) sums += term.sources;
      INFO(name << ", position " << position << ", target " << reading.target);
      REQUIRE(int(expected["sources"].size()) == position + 1);
      for (int source = 0; source <= position; ++source)
        CHECK(off_by(sums[source], expected["sources"][std::size_t(source)]) <= 1);
    }
  }
}

TEST_CASE("terms through a V edge are what TransformerLens loses when the edge is cut, frozen") {
  int edges = 0;
  for (const std::string& name : engine::golden_names()) {
    const Golden golden = engine::load_golden(name);
    const engine::Run uncut = engine::forward(golden.model, golden.tokens);
    for (const json& expected : golden.expected["runs"]) {
      const std::string cut = expected["cut"][0];
      if (!expected["frozen"] || expected["cut"].size() != 1 || cut.back() != 'V') continue;
      const std::size_t arrow = cut.find('>');
      const HeadId earlier = engine::parse_head(cut.substr(0, arrow), golden.model.config);
      const HeadId later =
          engine::parse_head(cut.substr(arrow + 1, cut.size() - arrow - 3), golden.model.config);
      Matrix left = uncut.logits;
      for (int position = 0; position < uncut.n(); ++position)
        left.col(position) -= logits_through(golden, uncut, position, earlier, later);
      INFO(name << " " << cut);
      CHECK(off_by(left, expected["logits"]) <= 1);
      ++edges;
    }
  }
  CHECK(edges >= 5);
}

TEST_CASE("terms of a run with cuts add up to TransformerLens's logit with the same hooks") {
  for (const std::string& name : engine::golden_names()) {
    const Golden golden = engine::load_golden(name);
    const engine::Run uncut = engine::forward(golden.model, golden.tokens);
    for (const json& expected : golden.expected["runs"]) {
      const engine::Run run = run_with(golden, expected, uncut);
      const int position = run.n() - 1;
      INFO(name << " " << expected["cut"] << (expected["frozen"] ? " frozen" : ""));
      for (int target = 0; target < 5; ++target) {
        engine::Reading reading;
        reading.target = target;
        const auto expansion = engine::expand(golden.model, run, position, reading);
        const json& logit = expected["logits"][std::size_t(position)][std::size_t(target)];
        CHECK(off_by(double(expansion.sum), logit) <= 1);
      }
    }
  }
}
