// What a head does with one source token: who looks for it, what it raises and lowers, and which
// crossed skip-trigrams it cannot help.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/crossed_trigrams.h"
#include "view/scene.h"

namespace view {

struct SourceReading {
  struct Entry {
    int token = 0;
    float value = 0;
  };
  int source = 0;
  std::vector<Entry> destinations, raised, lowered;  // by qk, by ov, by -ov
  std::optional<engine::CrossedTrigrams> crossed;
};

class SourceCard {
 public:
  SourceCard(Scene& scene, float width, int source);
  float height() const { return height_; }
  void draw(const Rect& r);

 private:
  float draw_list(Point at, const char* title, const std::vector<SourceReading::Entry>& entries,
                  Color color);
  void draw_crossed(const Rect& r);
  void draw_crossed_row(const Rect& r, int destination, int output);
  std::string crossed_sentence() const;

  Scene& scene_;
  std::shared_ptr<const SourceReading> reading_;
  std::size_t rows_ = 0;  // of each list
  float inner_ = 0, list_width_ = 0, lists_height_ = 0, sentence_height_ = 0, height_ = 0;
};

}  // namespace view
