// The `heads` figure: what each head does, read from its weights and from random tokens that come
// twice; and the chosen head's eigenvalues in the complex plane.
#include <algorithm>
#include <cmath>
#include <optional>

#include "explorer/induction_reading.h"
#include "view/complex_plane.h"
#include "view/sheet.h"
#include "view/words.h"

namespace view {

namespace {

using engine::HeadReading;
using engine::HeadScores;

constexpr float two_columns = 820, widest = 1500;
constexpr float name_width = 48, row_height = 22, header = 44;
constexpr float largest_plane = 420, narrow_kinds = 520, narrow_column = 90;

// One column of scores: of what, from where to where, and above what a head is called so.
struct Score {
  const char* name;
  const char* kind;
  float low, threshold;
  std::optional<double> (*read)(const HeadReading&);
};

template <double HeadScores::*which>
std::optional<double> read_score(const HeadReading& reading) {
  if (!reading.scores) return std::nullopt;
  return (*reading.scores).*which;
}

std::optional<double> read_copying(const HeadReading& reading) {
  if (!std::isfinite(reading.copying)) return std::nullopt;
  return reading.copying;
}

std::vector<Score> scores() {
  const Words& w = words();
  return {{w.copying_score, w.kind_copying, -1, float(engine::copying_threshold), read_copying},
          {w.previous_token_score, w.kind_previous_token, 0,
           float(engine::previous_token_threshold), read_score<&HeadScores::previous_token>},
          {w.induction_score, w.kind_induction, 0, float(engine::induction_threshold),
           read_score<&HeadScores::induction>},
          {w.duplicate_token_score, w.kind_duplicate_token, 0,
           float(engine::duplicate_token_threshold), read_score<&HeadScores::duplicate_token>}};
}

// "induction, copying"
std::string kinds_of(const HeadReading& reading) {
  std::string kinds;
  for (const Score& score : scores()) {
    const auto value = score.read(reading);
    if (value && *value > score.threshold)
      kinds += (kinds.empty() ? "" : words().list_comma) + std::string(score.kind);
  }
  return kinds;
}

class HeadTable {
 public:
  HeadTable(Scene& scene, float width, const std::vector<HeadReading>& readings)
      : scene_(scene), readings_(readings), inner_(width - 2 * card_padding(width)) {
    kinds_width_ = inner_ >= narrow_kinds ? 170 : 0;
    column_ = (inner_ - name_width - kinds_width_) / float(scores().size());
    note_height_ =
        scene.canvas.paragraph_height(inner_, words().heads_note, scene.canvas.muted()) + 8;
    height_ = card_height(width, header + row_height * float(readings.size()) + note_height_);
  }
  float height() const { return height_; }

  void draw(const Rect& r) {
    Canvas& canvas = scene_.canvas;
    const Rect inside = card(canvas, r, words().heads_scores);
    float x = inside.x + name_width;
    for (const Score& score : scores()) {
      draw_header({x, inside.y, column_ - 14, header}, score);
      x += column_;
    }
    float y = inside.y + header;
    for (const HeadReading& reading : readings_) {
      draw_row({inside.x, y, inside.w, row_height}, reading);
      y += row_height;
    }
    canvas.paragraph({inside.x, y + 8, inside.w, note_height_}, words().heads_note, canvas.muted());
  }

 private:
  static float x_of(const Rect& track, const Score& score, double value) {
    const double part = (value - double(score.low)) / (1 - double(score.low));
    return track.x + float(std::clamp(part, 0.0, 1.0)) * track.w;
  }

  void draw_header(const Rect& r, const Score& score) {
    Canvas& canvas = scene_.canvas;
    canvas.text({r.x, r.y, r.w, 18}, score.name, canvas.style(text_size::small));
    TextStyle style = canvas.muted(11);
    if (column_ >= narrow_column) {
      canvas.text({r.x, r.y + 20, 40, 16}, unsigned_number(score.low, 0), style);
      style.align = Align::right;
      canvas.text({r.right() - 40, r.y + 20, 40, 16}, "1", style);
    }
    style.align = Align::center;
    canvas.text({x_of(r, score, score.threshold) - 20, r.y + 20, 40, 16},
                unsigned_number(score.threshold, 1), style);
  }

  void draw_row(const Rect& r, const HeadReading& reading) {
    Canvas& canvas = scene_.canvas;
    const Theme& theme = canvas.theme();
    explorer::Explorer& explorer = scene_.explorer;
    const bool chosen = reading.head == explorer.head();
    if (chosen || scene_.pointer.over(r)) canvas.fill(r.inset(-6, 0.5f), theme.highlight, 4);
    canvas.text({r.x, r.y, name_width, r.h}, engine::name(reading.head),
                chosen ? canvas.strong(text_size::small) : canvas.style(text_size::small));
    float x = r.x + name_width;
    for (const Score& score : scores()) {
      draw_score({x, r.y, column_ - 14, r.h}, score, score.read(reading));
      x += column_;
    }
    if (kinds_width_ > 0)
      canvas.text({x, r.y, kinds_width_, r.h}, kinds_of(reading), canvas.muted());
    if (scene_.pointer.button(r)) explorer.set_head(reading.head);
  }

