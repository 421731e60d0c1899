#include "explorer/explorer.h"

#include <catch2/catch.hpp>
#include <functional>

#include "engine/error.h"
#include "engine/held_out.h"
#include "engine/random_model.h"
#include "engine/small_tokenizer.h"

using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using engine::Reading;
using explorer::Explorer;

namespace {

std::shared_ptr<const engine::LoadedModel> loaded_of(const engine::Shape& shape) {
  engine::LoadedModel loaded{engine::random_model<float>(61, shape),
                             engine::Tokenizer::of_ids(shape.d_vocab),
                             0,
                             -1,
                             {},
                             {}};
  return std::make_shared<const engine::LoadedModel>(std::move(loaded));
}

engine::Shape shape_of_bytes() {
  engine::Shape shape;
  shape.d_vocab = 257;
  return shape;
}

Explorer explorer_of(const std::string& text) {
  Explorer explorer(loaded_of({}));
  explorer.set_text(text);
  return explorer;
}

}  // namespace

TEST_CASE("what the explorer shows is what a fresh run and expansion give, after any edit") {
  Explorer explorer = explorer_of("1 2 3 4 5");
  explorer.run();
  for (const char* text : {"1 2 3 4 5 6", "1 2 9 4", "", "7", "1 2 3 4 5 6 7 8 9 10"}) {
    explorer.set_text(text);
    const auto fresh = engine::forward(explorer.loaded().model, explorer.tokens());
    CHECK((explorer.run().residual - fresh.residual).cwiseAbs().sum() <= 1e-3f);
    if (explorer.empty()) continue;
    CHECK((explorer.logits() - fresh.logits.col(fresh.n() - 1)).cwiseAbs().maxCoeff() <= 1e-4f);
    CHECK(explorer.position() == fresh.n() - 1);
    CHECK(explorer.target() == engine::top_token(fresh.logits.col(explorer.position())));
    const auto expansion =
        engine::expand(explorer.loaded().model, fresh, explorer.position(), explorer.reading());
    CHECK(std::abs(explorer.expansion().logit - expansion.logit) <= 1e-4f);
  }
}

TEST_CASE("a text longer than the context keeps its first tokens and says how many were left out") {
  const Explorer explorer = explorer_of("1 2 3 4 5 6 7 8 9 10 11 12 13 14");
  CHECK(explorer.tokens().size() == 12);
  CHECK(explorer.dropped() == 2);
}

TEST_CASE("a text that the tokenizer refuses leaves everything as it was") {
  Explorer explorer = explorer_of("1 2 3");
  CHECK_THROWS_AS(explorer.set_text("1 x"), engine::Error);
  CHECK(explorer.text() == "1 2 3");
  CHECK(explorer.tokens() == std::vector<int>{1, 2, 3});
}

TEST_CASE("ids that are set show the text that they decode to") {
  Explorer explorer = explorer_of("1 2 3");
  explorer.set_ids({4, 5});
  CHECK(explorer.text() == "#4 #5");
  CHECK(explorer.text_reads_as_tokens());
  CHECK_THROWS_AS(explorer.set_ids({4, 5000}), engine::Error);
  CHECK(explorer.text() == "#4 #5");

  // By bytes, with "ab" as one token, and one that is put in front of every text.
  engine::LoadedModel loaded = *loaded_of(shape_of_bytes());
  loaded.tokenizer = engine::Tokenizer::from_json(small_tokenizer::file({{"a", "b"}}).dump());
  loaded.bos = 0;
  Explorer bytes(std::make_shared<const engine::LoadedModel>(std::move(loaded)));
  bytes.set_ids({0, 256, 'c'});
  CHECK(bytes.text() == "abc");
  CHECK(bytes.text_reads_as_tokens());
  bytes.set_ids({'a', 'b', 'c'});
  CHECK(bytes.text() == "abc");
  CHECK(bytes.tokens() == std::vector<int>{'a', 'b', 'c'});
  CHECK_FALSE(bytes.text_reads_as_tokens());
  bytes.set_ids({0xC3});
  CHECK(bytes.text() == "\uFFFD");
  bytes.set_text("abc");
  CHECK(bytes.tokens() == std::vector<int>{0, 256, 'c'});
  CHECK(bytes.text_reads_as_tokens());
}

