#include "view/sheet.h"

#include <algorithm>
#include <cmath>

#include "view/words.h"

namespace view {

namespace {

constexpr float tallest = 32000;  // device pixels: as if the figure had no lower end

std::shared_ptr<const std::vector<TokenText>> texts_of(explorer::Explorer& explorer) {
  return explorer.remembered("token texts", [&explorer] {
    return token_texts(explorer.loaded().tokenizer, explorer.tokens());
  });
}

}  // namespace

float draw_columns(const std::vector<Panel>& panels, Point at, float width, int columns) {
  for (std::size_t first = 0; first < panels.size(); first += std::size_t(columns)) {
    float height = 0;
    const std::size_t end = std::min(panels.size(), first + std::size_t(columns));
    for (std::size_t i = first; i < end; ++i) height = std::max(height, panels[i].height);
    for (std::size_t i = first; i < end; ++i)
      panels[i].draw({at.x + float(i - first) * (width + space::gap), at.y, width, height});
    at.y += height + space::gap;
  }
  return at.y - space::gap;
}

float draw_two(const Panel& first, float first_width, const Panel& second, float second_width,
               Point at, bool beside) {
  const float height = beside ? std::max(first.height, second.height) : first.height;
  first.draw({at.x, at.y, first_width, height});
  const Point next = beside ? Point{at.x + first_width + space::gap, at.y}
                            : Point{at.x, at.y + height + space::gap};
  const float second_height = beside ? height : second.height;
  second.draw({next.x, next.y, second_width, second_height});
  return next.y + second_height;
}

ImDrawList* Sheet::begin(const char* name, const Frame& frame) {
  speak(frame.language);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({frame.width, tallest});
  ImGui::Begin(name, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
  return ImGui::GetWindowDrawList();
}

Sheet::Sheet(const char* name, explorer::Explorer& explorer, const Frame& frame)
    : frame_(frame),
      canvas_(begin(name, frame), theme(frame.dark), frame.dpr, frame.svg),
      pointer_({0, 0, frame.width / frame.dpr, tallest}, frame.dpr),
      tokens_(texts_of(explorer)),
      scene_{canvas_, pointer_, explorer, *tokens_, frame.touch} {}

Sheet::~Sheet() {
  ImGui::GetIO().WantCaptureKeyboard = frame_.focused;  // for the platform: these keys are ours
  ImGui::End();
}

Drawn Sheet::end(float height, Wheel wheel) {
  if (frame_.focus_ring)
    canvas_.outline({0, 0, width(), height}, canvas_.theme().focus, space::radius + 2, 2);
  return {std::ceil(height * frame_.dpr), wheel};
}

Drawn Sheet::end_sentence(const char* sentence) {
  const Theme& theme = canvas_.theme();
  const float inner = width() - 2 * space::margin - 2 * space::padding;
  TextStyle style = canvas_.style(text_size::title);
  style.color = theme.muted;
  const float text = canvas_.paragraph_height(inner, sentence, style);
  const Rect r{space::margin, space::margin, width() - 2 * space::margin, text + 40};
  canvas_.fill(r, theme.card, space::radius);
  canvas_.outline(r, theme.border, space::radius);
  canvas_.paragraph({r.x + space::padding, r.y + 20, inner, text}, sentence, style);
  return end(r.bottom() + space::margin);
}

}  // namespace view
