#include "api/figure.h"

#include <emscripten/emscripten.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/error.h"
#include "view/svg.h"

namespace api {

namespace {

constexpr double least_work = 8;  // ms of a frame
constexpr int most_layouts = 12;  // of one update; what then still waits gets another update

view::Figure find(const std::string& name) {
  const view::Figure figure = view::find_figure(name);
  if (!figure) engine::fail("no figure '", name, "', expected one of ", view::figure_names());
  return figure;
}

}  // namespace

Figure::Figure(std::shared_ptr<platform::Screen> screen,
               std::shared_ptr<explorer::Explorer> explorer, const std::string& name)
    : surface_(std::move(screen)), explorer_(std::move(explorer)), draw_(find(name)) {}

float Figure::lay_out(const view::Frame& frame, float seconds) {
  surface_.begin(frame.width, height_, frame.dpr, frame.dark, seconds);
  view::Drawn drawn;
  try {
    drawn = draw_(*explorer_, frame);
  } catch (...) {
    surface_.abandon();
    throw;
  }
  surface_.end();
  wheel_ = drawn.wheel;
  return std::max(std::ceil(drawn.height), 1.0f);
}

bool Figure::work(float seconds) {
  const double end = emscripten_get_now() + std::max(least_work, 800 * double(seconds));
  bool more = has_work();
  while (more && emscripten_get_now() < end) more = explorer_->step_work(work_);
  return more;
}

int Figure::update(const view::Frame& frame, float seconds) {
  for (int i = 0; i < most_layouts; ++i) {
    const unsigned revision = explorer_->revision();
    const float before = std::exchange(height_, lay_out(frame, i == 0 ? seconds : 0));
    if (height_ == before && explorer_->revision() == revision && !surface_.has_input()) break;
  }
  work_ = explorer_->take_asked_work();
  return int(height_);
}

std::string Figure::svg(view::Frame frame) {
  update(frame, 0);  // until nothing changes any more
  view::Svg picture;
  frame.svg = &picture;
  const float height = lay_out(frame, 0);
  return picture.picture(frame.width / frame.dpr, height / frame.dpr);
}

}  // namespace api