TEST_CASE("the position follows the end of the text until one is chosen") {
  Explorer explorer = explorer_of("1 2 3");
  explorer.set_text("1 2 3 4");
  CHECK(explorer.position() == 3);
  explorer.set_position(1);
  explorer.set_text("1 2 3 4 5");
  CHECK(explorer.position() == 1);
  explorer.set_text("1");  // the chosen position is gone
  CHECK(explorer.position() == 0);
  CHECK_THROWS_WITH(explorer.set_position(7), Contains("7") && Contains("0 to 0"));
}

TEST_CASE("the revision grows with every change and stays without one") {
  Explorer explorer = explorer_of("1 2 3");
  auto grows = [&, before = explorer.revision()]() mutable {
    const bool grew = explorer.revision() > before;
    before = explorer.revision();
    return grew;
  };
  explorer.expansion();
  CHECK_FALSE(grows());
  explorer.set_position(1);
  CHECK(grows());
  explorer.set_position(1);
  CHECK_FALSE(grows());
  explorer.set_target(4);
  CHECK(grows());
  explorer.set_against(Reading::Against::mean);
  CHECK(grows());
  explorer.hover_term(explorer::TermKey{{{0, 1}}, false});
  CHECK(grows());
  explorer.hover_term(explorer::TermKey{{{0, 1}}, false});
  CHECK_FALSE(grows());
  explorer.toggle_cut("L0H1");
  CHECK(grows());
  explorer.set_cut_tool(true);
  CHECK(grows());
}

TEST_CASE("cuts describe the cut run beside the uncut one, frozen or recomputed") {
  Explorer explorer = explorer_of("1 2 3 4");
  explorer.set_target(5);
  CHECK(&explorer.cut_run() == &explorer.run());
  explorer.toggle_cut("L0H1>L1H0:K");
  const auto& model = explorer.loaded().model;
  const auto cuts = engine::Cuts::parse({"L0H1>L1H0:K"}, model.config);
  const auto expected = engine::forward(model, explorer.tokens(), cuts);
  CHECK((explorer.cut_logits() - expected.logits.col(3)).cwiseAbs().maxCoeff() <= 1e-5f);
  explorer.set_frozen(true);  // nothing but patterns hangs on a key edge
  CHECK((explorer.cut_logits() - explorer.logits()).cwiseAbs().maxCoeff() <= 1e-5f);
  explorer.set_text("1 2 3 9");
  CHECK((explorer.cut_logits() - explorer.logits()).cwiseAbs().maxCoeff() <= 1e-5f);
}

TEST_CASE("the text's loss is told without the cuts and with them, whatever has changed") {
  Explorer explorer = explorer_of("1 2 3 4");
  CHECK_FALSE(explorer.cut_loss());
  const auto check = [&] {
    const auto& model = explorer.loaded().model;
    const auto cuts = engine::Cuts::parse(explorer.cuts(), model.config);
    const auto loss = explorer.cut_loss();
    REQUIRE(loss);
    const auto& tokens = explorer.tokens();
    CHECK_THAT(loss->whole, WithinAbs(engine::held_out_loss(model, tokens).loss, 1e-5));
    const auto cut = engine::cut_run(model, tokens, cuts, explorer.frozen());
    CHECK_THAT(loss->cut, WithinAbs(engine::mean_loss(explorer.loaded().model, cut), 1e-5));
  };
  for (const char* cut : {"L0H1>L1H0:K", "L1*"}) {
    explorer.toggle_cut(cut);
    check();
  }
  explorer.set_frozen(true);
  check();
  explorer.set_text("1 2 9");
  check();
  explorer.set_text("1");
  CHECK_FALSE(explorer.cut_loss());
}

