// The `bigrams` figure: what W_U W_E says comes after a token, without a run, beside what the
// corpus counted.
#include "engine/bigrams.h"

#include <algorithm>
#include <cmath>

#include "engine/circuits.h"
#include "view/scatter_plot.h"
#include "view/sheet.h"
#include "view/tokens.h"
#include "view/words.h"

namespace view {

namespace {

using explorer::Explorer;

constexpr float two_columns = 720, widest = 1500;
constexpr float largest_plot = 460, bar_room = 420, percent_width = 56;
constexpr int rows = 12, rows_beside = 17;

// All that is drawn of a token.
struct Followers {
  int token = 0;
  engine::Vector log_probabilities;  // d_vocab: log softmax of W_U W_E
  std::vector<int> likeliest;
  std::vector<int> counted;  // that follow it, with their dots
  std::vector<ScatterDot> dots;
  engine::Correlation correlation;  // of the dots
};

Followers followers_of(Explorer& explorer) {
  Followers followers;
  followers.token = explorer.tokens()[std::size_t(explorer.position())];
  const engine::Matrix logits = engine::direct_logits(explorer.loaded().model, {followers.token});
  followers.log_probabilities = engine::log_probabilities(engine::Vector(logits.col(0)));
  followers.likeliest = engine::top_tokens(followers.log_probabilities, rows_beside);
  const engine::BigramCounts* counts = explorer.bigram_counts();
  if (!counts) return followers;
  for (const engine::BigramCounts::Next& next : counts->next(followers.token)) {
    followers.counted.push_back(next.token);
    followers.dots.push_back(
        {counts->log_probability(followers.token, next), followers.log_probabilities[next.token]});
  }
  followers.correlation =
      engine::token_correlation(*counts, followers.token, followers.log_probabilities);
  return followers;
}

std::string correlation_text(const engine::Correlation& correlation) {
  return std::isfinite(correlation.value()) ? signed_number(float(correlation.value())) : "–";
}

// Of all counted pairs. There are counts.
const engine::BigramCorrelation& correlation_of(Explorer& explorer) {
  return explorer.work<engine::BigramCorrelation>(explorer::bigrams_work, [&] {
    return engine::BigramCorrelation(explorer.loaded().model, *explorer.bigram_counts());
  });
}

// How well W_U W_E fits the counts, over all tokens.
std::string fit_sentence(Explorer& explorer) {
  if (!explorer.bigram_counts()) return words().bigrams_no_counts;
  const engine::BigramCorrelation& work = correlation_of(explorer);
  if (!work.done()) return fill(words().bigrams_comparing, {share(float(work.progress()))});
  return fill(words().bigrams_fit,
              {grouped(int(work.result().pairs())), correlation_text(work.result())});
}

std::string sentence(Scene& scene, const Followers& followers) {
  const engine::Config& config = scene.explorer.config();
  std::string text = fill(words().bigrams_read, {quotable(scene, followers.token)});
  text += config.n_layers ? words().bigrams_direct : words().bigrams_whole;
  if (engine::has_norm(config)) text += words().bigrams_scale;
  return text + fit_sentence(scene.explorer);
}

// The likeliest next tokens, each with two bars: by the weights, and as counted.
class FollowerList {
 public:
  FollowerList(Scene& scene, float width, const Followers& followers, int rows)
      : scene_(scene), followers_(followers) {
    tokens_ = followers.likeliest;
    tokens_.resize(std::min(tokens_.size(), std::size_t(rows)));
    height_ = card_height(width, header + space::row * float(tokens_.size()));
    float lowest = 0;
    for (const int token : tokens_)
      lowest = std::min({lowest, followers.log_probabilities[token], counted(token).value_or(0)});
    decades_ = decades_to(lowest);
  }
  float height() const { return height_; }
  int pointed() const { return pointed_; }  // token, found while drawing; -1: none

