// The goldens are by PyPI's safetensors: tests/oracle/safetensors_goldens.py.
#include "engine/safetensors.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/error.h"
#include "engine/json.h"
#include "engine/random.h"
#include "files.h"

using Catch::Matchers::Contains;
using engine::Error;
using engine::Random;
using engine::read_safetensors;
using engine::Safetensors;
using engine::Tensor;

namespace {

// A file with this header and this many bytes of numbers after it.
std::string file_of(const std::string& header, std::size_t bytes = 0) {
  std::string file;
  for (int i = 0; i < 8; ++i) file += char(std::uint64_t(header.size()) >> (8 * i) & 255);
  return file + header + std::string(bytes, '\0');
}

// "{"NAME": {"dtype": DTYPE, "shape": SHAPE, "data_offsets": OFFSETS}, ...}" without the braces.
std::string entry(const std::string& name, const std::string& dtype, const std::string& shape,
                  const std::string& offsets) {
  return "\"" + name + "\": {\"dtype\": \"" + dtype + "\", \"shape\": " + shape +
         ", \"data_offsets\": " + offsets + "}";
}

void check_refused(const std::string& file, const std::string& word) {
  CAPTURE(file.substr(0, 300), word);
  CHECK_THROWS_WITH(read_safetensors(file), Contains(word));
  CHECK_THROWS_AS(read_safetensors(file), Error);
}

struct Stored {
  std::string name, dtype;
  std::vector<std::int64_t> shape;
  std::string bytes;
};

std::string random_bytes(Random& random, std::size_t n) {
  std::string bytes(n, '\0');
  for (char& byte : bytes) byte = char(random.below(256));
  return bytes;
}

// 0 to 6 tensors of any dtype, 0 to 3 axes of 0 to 4.
std::vector<Stored> random_tensors(Random& random) {
  const std::pair<const char*, std::size_t> dtypes[] = {{"BOOL", 1}, {"U8", 1},   {"F8_E4M3", 1},
                                                        {"F16", 2},  {"BF16", 2}, {"I32", 4},
                                                        {"F32", 4},  {"F64", 8},  {"I64", 8}};
  std::vector<Stored> tensors(std::size_t(random.below(7)));
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const auto& [dtype, size] = dtypes[random.below(9)];
    tensors[i] = {"t\"\xe4\xb8\xad" + std::to_string(i), dtype, {}, ""};
    std::size_t count = 1;
    for (int axis = random.below(4); axis > 0; --axis) {
      tensors[i].shape.push_back(random.below(5));
      count *= std::size_t(tensors[i].shape.back());
    }
    tensors[i].bytes = random_bytes(random, count * size);
  }
  return tensors;
}

std::string write(const std::vector<Stored>& stored,
                  const std::map<std::string, std::string>& metadata = {}) {
  std::vector<Tensor> tensors;
  for (const Stored& s : stored) tensors.push_back({s.name, s.dtype, s.shape, s.bytes});
  return engine::write_safetensors(tensors, metadata);
}

template <class Number>
Tensor tensor_of(const std::string& dtype, const std::vector<Number>& numbers) {
  return {"W",
          dtype,
          {std::int64_t(numbers.size())},
          std::string_view(reinterpret_cast<const char*>(numbers.data()),
                           numbers.size() * sizeof(Number))};
}

std::vector<float> floats(const Tensor& tensor) {
  std::vector<float> out(std::size_t(tensor.shape.empty() ? 1 : tensor.shape[0]));
  engine::read_floats(tensor, 0, std::int64_t(out.size()), out.data());
  return out;
}

}  // namespace

TEST_CASE("what is written is read back, for any dtypes and shapes") {
  Random random(1);
  for (int i = 0; i < 300; ++i) {
    const std::vector<Stored> stored = random_tensors(random);
    std::map<std::string, std::string> metadata;
    if (random.below(2)) metadata = {{"config", "{\"a\": \"\n\"}"}, {"", ""}};
    const std::string file = write(stored, metadata);
    const Safetensors read = read_safetensors(file);
    CHECK(read.metadata == metadata);
    REQUIRE(read.tensors.size() == stored.size());
    for (const Stored& s : stored) {
      const Tensor* tensor = read.find(s.name);
      REQUIRE(tensor);
      CHECK(tensor->dtype == s.dtype);
      CHECK(tensor->shape == s.shape);
      CHECK(tensor->bytes.text() == s.bytes);
    }
  }
}