TEST_CASE("cuts are undone and done again one by one") {
  Explorer explorer = explorer_of("1 2 3 4");
  explorer.toggle_cut("L0H1");
  explorer.toggle_cut("path:direct");
  explorer.set_frozen(true);
  CHECK(explorer.cuts() == std::vector<std::string>{"L0H1", "path:direct"});
  explorer.undo_cut();
  CHECK_FALSE(explorer.frozen());
  explorer.undo_cut();
  CHECK(explorer.cuts() == std::vector<std::string>{"L0H1"});
  explorer.redo_cut();
  CHECK(explorer.cuts().size() == 2);
  explorer.toggle_cut("L0H1");
  CHECK(explorer.cuts() == std::vector<std::string>{"path:direct"});
  CHECK_FALSE(explorer.can_redo());
  CHECK_THROWS_WITH(explorer.set_cuts({"L7H0"}), Contains("L7H0"));
  CHECK(explorer.cuts() == std::vector<std::string>{"path:direct"});
}

TEST_CASE("the highlight is what the pointer is on, or else what was clicked") {
  const explorer::TermKey head{{{1, 0}}, false}, direct{};
  Explorer explorer = explorer_of("1 2 3 4");
  explorer.pin_term(head);
  CHECK(explorer.shown_term() == head);
  explorer.hover_term(direct);
  CHECK(explorer.shown_term() == direct);
  explorer.hover_term({});
  CHECK(explorer.shown_term() == head);
  explorer.pin_term(head);  // a second click lets it go
  CHECK_FALSE(explorer.shown_term().has_value());
}

TEST_CASE("what cannot be shown is a sentence, and another text can be shown again") {
  engine::LoadedModel loaded = *loaded_of({});
  loaded.model.weights.W_E.col(7).setConstant(1e30f);
  loaded.model.weights.W_U *= 1e30f;
  Explorer explorer(std::make_shared<const engine::LoadedModel>(std::move(loaded)));
  explorer.set_text("1 7");
  CHECK_THAT(explorer.run_trouble(), Contains("not finite"));
  CHECK_THAT(explorer.terms_trouble(), Contains("not finite"));
  CHECK_THROWS_AS(explorer.run(), engine::Error);

  engine::Shape deep;
  deep.n_layers = 12;
  deep.n_heads = 12;
  Explorer many(loaded_of(deep));
  many.set_text("1 2");
  CHECK(many.run_trouble().empty());
  CHECK_THAT(many.terms_trouble(), Contains("at most"));
  CHECK(explorer_of("1 2").terms_trouble().empty());
}

TEST_CASE("what a figure works out of a reading is kept until the reading changes") {
  Explorer explorer = explorer_of("1 2 3 4");
  int computed = 0;
  const auto logit = [&] {
    return *explorer.remembered("logit", [&] {
      ++computed;
      return explorer.cut_expansion().logit;
    });
  };
  const float first = logit();
  explorer.hover_term(explorer::TermKey{});
  CHECK(logit() == first);
  CHECK(computed == 1);
  for (const auto& change : std::vector<std::function<void()>>{
           [&] { explorer.step_position(-1); }, [&] { explorer.set_target(3); },
           [&] { explorer.set_against(Reading::Against::mean); },
           [&] { explorer.set_cuts({"L0H0"}); }, [&] { explorer.set_text("5 6"); }}) {
    const int before = computed;
    change();
    CHECK(logit() == explorer.cut_expansion().logit);
    CHECK(computed == before + 1);
  }
}

TEST_CASE("the position steps as far as there are tokens, and at the last it is unchosen") {
  Explorer explorer = explorer_of("1 2 3");
  explorer.step_position(-1);
  CHECK(explorer.position() == 1);
  CHECK(explorer.position_chosen());
  explorer.step_position(-5);
  CHECK(explorer.position() == 0);
  explorer.step_position(9);
  CHECK(explorer.position() == 2);
  CHECK_FALSE(explorer.position_chosen());
}

TEST_CASE("a history of cuts that is forgotten leaves what is cut, and nothing to undo") {
  Explorer explorer = explorer_of("1 2 3");
  explorer.toggle_cut("L0H0");
  explorer.undo_cut();
  explorer.toggle_cut("L0H1");
  explorer.forget_cut_history();
  CHECK(explorer.cuts() == std::vector<std::string>{"L0H1"});
  CHECK_FALSE(explorer.can_undo());
  CHECK_FALSE(explorer.can_redo());
}