  void draw(const Rect& r, int lit) {
    Canvas& canvas = scene_.canvas;
    const Rect inside =
        card(canvas, r, fill(words().bigrams_title, {quotable(scene_, followers_.token)}));
    TextStyle style = canvas.muted();
    style.align = Align::right;
    style.color = canvas.theme().raise;
    const float percents = track(inside).right() + 8;
    canvas.text({percents - 20, inside.y, percent_width + 20, header - 4}, words().by_weights,
                style);
    style.color = canvas.theme().muted;
    canvas.text({percents + percent_width, inside.y, percent_width + 4, header - 4},
                words().counted, style);
    draw_axis(track({inside.x, inside.y, inside.w, inside.h}));
    float y = inside.y + header;
    for (const int token : tokens_) {
      const Rect row{inside.x, y, inside.w, space::row};
      if (scene_.pointer.over(row)) pointed_ = token;
      if (token == lit || token == pointed_)
        canvas.fill(row.inset(-8, 0.5f), canvas.theme().highlight, 4);
      draw_row(row, token);
      y += space::row;
    }
  }

 private:
  static constexpr float header = 22;

  // From the decades' names down over all rows.
  void draw_axis(const Rect& bars) {
    Canvas& canvas = scene_.canvas;
    TextStyle style = canvas.muted(11);
    const float pitch = bars.w / float(decades_);
    const int every = int(std::ceil(54 / pitch));  // the last name ends at its line
    const float top = bars.y - 5 + header;
    for (int down = 0; down <= decades_; ++down) {
      const float x = bars.right() - pitch * float(down);
      canvas.line({x, top}, {x, top + space::row * float(tokens_.size())}, canvas.theme().line);
      if (down % every) continue;
      style.align = down ? Align::center : Align::right;
      canvas.text({down ? x - 30 : x - 60, top - header, 60, header - 4}, decade_name(down), style);
    }
  }

  static Rect track(const Rect& row) {
    const float name = std::min(120.0f, row.w * 0.3f);
    const float room = row.w - name - 2 * percent_width - 20;
    return {row.x + name + 8, row.y + 5, std::min(room, bar_room), row.h - 10};
  }

  void draw_row(const Rect& r, int token) {
    Canvas& canvas = scene_.canvas;
    const Theme& theme = canvas.theme();
    const Rect bars = track(r);
    canvas.text({r.x, r.y, bars.x - r.x - 8, r.h}, quotable(scene_, token), canvas.style());
    const auto bar = [&](float top, float height, float log_probability, Color color) {
      const float part = std::max(0.0f, 1 + log_probability / (decade * float(decades_)));
      canvas.fill({bars.x, bars.y + top, std::max(1.5f, bars.w * part), height}, color, 2);
    };
    TextStyle style = canvas.style(text_size::small);
    style.align = Align::right;
    const float log_probability = followers_.log_probabilities[token];
    bar(0, 8, log_probability, theme.raise);
    canvas.text({bars.right() + 8, r.y, percent_width, r.h}, percent(log_probability), style);
    const std::optional<float> by_count = counted(token);
    if (by_count) bar(9, 5, *by_count, theme.before);
    style.color = theme.muted;
    canvas.text({bars.right() + 8 + percent_width, r.y, percent_width + 4, r.h},
                by_count ? percent(*by_count) : "–", style);
  }

  // Its counted log-probability.
  std::optional<float> counted(int token) const {
    const engine::BigramCounts* counts = scene_.explorer.bigram_counts();
    if (!counts) return std::nullopt;
    return counts->log_probability(followers_.token, token);
  }

  Scene& scene_;
  const Followers& followers_;
  std::vector<int> tokens_;
  int decades_ = 1;  // of probability, that a bar can span
  int pointed_ = -1;
  float height_ = 0;
};

// Every counted pair of the token, by the weights over the counts, before those of all tokens.
class FollowerPlot {
 public:
  FollowerPlot(Scene& scene, float width, const Followers& followers)
      : scene_(scene), followers_(followers), all_(all_pairs(scene.explorer)) {
    const float inner = width - 2 * card_padding(width);
    side_ = followers.dots.empty() && !all_ ? 0 : std::min(inner, largest_plot);
    text_height_ = scene.canvas.paragraph_height(inner, text_of(-1), text_style(-1));
    if (!followers.dots.empty())  // what a pair says has room too
      text_height_ =
          std::max(text_height_, (inner < 360 ? 3 : 2) * Canvas::line_height(text_size::body));
    height_ = card_height(width, side_ + 8 + text_height_);
  }
  float height() const { return height_; }

  // Which of the counted is under the pointer; -1: none. Where draw() has the same rectangle.
  int pointed(const Rect& r) const {
    return side_ > 0 ? plot(square(card_inside(r))).pointed() : -1;
  }

