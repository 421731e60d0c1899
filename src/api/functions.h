// What the page calls, as plain functions; api.cpp binds them under the same names. Results that
// can fail are answers (answer.h); JSON goes as text.
#pragma once

#include <emscripten/val.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/figure.h"
#include "engine/model_file.h"
#include "explorer/explorer.h"
#include "platform/platform.h"
#include "report/claims.h"

namespace api {

using Loaded = std::shared_ptr<const engine::LoadedModel>;
using Explorer = std::shared_ptr<explorer::Explorer>;
using Screen = std::shared_ptr<platform::Screen>;

// A model that is read from its files' bytes; a file that is not there is empty. Answers with a
// ModelReading; a step of it with its progress, null once it is done; then it has the Model.
struct Model {
  Loaded loaded;
};
struct ModelReading {
  const std::string config, tokenizer, tokenizer_config;
  std::optional<engine::ModelReading> reading;
};
emscripten::val read_model(const std::string& config, const emscripten::val& weights,
                           const std::string& tokenizer, const std::string& tokenizer_config);
emscripten::val step_reading(ModelReading& model);
emscripten::val read_model_of(ModelReading& model);
// The answer to a command, in the command line's words: JSON -> JSON.
emscripten::val analyse(const Model& model, const std::string& command, const std::string& options);

// The paper's claims, being measured with other models of the model's set; `options` are those of
// the command. Answers with a Claims; a step of it with its progress, null once it is done; then it
// has the command's JSON.
struct Claims {
  Loaded loaded;
  report::ClaimsMeasurement measurement;
};
emscripten::val measure_claims(const Model& model, const std::string& options,
                               const std::vector<Model>& set);
emscripten::val step_claims(Claims& claims);
emscripten::val measured_claims(const Claims& claims);

// An Explorer of the model, which page and figures share; each function below answers with the
// JSON of api/state.h, api/tables.h and their like, or with what was wrong.
emscripten::val make_explorer(const Model& model);
emscripten::val set(const Explorer& explorer, const std::string& change);
// The model that figures show beside the explorer's.
void set_companion(const Explorer& explorer, const Model& model);
emscripten::val state(const Explorer& explorer);
emscripten::val table(const Explorer& explorer, const std::string& figure);
unsigned revision(const Explorer& explorer);

// Reads the heads, a step; answers with its progress, null once they are read: then named_heads has
// {"induction", "previous_token", "copying"} (induction_tables.h).
emscripten::val read_heads(const Explorer& explorer);
emscripten::val named_heads(const Explorer& explorer);

// The current WebGL context with the three fonts' bytes; `rasterizer` is glyphs.js's.
emscripten::val make_screen(const emscripten::val& rasterizer, const std::string& regular,
                            const std::string& semibold, const std::string& mono);
void lose_screen(const Screen& screen);

emscripten::val make_figure(const Screen& screen, const Explorer& explorer,
                            const std::string& name);
// Answers with {height, wheel: "page", "enlarges" or "zooms", takesKeys, cursor}.
emscripten::val update(Figure& figure, const view::Frame& frame, float seconds);
// Long work that it drew the progress of goes on, in most of so many seconds: whether there is
// more.
emscripten::val work(Figure& figure, float seconds);
// Answers with the figure as a picture in SVG, for this frame. Then comes an update.
emscripten::val svg(Figure& figure, const view::Frame& frame);
// Answers whether another frame is wanted.
emscripten::val draw(Figure& figure);

// Input, in CSS pixels of the figure; `name` is the DOM's key name, `button` the DOM's number. What
// a figure does not know is left alone.
void pointer_move(Figure& figure, float x, float y, bool touch);
void pointer_leave(Figure& figure);
void pointer_button(Figure& figure, int button, bool down);
void wheel(Figure& figure, float x, float y);
void key(Figure& figure, const std::string& name, bool down);
void modifiers(Figure& figure, bool ctrl, bool shift, bool alt, bool meta);
void focus(Figure& figure, bool focused);

}  // namespace api
