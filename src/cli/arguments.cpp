#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>

#include "engine/error.h"

namespace cli {

namespace {

int whole_number(const std::string& name, const std::string& given) {
  int number = 0;
  const char* end = given.data() + given.size();
  const std::from_chars_result result = std::from_chars(given.data(), end, number);
  if (result.ec == std::errc::result_out_of_range && result.ptr == end)
    engine::fail(name, ": expected a whole number from ", std::numeric_limits<int>::min(), " to ",
                 std::numeric_limits<int>::max(), ", found ", given);
  if (result.ec != std::errc() || result.ptr != end)
    engine::fail(name, ": expected a whole number, found '", given, "'");
  return number;
}

}  // namespace

void Arguments::text(const std::string& name, std::optional<std::string>& value,
                     const std::string& help, const std::string& type) {
  read(
      name, [&value](const std::string& given) { value = given; }, help, type);
}

void Arguments::required(const std::string& name, std::string& value, const std::string& help,
                         const std::string& type) {
  app_.add_option(name, value, help)->required()->type_name(type);
}

void Arguments::number(const std::string& name, std::optional<int>& value, const std::string& help,
                       const std::string& type) {
  read(
      name, [&value, name](const std::string& given) { value = whole_number(name, given); }, help,
      type);
}

void Arguments::flag(const std::string& name, bool& value, const std::string& help) {
  app_.add_flag(name, value, help);
}

void Arguments::read(const std::string& name, std::function<void(const std::string&)> take,
                     const std::string& help, const std::string& type) {
  app_.add_option_function<std::string>(name, std::move(take), help)->type_name(type);
}

void Arguments::list(const std::string& name, std::vector<std::string>& values,
                     const std::string& help, const std::string& type) {
  const auto take = [&values](const std::vector<std::string>& given) { values = given; };
  app_.add_option_function<std::vector<std::string>>(name, take, help)
      ->allow_extra_args(false)
      ->type_name(type);
}

void Arguments::footer(const std::string& text) {
  app_.footer(text);
}

}  // namespace cli