TEST_CASE("files of PyPI's safetensors are read") {
  for (const char* name : {"mixed", "odd", "empty"}) {
    CAPTURE(name);
    const std::string folder = "tests/goldens/safetensors/";
    const std::string bytes = read_file(folder + name + ".safetensors");
    const engine::Json expected = engine::parse_json(read_file(folder + name + ".json"), name);
    const Safetensors file = read_safetensors(bytes);
    CHECK(file.metadata == expected["metadata"].get<std::map<std::string, std::string>>());
    CHECK(file.tensors.size() == expected["tensors"].size());
    for (const auto& [key, golden] : expected["tensors"].items()) {
      CAPTURE(key);
      const Tensor* tensor = file.find(key);
      REQUIRE(tensor);
      CHECK(tensor->dtype == golden["dtype"]);
      CHECK(tensor->shape == golden["shape"].get<std::vector<std::int64_t>>());
      if (golden["numbers"].is_null()) {
        CHECK_THROWS_AS(floats(*tensor), Error);
        continue;
      }
      const auto numbers = golden["numbers"].get<std::vector<double>>();
      std::vector<float> read(numbers.size());
      engine::read_floats(*tensor, 0, std::int64_t(read.size()), read.data());
      for (std::size_t i = 0; i < read.size(); ++i) CHECK(read[i] == float(numbers[i]));
    }
  }
}

TEST_CASE("any part of a file is refused, for it lacks bytes") {
  Random random(2);
  const std::string file = write(
      {{"a", "F32", {2, 2}, random_bytes(random, 16)}, {"b", "F16", {3}, random_bytes(random, 6)}},
      {{"key", "value"}});
  for (std::size_t n = 0; n < file.size(); ++n)
    CHECK_THROWS_AS(read_safetensors(std::string_view(file).substr(0, n)), Error);
  CHECK_THROWS_WITH(read_safetensors(file.substr(0, file.size() - 1)), Contains("cut short"));
  CHECK_NOTHROW(read_safetensors(file));
}

TEST_CASE("a damaged file is read or refused, and a tensor stays within it") {
  Random random(3);
  const std::string file = write({{"a", "F32", {2, 2}, random_bytes(random, 16)},
                                  {"b", "F16", {3}, random_bytes(random, 6)},
                                  {"c", "F64", {0, 7}, ""}});
  int read = 0, refused = 0;
  for (int i = 0; i < 6000; ++i) {
    std::string damaged = file;
    for (int n = random.below(4); n >= 0; --n)
      damaged[std::size_t(random.below(int(file.size())))] = "\0\"{}[]:,0129\xff"[random.below(13)];
    try {
      const Safetensors result = read_safetensors(damaged);
      for (const auto& [name, tensor] : result.tensors)
        if (damaged.find(tensor.bytes.text()) == damaged.npos) FAIL("not in the file: " << name);
      ++read;
    } catch (const Error&) {
      ++refused;
    }
  }
  CHECK(read > 100);  // damage to the numbers alone
  CHECK(refused > 1000);
}

TEST_CASE("numbers may start at any byte of the file") {
  for (std::size_t blanks = 0; blanks < 8; ++blanks) {
    const std::string header = "{" + entry("odd", "U8", "[1]", "[0, 1]") + ", " +
                               entry("W", "F64", "[1]", "[1, 9]") + "}" + std::string(blanks, ' ');
    std::string bytes = file_of(header, 1);
    const double number = 0.75;
    bytes.append(reinterpret_cast<const char*>(&number), 8);
    CHECK(floats(*read_safetensors(bytes).find("W")) == std::vector<float>{0.75f});
  }
}