TEST_CASE("the source is the one that the head looks at most, unless an earlier one was chosen") {
  Explorer explorer = explorer_of("1 2 3 4 5");
  const auto most = [&] {
    Eigen::Index source;
    explorer.run().head(explorer.head()).pattern.row(explorer.position()).maxCoeff(&source);
    return int(source);
  };
  for (const engine::HeadId head : engine::all_heads(explorer.config())) {
    explorer.set_head(head);
    CHECK(explorer.source() == most());
  }
  explorer.set_source(3);
  CHECK(explorer.source() == 3);
  explorer.set_position(2);
  CHECK(explorer.source() == most());  // none looks ahead
  explorer.set_position(std::nullopt);
  CHECK(explorer.source() == 3);
  explorer.set_text("1 2 3");
  CHECK_FALSE(explorer.chosen_source());
  CHECK_THROWS_AS(explorer.set_source(3), engine::Error);
  CHECK_THROWS_AS(explorer.set_source_token(explorer.config().d_vocab), engine::Error);
}

TEST_CASE("counts of another tokenizer are refused, and new ones are compared anew") {
  Explorer explorer = explorer_of("1 2");
  const auto set = [&](const std::string& more) {
    explorer.set_bigram_counts(engine::BigramCounts::from_json(
        R"({"tokens":[1],"totals":[9],"next":[[2,3,4,5]])" + more + "}"));
  };
  CHECK_THROWS_WITH(set(R"(,"tokenizer_sha256":"ab")"), Contains("ab"));
  CHECK(explorer.bigram_counts() == nullptr);
  const auto compare = [&]() -> const engine::BigramCorrelation& {
    return explorer.work<engine::BigramCorrelation>(explorer::bigrams_work, [&] {
      return engine::BigramCorrelation(explorer.loaded().model, *explorer.bigram_counts());
    });
  };
  for (int i = 0; i < 2; ++i) {
    set("");
    CHECK_FALSE(compare().done());
    set("");
    explorer.step_work(explorer.take_asked_work());  // given up: nothing happens
    CHECK_FALSE(compare().done());
    explorer.step_work(explorer.take_asked_work());
    CHECK(compare().result().pairs() == 2);
  }
}

TEST_CASE("work that is not done is given up for another of its kind, what is done stays") {
  struct Steps {
    int left;
    bool done() const { return left == 0; }
    double progress() const { return left == 0; }
    void step() { --left; }
  };
  Explorer explorer = explorer_of("1 2");
  for (const char* name : {"kind a", "kind b", "kind c", "another"})
    explorer.work<Steps>(name, [] { return Steps{1}; });
  explorer.step_work("kind a");
  explorer.give_up_works("kind", "kind c");
  CHECK(explorer.find_work<Steps>("kind a") != nullptr);
  CHECK(explorer.find_work<Steps>("kind b") == nullptr);
  CHECK(explorer.find_work<Steps>("kind c") != nullptr);
  CHECK(explorer.find_work<Steps>("another") != nullptr);
}

namespace {

struct TwoSteps {
  int taken = 0;
  bool done() const { return taken == 2; }
  double progress() const { return taken / 2.0; }
  void step() { ++taken; }
};

}  // namespace

TEST_CASE("work that is done is not stepped on, however many figures asked for it") {
  Explorer explorer = explorer_of("1 2");
  const TwoSteps& work = explorer.work<TwoSteps>("two steps", [] { return TwoSteps(); });
  CHECK(explorer.step_work("two steps"));
  CHECK_FALSE(explorer.step_work("two steps"));
  CHECK_FALSE(explorer.step_work("two steps"));
  CHECK(work.taken == 2);
}

TEST_CASE("the revision grows with every twentieth of long work, not with every step") {
  struct ManySteps {
    int taken = 0;
    bool done() const { return taken == 1000; }
    double progress() const { return taken / 1000.0; }
    void step() { ++taken; }
  };
  Explorer explorer = explorer_of("1 2");
  explorer.work<ManySteps>("many steps", [] { return ManySteps(); });
  const unsigned before = explorer.revision();
  while (explorer.step_work("many steps")) {
  }
  CHECK(explorer.revision() == before + 20);
}
