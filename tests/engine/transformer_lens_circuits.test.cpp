// Circuits and composition held to TransformerLens: HookedTransformer.all_composition_scores and
// FactoredMatrix.eigenvalues. Its matrices act on rows, all of ours transposed: its Q is
// |W_OV^T W_QK|, ours |W_QK^T W_OV|, the same number, and so are K and V; it has no random
// baseline. It takes weights as they are: here with LayerNorms folded by its process_weights_, but
// what heads write and W_U left uncentred, unlike its defaults, as in the paper.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "engine/composition.h"
#include "engine/transformer_lens_golden.h"

using engine::Complex;
using engine::CompositionScores;
using engine::Golden;
using engine::HeadId;
using nlohmann::json;

namespace {

using engine::off_by;

json circuits_of(const Golden& golden) {
  return json::parse(engine::read_golden(golden.name, "circuits.json"));
}

HeadId named(const json& name, const Golden& golden) {
  return engine::parse_head(name.get<std::string>(), golden.model.config);
}

// The worst of each expected value from the nearest one that is found and not yet taken. What is
// allowed is what other numbers are allowed, of each eigenvalue's own size: computing in float32
// moves the worst-conditioned of these by a third of that.
double off_by(std::vector<Complex> found, const json& expected) {
  REQUIRE(found.size() == expected.size());
  double worst = 0;
  for (const json& pair : expected) {
    const Complex value(pair[0], pair[1]);
    const auto nearest = std::min_element(found.begin(), found.end(), [&](Complex a, Complex b) {
      return std::abs(a - value) < std::abs(b - value);
    });
    const double size = std::abs(value);
    worst = std::max(worst, off_by(size + std::abs(*nearest - value), size));
    found.erase(nearest);
  }
  return worst;
}

}  // namespace

TEST_CASE("composition scores are TransformerLens's") {
  for (const std::string& name : engine::golden_names_with_heads()) {
    const Golden golden = engine::load_golden(name);
    const json circuits = circuits_of(golden);
    std::map<std::pair<HeadId, HeadId>, CompositionScores> found;
    for (const engine::HeadPair& pair : engine::composition(golden.model))
      found[{pair.earlier, pair.later}] = pair.scores;
    INFO(name);
    CHECK(found.size() == circuits["pairs"].size());
    for (const json& expected : circuits["pairs"]) {
      INFO(expected["earlier"] << ", " << expected["later"]);
      const CompositionScores& scores =
          found.at({named(expected["earlier"], golden), named(expected["later"], golden)});
      CHECK(off_by(scores.q, expected["q"]) <= 1);
      CHECK(off_by(scores.k, expected["k"]) <= 1);
      CHECK(off_by(scores.v, expected["v"]) <= 1);
    }
  }
}

TEST_CASE("eigenvalues and copying scores of full circuits are TransformerLens's") {
  for (const std::string& name : engine::golden_names_with_heads()) {
    const Golden golden = engine::load_golden(name);
    const json circuits = circuits_of(golden);
    const engine::CircuitEigenvalues eigenvalues(golden.model);
    const std::vector<HeadId> heads = engine::all_heads(golden.model.config);
    CHECK(heads.size() == circuits["heads"].size());
    for (HeadId head : heads) {
      INFO(name << " " << engine::name(head));
      const json& expected = circuits["heads"].at(engine::name(head));
      const engine::Eigenvalues found = eigenvalues.of(head);
      CHECK(off_by(found.ov, expected["ov"]) <= 1);
      CHECK(off_by(found.qk, expected["qk"]) <= 1);
      CHECK(off_by(engine::ov_circuit(golden.model, head).eigenvalues(), expected["ov"]) <= 1);
      CHECK(off_by(engine::qk_circuit(golden.model, head).eigenvalues(), expected["qk"]) <= 1);
      CHECK(off_by(engine::copying_score(found.ov), expected["copying"]) <= 1);
    }
  }
}

TEST_CASE("eigenvalues of QK circuits through an earlier head are TransformerLens's") {
  for (const std::string& name : engine::golden_names_with_heads()) {
    const Golden golden = engine::load_golden(name);
    const json circuits = circuits_of(golden);
    for (const json& expected : circuits["pairs"]) {
      INFO(name << " " << expected["earlier"] << ", " << expected["later"]);
      const auto through = engine::qk_circuit_through(
          golden.model, named(expected["earlier"], golden), named(expected["later"], golden));
      CHECK(off_by(through.eigenvalues(), expected["qk"]) <= 1);
    }
  }
}
