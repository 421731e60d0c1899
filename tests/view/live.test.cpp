// The live figure: it keeps to its width with any runs, and its scissors cut.
#include "view/live_heads.h"

#include <catch2/catch.hpp>
#include <limits>

#include "view/explorers.h"
#include "view/figure_checks.h"

using explorer::Explorer;

namespace {

// A run of that many layers with three reports; of a part of it the loss is not told.
void add_reports(Explorer& explorer, std::size_t run, int n) {
  const engine::Config& config = explorer.live_training().runs()[run].config;
  const std::size_t heads = engine::all_heads(config).size();
  for (const int step : {0, 5, 1200}) {
    explorer::LiveStep told;
    told.step = step;
    told.loss = step ? 4.7f : std::numeric_limits<float>::quiet_NaN();
    told.accuracy_second = float(step) / 1300;
    told.induction.assign(heads, 0.3f);
    told.previous_token.assign(heads, 0.9f);
    explorer::LiveSequence sequence;
    for (int i = 0; i < n; ++i) sequence.tokens.push_back(std::string(1, char('A' + i % 12)));
    sequence.losses.assign(std::size_t(n - 1), 6.5f);
    engine::Matrix pattern = engine::Matrix::Zero(n, n);
    for (int i = 0; i < n; ++i) pattern.row(i).head(i + 1).setConstant(1 / float(i + 1));
    sequence.patterns.assign(heads, pattern);
    explorer.add_live(run, told, sequence);
  }
}

void begin(Explorer& explorer, const std::vector<int>& layers, int n_heads) {
  std::vector<explorer::LiveRun> runs;
  for (const int n_layers : layers) {
    explorer::LiveRun run;
    run.config.n_layers = n_layers;
    run.config.n_heads = n_heads;
    run.config.d_vocab = 28;
    runs.push_back(run);
  }
  explorer.begin_live(runs);
}

}  // namespace

TEST_CASE("the live figure keeps to its width with any runs, before and after they report") {
  Screen screen;
  Explorer explorer = explorers::of({}, "");
  CHECK(screen.draw("live", explorer, 800) < 120);
  for (const std::vector<int>& layers : {std::vector<int>{2, 1}, {2, 1, 0}, {0}, {2}})
    for (const int n_heads : {1, 4})
      for (const bool reported : {false, true}) {
        begin(explorer, layers, n_heads);
        for (std::size_t i = 0; reported && i < layers.size(); ++i) add_reports(explorer, i, 24);
        INFO(layers.size() << " runs, " << n_heads << " heads, " << reported);
        check_widths(screen, "live", explorer, 300);
      }
}

TEST_CASE("a click on a head's scissors cuts it in its run, another mends it") {
  Screen screen;
  Explorer explorer = explorers::of({}, "");
  begin(explorer, {2, 1}, 2);
  for (const std::size_t run : {0u, 1u}) add_reports(explorer, run, 16);
  const float width = 1280, height = screen.draw("live", explorer, width);
  const auto cuts = [&] {
    const auto& runs = explorer.live_training().runs();
    return runs[0].cuts.size() + runs[1].cuts.size();
  };
  const auto click = [&](float y) {
    screen.point(width - 45, y);
    screen.draw("live", explorer, width);
    screen.press(true);
    screen.draw("live", explorer, width);
    screen.press(false);
    screen.draw("live", explorer, width);
  };
  std::vector<float> scissors;
  for (float y = 20; y < height; y += 20) {
    const std::size_t before = cuts();
    click(y);
    if (cuts() == before) continue;
    CHECK(cuts() == 1);
    scissors.push_back(y);
    click(y);
    CHECK(cuts() == 0);
  }
  CHECK(scissors.size() >= 6);  // one each; a chip may be met twice
  click(scissors.front());
  CHECK(explorer.live_training().runs()[0].cuts == std::vector<engine::HeadId>{{0, 0}});
  click(scissors.back());
  CHECK(explorer.live_training().runs()[1].cuts == std::vector<engine::HeadId>{{0, 1}});
}
