#include "view/repeat_cuts.h"

#include "view/words.h"

namespace view {

float draw_repeat_cuts(Scene& scene, Point at, float width, const explorer::InductionHeads& heads) {
  const std::optional<engine::HeadId> later = explorer::told_head(scene.explorer, heads);
  if (!heads.previous_token || !later) return at.y;
  const std::string from = engine::name(*heads.previous_token);
  std::vector<std::string> cuts{from + ">*:K"};
  if (heads.previous_token->layer < later->layer)
    cuts.insert(cuts.begin(), from + ">" + engine::name(*later) + ":K");
  const float left = at.x;
  for (const std::string& cut : cuts) {
    const std::string label = fill(words().cut_named, {cut_label(cut)});
    const float w = chip_width(scene, label, true);
    if (at.x > left && at.x + w > left + width) at = {left, at.y + chip_height + 6};
    if (chip(scene, at, label, scene.explorer.is_cut(cut), Mark::scissors))
      scene.explorer.toggle_cut(cut);
    at.x += w + 12;
  }
  return at.y + chip_height;
}

}  // namespace view