  // `lit`: of the counted.
  void draw(const Rect& r, int lit) {
    Canvas& canvas = scene_.canvas;
    const Rect room = card(canvas, r, words().bigrams_pairs);
    float y = room.y;
    if (side_ > 0) {
      const Rect place = square(room);
      const ScatterPlot pairs = plot(place);
      pairs.draw(words().counted, words().by_weights);
      if (lit >= 0) pairs.mark(lit);
      y = place.bottom() + 8;
    }
    canvas.paragraph({room.x, y, room.w, text_height_}, text_of(lit), text_style(lit));
  }

 private:
  Rect square(const Rect& room) const {
    return {room.x + (room.w - side_) / 2, room.y, side_, side_};
  }

  ScatterPlot plot(const Rect& place) const { return {scene_, place, followers_.dots, all_}; }

  // Null until they are known.
  static const engine::PairDensity* all_pairs(Explorer& explorer) {
    if (!explorer.bigram_counts() || !correlation_of(explorer).done()) return nullptr;
    return &correlation_of(explorer).density();
  }

  TextStyle text_style(int lit) const {
    return lit >= 0 ? scene_.canvas.style() : scene_.canvas.muted(text_size::body);
  }

  std::string text_of(int lit) const {
    const engine::BigramCounts* counts = scene_.explorer.bigram_counts();
    if (!counts) return words().bigrams_no_counts;
    const std::string token = quotable(scene_, followers_.token);
    if (lit < 0)
      return (followers_.dots.empty()
                  ? fill(words().bigrams_rare, {token, grouped(int(counts->tokens().size()))})
                  : fill(words().bigrams_token_fit, {grouped(int(followers_.dots.size())), token,
                                                     correlation_text(followers_.correlation)})) +
             (all_ ? words().bigrams_behind : "");
    const ScatterDot& dot = followers_.dots[std::size_t(lit)];
    return fill(words().bigrams_pair,
                {token, quotable(scene_, followers_.counted[std::size_t(lit)]), percent(dot.x),
                 percent(dot.y)});
  }

  Scene& scene_;
  const Followers& followers_;
  const engine::PairDensity* all_;
  float side_ = 0, text_height_ = 0, height_ = 0;
};

// The two cards; what is pointed at in one is lit in the other.
float draw_cards(Scene& scene, const Followers& followers, Point at, float width) {
  const bool wide = width >= two_columns;
  const float right = wide ? std::clamp(width * 0.42f, 330.0f, 520.0f) : width;
  const float left = wide ? width - right - space::gap : width;
  FollowerList list(scene, left, followers, wide ? rows_beside : rows);
  FollowerPlot plot(scene, right, followers);
  const float height = wide ? std::max(list.height(), plot.height()) : list.height();
  const Point second =
      wide ? Point{at.x + left + space::gap, at.y} : Point{at.x, at.y + height + space::gap};
  const Rect plot_rect{second.x, second.y, right, wide ? height : plot.height()};
  const auto& counted = followers.counted;
  int lit = plot.pointed(plot_rect);
  list.draw({at.x, at.y, left, height}, lit < 0 ? -1 : counted[std::size_t(lit)]);
  const auto found = std::find(counted.begin(), counted.end(), list.pointed());
  if (found != counted.end()) lit = int(found - counted.begin());
  plot.draw(plot_rect, lit);
  return plot_rect.bottom();
}

void take_keys(Explorer& explorer) {
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) explorer.step_position(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) explorer.step_position(1);
}

}  // namespace

Drawn draw_bigrams(Explorer& explorer, const Frame& frame) {
  Sheet sheet("bigrams", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.empty()) return sheet.end_sentence(words().empty_bigrams);
  const auto followers = explorer.remembered("followers", [&] { return followers_of(explorer); });
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  TokenRow row(scene, width, explorer.position(), {}, TokenRow::Below::nothing);
  Point at{space::margin, space::margin};
  row.draw(at, {});
  at.y += row.height() + 10;
  at.y += scene.canvas.paragraph({at.x, at.y, width, 0}, sentence(scene, *followers),
                                 scene.canvas.style()) +
          10;
  const float bottom = draw_cards(scene, *followers, at, width);
  if (frame.focused) take_keys(explorer);
  return sheet.end(bottom + space::margin);
}

}  // namespace view