TEST_CASE("JSON's blanks may stand around the header, other bytes may not") {
  CHECK_NOTHROW(read_safetensors(file_of(" \n\t{}")));
  CHECK_NOTHROW(read_safetensors(file_of("{} \r\n\t")));
  check_refused(file_of(std::string("{}\0", 3)), "NUL");
  check_refused(file_of("{}x"), "not JSON");
  check_refused(file_of("[]"), "not a JSON object");
  check_refused(file_of("\xc2\xa0{}"), "not a JSON object");
}

TEST_CASE("a header's length is checked before it is believed") {
  check_refused("", "empty");
  check_refused("abc", "3 bytes");
  check_refused(std::string(8, '\0'), "not a JSON object");
  check_refused(std::string("\x00\xe1\xf5\x05\0\0\0\0{", 9), "100000000 bytes, but only 1 follow");
  check_refused(std::string("\x01\xe1\xf5\x05\0\0\0\0{", 9), "at most 100000000");
  check_refused(std::string("\xff\xff\xff\xff\xff\xff\xff\xff{", 9), "18446744073709551615");
}

TEST_CASE("offsets must tile the numbers: no hole, no overlap, nothing left over") {
  const auto two = [](const char* first, const char* second) {
    return "{" + entry("a", "F32", "[2]", first) + ", " + entry("b", "F32", "[1]", second) + "}";
  };
  CHECK_NOTHROW(read_safetensors(file_of(two("[0, 8]", "[8, 12]"), 12)));
  CHECK_NOTHROW(read_safetensors(file_of(two("[4, 12]", "[0, 4]"), 12)));
  check_refused(file_of(two("[0, 8]", "[12, 16]"), 16), "nobody's");
  check_refused(file_of(two("[4, 12]", "[12, 16]"), 16), "nobody's");
  check_refused(file_of(two("[0, 8]", "[4, 8]"), 12), "overlaps");
  check_refused(file_of(two("[0, 8]", "[0, 4]"), 12), "overlaps");
  check_refused(file_of(two("[0, 8]", "[8, 12]"), 13), "expected 12");
  check_refused(file_of(two("[0, 8]", "[8, 12]"), 11), "cut short");
  check_refused(file_of(two("[8, 0]", "[8, 12]"), 12), "expected 8 bytes");
  check_refused(file_of(two("[0, 12]", "[12, 16]"), 16), "expected 8 bytes");
  check_refused(file_of("{}", 1), "expected 0");
}

TEST_CASE("sizes that 64 bits cannot hold are refused") {
  const char* const huge = "[0, 0]";
  check_refused(file_of("{" + entry("a", "F32", "[4294967296, 4294967296]", huge) + "}"),
                "too large");
  check_refused(file_of("{" + entry("a", "F64", "[2305843009213693952]", huge) + "}"), "too large");
  check_refused(file_of("{" + entry("a", "F32", "[18446744073709551616]", huge) + "}"), "whole");
  check_refused(file_of("{" + entry("a", "U8", "[9223372036854775808]", huge) + "}"), "whole");
  check_refused(file_of("{" + entry("a", "U8", "[1]", "[0, 99999999999999999999]") + "}"), "begin");
  check_refused(file_of("{" +
                        entry("a", "U8", "[2305843009213693951]",
                              "[2305843009213693951, 4611686018427387902]") +
                        "}"),
                "nobody's");
  check_refused(
      file_of("{" + entry("a", "U8", "[1152921504606846976]", "[0, 1152921504606846976]") + "}"),
      "cut short");
}

