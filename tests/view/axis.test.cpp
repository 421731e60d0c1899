// Steps and numbers of axes, whatever is on them.
#include "view/axis.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "view/explorers.h"
#include "view/figure_checks.h"
#include "view/line_plot.h"

TEST_CASE(
    "steps of an axis are 1, 2 or 5 times a power of ten, few, and not fewer than they could be") {
  for (float range : {1e-20f, 0.003f, 0.7f, 1.0f, 7.9f, 8.0f, 8.1f, 37.0f, 3.7e8f, 9e30f, 3e38f})
    for (const int count : {2, 5, 8}) {
      INFO(range << " in " << count);
      const float step = view::nice_step(range, count);
      CHECK(range / step <= float(count) * 1.002f);
      CHECK(range / step > float(count) / 2.6f);
      const double digits =
          double(step) / std::pow(10, std::floor(std::log10(double(step)) + 1e-6));
      CHECK((std::abs(digits - 1) < 1e-4 || std::abs(digits - 2) < 1e-4 ||
             std::abs(digits - 5) < 1e-4));
    }
  CHECK(view::nice_step(0, 5) > 0);
  CHECK(std::isfinite(view::nice_step(std::numeric_limits<float>::max(), 2)));
}

TEST_CASE("the range of a plot holds its values in few steps, none smaller than the finest") {
  for (const auto& [low, high] : {std::pair(0.0f, 4.7f),
                                  {-0.41f, 0.13f},
                                  {0.0f, 3.7e8f},
                                  {-2e30f, 1.0f},
                                  {-3.4e38f, 3.4e38f},
                                  {0.0f, 0.0f}}) {
    INFO(low << " to " << high);
    const view::PlotRange range = view::plot_range(low, high, 0.1f);
    CHECK(range.step >= 0.1f);
    CHECK((range.top - range.bottom) / range.step <= 10.01f);
    CHECK(std::isfinite(range.top - range.bottom));
    if (std::abs(low) + std::abs(high) > 1e37f) continue;
    CHECK(range.bottom <= low);
    CHECK(range.top >= high);
  }
}

TEST_CASE("numbers on an axis have as many digits as its steps, and stay short") {
  CHECK(view::axis_number(0.2f, 0.2f) == "0.2");
  CHECK(view::axis_number(-0.4f, 0.1f) == "\u22120.4");
  CHECK(view::axis_number(14, 2) == "14");
  CHECK(view::axis_number(4e8f, 1e8f) == "400M");
  CHECK(view::axis_number(-2e4f, 1e4f) == "\u221220k");
  CHECK(view::axis_number(4e14f, 1e14f) == "4.0e14");
  CHECK(view::axis_number(-3e38f, 1e38f) == "\u22123.0e38");
}

TEST_CASE("a count of tokens is told in two digits or three") {
  CHECK(view::short_count(1) == "1");
  CHECK(view::short_count(256) == "256");
  CHECK(view::short_count(1000) == "1 k");
  CHECK(view::short_count(2048) == "2 k");
  CHECK(view::short_count(3.3e6) == "3.3 M");
  CHECK(view::short_count(73.9e6) == "74 M");
  CHECK(view::short_count(999600) == "1 M");
}

// A training that has diverged: what it reports is finite, and as large as floats are.
TEST_CASE("losses of any size are drawn in the live figure and in the training's") {
  Screen screen;
  for (const float loss : {3.7e8f, 3e38f, std::numeric_limits<float>::infinity()}) {
    INFO(loss);
    explorer::Explorer explorer = explorers::of({}, "");
    explorer::LiveRun run;
    run.config.n_layers = 0;
    run.config.d_vocab = 28;
    explorer.begin_live({run});
    explorer::LiveStep told;
    explorer::LiveSequence sequence;
    sequence.tokens = {"A", "B", "A", "B"};
    sequence.losses = {1, loss, 2};
    for (told.step = 0; told.step < 30; told.step += 10) {
      told.loss = told.step ? loss : 3;
      explorer.add_live(0, told, sequence);
    }
    check_widths(screen, "live", explorer, 300);
    engine::TrainingLog log = explorers::training_log(explorer.config());
    log.back().valid_loss = loss;
    log.back().in_context = -loss;
    if (std::isfinite(loss)) {  // a log has no others
      explorer.set_training_log(log);
      check_widths(screen, "training", explorer, 300);
    }
  }
}