  void draw_score(const Rect& r, const Score& score, const std::optional<double>& value) {
    Canvas& canvas = scene_.canvas;
    const Theme& theme = canvas.theme();
    const Rect track{r.x, r.center().y - 3, r.w, 6};
    canvas.fill(track, theme.line, 3);
    const float threshold = x_of(track, score, score.threshold);
    canvas.line({threshold, r.y + 3}, {threshold, r.bottom() - 3}, theme.edge);
    if (!value) return;
    const float zero = x_of(track, score, 0), x = x_of(track, score, *value);
    const Color color = *value > score.threshold ? theme.raise
                        : *value < 0             ? theme.lower
                                                 : theme.before;
    canvas.fill({std::min(zero, x), track.y, std::max(1.0f, std::abs(x - zero)), track.h}, color,
                3);
  }

  Scene& scene_;
  const std::vector<HeadReading>& readings_;
  const float inner_;
  float kinds_width_ = 0, column_ = 0, note_height_ = 0, height_ = 0;
};

// The chosen head's eigenvalues.
class HeadEigenvalues {
 public:
  HeadEigenvalues(Scene& scene, float width, const HeadReading& reading)
      : scene_(scene), reading_(reading) {
    const float inner = width - 2 * card_padding(width);
    side_ = std::min(inner, largest_plane);
    text_ = sentence();
    text_height_ = scene.canvas.paragraph_height(inner, text_, scene.canvas.muted());
    height_ = card_height(width, 28 + side_ + 10 + text_height_);
  }
  float height() const { return height_; }

  void draw(const Rect& r) {
    Canvas& canvas = scene_.canvas;
    const Rect inside =
        card(canvas, r, fill(words().eigenvalues_title, {engine::name(reading_.head)}));
    const int chosen = choice(scene_, {inside.x, inside.y},
                              {words().circuit_ov, words().circuit_qk}, kept("circuit", 0));
    if (chosen >= 0) keep(scene_, "circuit", chosen);
    const bool ov = kept("circuit", 0) == 0;
    const Rect square{inside.x + (inside.w - side_) / 2, inside.y + 28, side_, side_};
    draw_complex_plane(scene_, square, ov ? reading_.eigenvalues.ov : reading_.eigenvalues.qk);
    canvas.paragraph({inside.x, square.bottom() + 10, inside.w, text_height_}, text_,
                     canvas.muted());
  }

 private:
  std::string sentence() const {
    if (kept("circuit", 0) == 1) return words().eigenvalues_qk;
    const auto copying = read_copying(reading_);
    if (!copying) return words().eigenvalues_none;
    return fill(words().eigenvalues_ov, {signed_number(float(*copying))});
  }

  Scene& scene_;
  const HeadReading& reading_;
  std::string text_;
  float side_ = 0, text_height_ = 0, height_ = 0;
};

void take_keys(explorer::Explorer& explorer) {
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) explorer.step_head(-1);
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) explorer.step_head(1);
}

}  // namespace

Drawn draw_heads(explorer::Explorer& explorer, const Frame& frame) {
  Sheet sheet("heads", explorer, frame);
  Scene& scene = sheet.scene();
  if (explorer.config().n_layers == 0) return sheet.end_sentence(words().no_heads);
  const engine::HeadReadings& work = explorer::head_readings(explorer);
  if (!work.done())
    return sheet.end_sentence(fill(words().reading_heads, {share(float(work.progress()))}).c_str());
  const auto readings = explorer.of_weights(explorer::heads_work, [&] { return work.result(); });
  const auto chosen =
      std::find_if(readings->begin(), readings->end(),
                   [&](const HeadReading& reading) { return reading.head == explorer.head(); });
  const float width = std::min(sheet.width() - 2 * space::margin, widest);
  const bool wide = width >= two_columns;
  const float right = wide ? std::clamp(width * 0.3f, 260.0f, 460.0f) : width;
  const float left = wide ? width - right - space::gap : width;
  HeadTable table(scene, left, *readings);
  HeadEigenvalues eigenvalues(scene, right, *chosen);

  const float bottom = draw_two(panel_of(table), left, panel_of(eigenvalues), right,
                                {space::margin, space::margin}, wide);
  if (frame.focused) take_keys(explorer);
  return sheet.end(bottom + space::margin);
}

}  // namespace view
