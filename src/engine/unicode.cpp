#include "engine/unicode.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "engine/unicode_tables.h"
#include "engine/utf8.h"

namespace engine {

namespace {

// The entry of a sorted table that holds the code point, or null.
template <class Entry, std::size_t n>
const Entry* find_range(const Entry (&table)[n], char32_t code_point) {
  const Entry* found =
      std::upper_bound(std::begin(table), std::end(table), code_point,
                       [](char32_t value, const Entry& entry) { return value < entry.first; });
  if (found == std::begin(table) || code_point > (found - 1)->last) return nullptr;
  return found - 1;
}

struct NamedCategory {
  std::string_view name;
  utf8proc_category_t category;
};

constexpr NamedCategory categories[] = {
    {"Cn", UTF8PROC_CATEGORY_CN}, {"Lu", UTF8PROC_CATEGORY_LU}, {"Ll", UTF8PROC_CATEGORY_LL},
    {"Lt", UTF8PROC_CATEGORY_LT}, {"Lm", UTF8PROC_CATEGORY_LM}, {"Lo", UTF8PROC_CATEGORY_LO},
    {"Mn", UTF8PROC_CATEGORY_MN}, {"Mc", UTF8PROC_CATEGORY_MC}, {"Me", UTF8PROC_CATEGORY_ME},
    {"Nd", UTF8PROC_CATEGORY_ND}, {"Nl", UTF8PROC_CATEGORY_NL}, {"No", UTF8PROC_CATEGORY_NO},
    {"Pc", UTF8PROC_CATEGORY_PC}, {"Pd", UTF8PROC_CATEGORY_PD}, {"Ps", UTF8PROC_CATEGORY_PS},
    {"Pe", UTF8PROC_CATEGORY_PE}, {"Pi", UTF8PROC_CATEGORY_PI}, {"Pf", UTF8PROC_CATEGORY_PF},
    {"Po", UTF8PROC_CATEGORY_PO}, {"Sm", UTF8PROC_CATEGORY_SM}, {"Sc", UTF8PROC_CATEGORY_SC},
    {"Sk", UTF8PROC_CATEGORY_SK}, {"So", UTF8PROC_CATEGORY_SO}, {"Zs", UTF8PROC_CATEGORY_ZS},
    {"Zl", UTF8PROC_CATEGORY_ZL}, {"Zp", UTF8PROC_CATEGORY_ZP}, {"Cc", UTF8PROC_CATEGORY_CC},
    {"Cf", UTF8PROC_CATEGORY_CF}, {"Cs", UTF8PROC_CATEGORY_CS}, {"Co", UTF8PROC_CATEGORY_CO}};

int combining_class(utf8proc_int32_t c) {
  return utf8proc_get_property(c)->combining_class;
}

// Puts each run of marks in the order of their combining classes. utf8proc would do it itself, in
// time quadratic in the run's length.
void order_marks(std::vector<utf8proc_int32_t>& text) {
  for (auto run = text.begin(); run != text.end();) {
    const auto is_starter = [](utf8proc_int32_t c) { return combining_class(c) == 0; };
    run = std::find_if_not(run, text.end(), is_starter);
    const auto end = std::find_if(run, text.end(), is_starter);
    std::stable_sort(run, end, [](utf8proc_int32_t a, utf8proc_int32_t b) {
      return combining_class(a) < combining_class(b);
    });
    run = end;
  }
}

// Appends the NFC of a text, all of whose marks the Rust tokenizers' NFC knows.
void append_composed(std::string& result, std::u32string_view text) {
  constexpr auto options = utf8proc_option_t(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  std::vector<utf8proc_int32_t> decomposed;
  decomposed.reserve(text.size());
  for (const char32_t c : text) {
    utf8proc_int32_t parts[8];
    const utf8proc_ssize_t n =
        utf8proc_decompose_char(utf8proc_int32_t(c), parts, std::size(parts), options, nullptr);
    assert(n >= 0 && n <= utf8proc_ssize_t(std::size(parts)));  // at most 4 in Unicode
    decomposed.insert(decomposed.end(), parts, parts + n);
  }
  order_marks(decomposed);
  const utf8proc_ssize_t n =
      utf8proc_normalize_utf32(decomposed.data(), utf8proc_ssize_t(decomposed.size()), options);
  for (utf8proc_ssize_t i = 0; i < n; ++i)
    append_utf8(result, char32_t(decomposed[std::size_t(i)]));
}

}  // namespace

Classes classes_of(char32_t code_point) {
  int category = utf8proc_category(utf8proc_int32_t(code_point));
  if (const auto* later = find_range(unicode_tables::later_categories, code_point))
    category = later->category;
  return Classes(1) << category | (is_space(code_point) ? white_space : 0);
}

std::optional<Classes> category(std::string_view name) {
  Classes classes = 0;
  for (const NamedCategory& entry : categories)
    if (entry.name == name || (name.size() == 1 && entry.name[0] == name[0]))
      classes |= Classes(1) << entry.category;
  if (!classes) return std::nullopt;
  return classes;
}

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_word(char32_t c) {
  constexpr Classes word = Classes(1) << UTF8PROC_CATEGORY_LU | Classes(1) << UTF8PROC_CATEGORY_LL |
                           Classes(1) << UTF8PROC_CATEGORY_LT | Classes(1) << UTF8PROC_CATEGORY_LM |
                           Classes(1) << UTF8PROC_CATEGORY_LO | Classes(1) << UTF8PROC_CATEGORY_MN |
                           Classes(1) << UTF8PROC_CATEGORY_MC | Classes(1) << UTF8PROC_CATEGORY_ME |
                           Classes(1) << UTF8PROC_CATEGORY_ND | Classes(1) << UTF8PROC_CATEGORY_NL |
                           Classes(1) << UTF8PROC_CATEGORY_PC;
  const bool joiner = c == 0x200C || c == 0x200D;
  return joiner || classes_of(c) & word || find_range(unicode_tables::other_alphabetic, c);
}

bool is_numeric(char32_t c) {
  constexpr Classes number = Classes(1) << UTF8PROC_CATEGORY_ND |
                             Classes(1) << UTF8PROC_CATEGORY_NL |
                             Classes(1) << UTF8PROC_CATEGORY_NO;
  return classes_of(c) & number || find_range(unicode_tables::later_numbers, c);
}

char32_t lower_case(char32_t code_point) {
  return char32_t(utf8proc_tolower(utf8proc_int32_t(code_point)));
}

std::string nfc(std::string_view text) {
  // An unknown mark neither moves nor composes, and nothing moves past it: what stands before it
  // and what stands after it are normalised apart.
  const std::u32string characters = code_points(text);
  std::string result;
  std::size_t start = 0;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (!find_range(unicode_tables::marks_unknown_to_nfc, characters[i])) continue;
    append_composed(result, std::u32string_view(characters).substr(start, i - start));
    append_utf8(result, characters[i]);
    start = i + 1;
  }
  append_composed(result, std::u32string_view(characters).substr(start));
  return result;
}

std::vector<std::string_view> graphemes(std::string_view text) {
  std::vector<std::string_view> result;
  utf8proc_int32_t state = 0;
  utf8proc_int32_t previous = 0;
  std::size_t start = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                         utf8proc_ssize_t(text.size() - at), &c);
    assert(size > 0);
    if (at > start && utf8proc_grapheme_break_stateful(previous, c, &state)) {
      result.push_back(text.substr(start, at - start));
      start = at;
    }
    previous = c;
    at += std::size_t(size);
  }
  if (at > start) result.push_back(text.substr(start));
  return result;
}

}  // namespace engine
