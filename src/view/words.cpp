#include "view/words.h"

#include "view/word_tables.h"

namespace view {

namespace {

Words made_of(void (*name_text)(Words&), void (*name_model)(Words&)) {
  Words w{};  // null where a name is forgotten, which the test finds
  name_text(w);
  name_model(w);
  return w;
}

const Words* spoken = nullptr;

std::string joined(const engine::Path& path) {
  std::string text;
  for (engine::HeadId head : path) text += (text.empty() ? "" : " → ") + engine::name(head);
  return text;
}

// "L0H3" as it is, "L0*", and "*", which `all` names.
std::string heads_label(const std::string& heads, const char* all) {
  if (heads == "*") return all;
  if (heads.back() != '*') return heads;
  return fill(words().cut_layer, {heads.substr(1, heads.size() - 2)});
}

}  // namespace

const std::vector<const Words*>& all_words() {
  static const Words english = made_of(name_text_in_english, name_model_in_english);
  static const Words chinese = made_of(name_text_in_chinese, name_model_in_chinese);
  static const std::vector<const Words*> all{&english, &chinese};
  return all;
}

const Words& words() {
  return spoken ? *spoken : *all_words().front();
}

void speak(std::string_view tag) {
  spoken = nullptr;
  for (const Words* each : all_words())
    if (tag == each->tag) spoken = each;
}

std::string fill(const char* sentence, std::initializer_list<std::string> values) {
  std::string filled;
  for (const char* c = sentence; *c; ++c) {
    const bool place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
    if (!place) {
      filled += *c;
      continue;
    }
    const std::size_t number = std::size_t(c[1] - '0');
    if (number < values.size()) filled += *(values.begin() + number);
    c += 2;
  }
  return filled;
}

std::string layers_label(int n_layers) {
  const Words& w = words();
  const char* const names[] = {w.no_layers, w.one_layer, w.two_layers};
  return n_layers <= 2 ? names[n_layers] : fill(w.n_layers, {std::to_string(n_layers)});
}

std::string term_label(const explorer::TermKey& term) {
  if (term.bias)
    return term.path.empty() ? words().bias : fill(words().bias_through, {joined(term.path)});
  return term.path.empty() ? words().direct : joined(term.path);
}

std::string cut_label(const std::string& cut) {
  const Words& w = words();
  if (cut.rfind("path:", 0) == 0) {
    std::string path = cut.substr(5);
    for (std::size_t at = path.find('-'); at != path.npos; at = path.find('-'))
      path.replace(at, 1, " → ");
    return fill(w.cut_path, {path == "direct" ? std::string(w.direct) : path});
  }
  const std::size_t arrow = cut.find('>'), colon = cut.rfind(':');
  const std::string earlier = heads_label(cut.substr(0, arrow), w.cut_all_heads);
  if (arrow == cut.npos) return cut.back() == '*' ? earlier : fill(w.cut_head, {earlier});
  const std::size_t length = colon == cut.npos ? cut.npos : colon - arrow - 1;
  const std::string wire =
      earlier + " → " + heads_label(cut.substr(arrow + 1, length), w.cut_later);
  if (colon == cut.npos) return wire;
  const char input = cut.back();
  return fill(input == 'Q' ? w.cut_queries : input == 'K' ? w.cut_keys : w.cut_values, {wire});
}

}  // namespace view