TEST_CASE("each field of an entry is checked, with the tensor's name") {
  check_refused(file_of("{\"embed\": 3}"), "\"embed\"");
  check_refused(file_of("{\"a\": {\"shape\": [], \"data_offsets\": [0, 0]}}"), "no dtype");
  check_refused(file_of("{\"a\": {\"dtype\": \"F32\", \"data_offsets\": [0, 0]}}"), "no shape");
  check_refused(file_of("{\"a\": {\"dtype\": \"F32\", \"shape\": [0]}}"), "no data_offsets");
  check_refused(file_of("{" + entry("a", "F31", "[0]", "[0, 0]") + "}"), "\"F31\"");
  check_refused(file_of("{\"a\": {\"dtype\": 32, \"shape\": [0], \"data_offsets\": [0, 0]}}"),
                "32");
  check_refused(file_of("{" + entry("a", "F4", "[3]", "[0, 1]") + "}", 1), "whole number of bytes");
  CHECK_NOTHROW(read_safetensors(file_of("{" + entry("a", "F4", "[2]", "[0, 1]") + "}", 1)));
  for (const char* shape : {"0", "{}", "[-1]", "[1.0]", "[\"1\"]", "[null]", "[1e2]"})
    check_refused(file_of("{" + entry("a", "U8", shape, "[0, 0]") + "}"), "shape");
  for (const char* offsets : {"0", "[]", "[0]", "[0, 0, 0]", "[-1, 0]", "[0.0, 0]", "[null, 0]"})
    check_refused(file_of("{" + entry("a", "U8", "[0]", offsets) + "}"), "data_offsets");
}

TEST_CASE("a name that stands twice is refused") {
  check_refused(file_of("{" + entry("W", "U8", "[1]", "[0, 1]") + ", " +
                            entry("W", "U8", "[1]", "[1, 2]") + "}",
                        2),
                "\"W\" twice");
  check_refused(file_of("{\"__metadata__\": {}, \"__metadata__\": {}}"), "twice");
}

TEST_CASE("metadata is strings by name") {
  check_refused(file_of("{\"__metadata__\": []}"), "__metadata__");
  check_refused(file_of("{\"__metadata__\": {\"epoch\": 3}}"), "\"epoch\"");
  check_refused(file_of("{\"__metadata__\": {\"a\": {\"b\": 1}}}"), "\"a\"");
  check_refused(file_of("{\"__metadata__\": {\"a\": {\"b\": [[]]}}}"), "deeper");
}

TEST_CASE("numbers that are not finite, or not in float32, are refused with name and place") {
  const float inf = std::numeric_limits<float>::infinity();
  CHECK_THROWS_WITH(floats(tensor_of<float>("F32", {0, 1, NAN})),
                    Contains("\"W\"") && Contains("[2]") && Contains("finite"));
  CHECK_THROWS_WITH(floats(tensor_of<float>("F32", {0, -inf})), Contains("-inf at [1]"));
  CHECK_THROWS_WITH(floats(tensor_of<std::uint16_t>("F16", {0x7c00})), Contains("inf"));
  CHECK_THROWS_WITH(floats(tensor_of<std::uint16_t>("BF16", {0x7fc0})), Contains("nan"));
  CHECK_THROWS_WITH(floats(tensor_of<double>("F64", {1, 1e39})),
                    Contains("1e+39 at [1]") && Contains("too large for float32"));
  CHECK_THROWS_WITH(floats(tensor_of<double>("F64", {NAN})), Contains("expected finite"));
  CHECK_THROWS_WITH(floats(tensor_of<std::int64_t>("I64", {1})), Contains("I64"));

  const float largest = std::numeric_limits<float>::max();
  const double rounds_down = 0x1.fffffeffffffp127;  // below half a digit over the largest float32
  CHECK(floats(tensor_of<double>("F64", {-rounds_down})) == std::vector<float>{-largest});
  CHECK_THROWS_AS(floats(tensor_of<double>("F64", {0x1.ffffffp127})), Error);  // half: rounds up
  CHECK(floats(tensor_of<double>("F64", {1e-310, 0x1p-149})) == std::vector<float>{0, 0x1p-149f});
}

TEST_CASE("the place of a number counts along the tensor's axes") {
  std::vector<float> numbers(24, 1.0f);
  numbers[17] = NAN;
  Tensor tensor = engine::float_tensor("W", {2, 3, 4}, numbers.data());
  std::vector<float> out(12);
  CHECK_THROWS_WITH(engine::read_floats(tensor, 12, 12, out.data()), Contains("[1, 1, 1]"));
  CHECK_NOTHROW(engine::read_floats(tensor, 0, 12, out.data()));
}
