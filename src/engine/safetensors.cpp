#include "engine/safetensors.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>

#include "engine/error.h"
#include "engine/foreign_file.h"
#include "engine/half.h"
#include "engine/json.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "float32 is read and handed out as it lies in memory: bring its bytes into file order first"
#endif

namespace engine {

namespace {

const std::uint64_t longest_header = 100'000'000;  // bytes, the format's own limit
const int header_depth = 3;                        // file, tensor, shape
const std::size_t first_bytes = 1024;              // tell what kind of file it is
const std::int64_t block = 1 << 16;                // numbers that are decoded at a time
const char* const metadata_key = "__metadata__";

// Bits of a number, 0 for a dtype that is not the format's.
std::uint64_t bits_of(const std::string& dtype) {
  static const std::map<std::string, std::uint64_t> bits = {
      {"F4", 4},          {"F6_E2M3", 6},     {"F6_E3M2", 6}, {"BOOL", 8},    {"U8", 8},
      {"I8", 8},          {"F8_E5M2", 8},     {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"U16", 16},
      {"I16", 16},        {"F16", 16},        {"BF16", 16},   {"U32", 32},    {"I32", 32},
      {"F32", 32},        {"U64", 64},        {"I64", 64},    {"F64", 64},    {"C64", 64},
      {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8},
  };
  const auto found = bits.find(dtype);
  return found == bits.end() ? 0 : found->second;
}

// Little-endian unsigned integer; bytes has at least sizeof(Unsigned).
template <class Unsigned>
Unsigned unsigned_at(const char* bytes) {
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i)
    value = Unsigned(value | Unsigned(Unsigned(static_cast<unsigned char>(bytes[i])) << (8 * i)));
  return value;
}

// Bytes that a tensor of this shape and dtype takes; false where that is no whole number of bytes
// or more than 64 bits can say.
bool byte_count(const std::vector<std::int64_t>& shape, const std::string& dtype,
                std::uint64_t& bytes) {
  std::uint64_t count = 1;
  for (std::int64_t n : shape)
    if (__builtin_mul_overflow(count, std::uint64_t(n), &count)) return false;
  if (__builtin_mul_overflow(count, bits_of(dtype), &count) || count % 8 != 0) return false;
  bytes = count / 8;
  return true;
}

// "tensor "embed.W_E" of model.safetensors"
std::string place(std::string_view file, const std::string& name) {
  return "tensor " + quote(name) + " of " + std::string(file);
}

struct Entry {
  Tensor tensor;
  std::uint64_t begin = 0, end = 0;  // offsets into the bytes after the header
};

const Json& member(const Json& entry, const char* key, const std::string& where) {
  const auto found = entry.find(key);
  if (found == entry.end()) fail(where, " has no ", key);
  return *found;
}

Entry parse_entry(const std::string& name, const Json& json, std::string_view file) {
  const std::string where = place(file, name);
  if (!json.is_object()) fail(where, " is ", shown(json), ", expected an object");
  Entry entry;
  entry.tensor.name = name;
  const Json& dtype = member(json, "dtype", where);
  if (!dtype.is_string() || bits_of(dtype.get<std::string>()) == 0)
    fail(where, " has dtype ", shown(dtype), ", expected one of safetensors' such as \"F32\"");
  entry.tensor.dtype = dtype.get<std::string>();
  const Json& shape = member(json, "shape", where);
  if (!shape.is_array()) fail(where, " has shape ", shown(shape), ", expected a list");
  for (const Json& n : shape) {
    if (!n.is_number_unsigned() || n.get<std::uint64_t>() > std::uint64_t(INT64_MAX))
      fail(where, " has shape ", shown(shape), ", expected whole numbers from 0");
    entry.tensor.shape.push_back(n.get<std::int64_t>());
  }
  const Json& offsets = member(json, "data_offsets", where);
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
      !offsets[1].is_number_unsigned())
    fail(where, " has data_offsets ", shown(offsets), ", expected [begin, end]");
  entry.begin = offsets[0].get<std::uint64_t>();
  entry.end = offsets[1].get<std::uint64_t>();
  std::uint64_t expected = 0;
  if (!byte_count(entry.tensor.shape, entry.tensor.dtype, expected))
    fail(where, " has shape ", shape_text(entry.tensor.shape), " of ", entry.tensor.dtype,
         ", which is too large or no whole number of bytes");
  if (entry.end < entry.begin || entry.end - entry.begin != expected)
    fail(where, " has data_offsets ", shown(offsets), ", expected ", expected,
         " bytes for its shape ", shape_text(entry.tensor.shape), " of ", entry.tensor.dtype);
  return entry;
}

// Gives each tensor its bytes: the entries must follow one another from the first byte of `numbers`
// to its last.
void place_entries(std::vector<Entry>& entries, const Bytes& numbers, std::string_view file) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  std::uint64_t end = 0;
  for (Entry& entry : entries) {
    if (entry.begin != end)
      fail(place(file, entry.tensor.name), " starts at offset ", entry.begin, ", expected ", end,
           entry.begin < end ? ": it overlaps the tensor before it"
                             : ": the bytes between are nobody's");
    if (entry.end > numbers.size())
      fail(place(file, entry.tensor.name), " ends at offset ", entry.end, ", but only ",
           numbers.size(), " bytes follow the header: the file is cut short");
    entry.tensor.bytes = numbers.part(entry.begin, entry.end - entry.begin);
    end = entry.end;
  }
  if (end != numbers.size())
    fail(file, " has ", numbers.size(), " bytes after its header, expected ", end,
         ", where its last tensor ends");
}

void parse_metadata(const Json& json, std::string_view file,
                    std::map<std::string, std::string>& metadata) {
  if (!json.is_object())
    fail(metadata_key, " of ", file, " is ", shown(json), ", expected an object of strings");
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string())
      fail("key ", quote(key), " in ", metadata_key, " of ", file, " is ", shown(value),
           ", expected a string");
    metadata[key] = value.get<std::string>();
  }
}

// The header's text; refuses what cannot be a safetensors file.
std::string header_of(const Bytes& bytes, std::string_view file) {
  if (bytes.empty()) fail(file, " is missing or empty");
  const std::string start =
      bytes.part(0, std::min<std::uint64_t>(bytes.size(), first_bytes)).text();
  const std::uint64_t length = start.size() < 8 ? 0 : unsigned_at<std::uint64_t>(start.data());
  if (length > 0 && length <= longest_header && length <= bytes.size() - 8) {
    std::string header = bytes.part(8, length).text();
    const std::size_t first = header.find_first_not_of(" \t\r\n");
    if (first != header.npos && header[first] == '{') return header;
  }
  refuse_foreign(start, file);
  if (bytes.size() < 8)
    fail(file, " has ", bytes.size(),
         " bytes, expected the header's length in the first 8: it is no "
         "safetensors file");
  if (length > longest_header)
    fail(file, " is no safetensors file: its header's length would be ", length,
         " bytes, expected at most ", longest_header);
  if (length > bytes.size() - 8)
    fail(file, " is cut short: its header takes ", length, " bytes, but only ", bytes.size() - 8,
         " follow");
  fail(file, " is no safetensors file: its header is not a JSON object");
}

std::string index_text(const std::vector<std::int64_t>& shape, std::int64_t number) {
  std::vector<std::int64_t> index(shape.size());
  for (std::size_t i = shape.size(); i-- > 0; number /= shape[i]) index[i] = number % shape[i];
  return shape_text(index);
}

[[noreturn]] void refuse_number(const Tensor& tensor, std::int64_t number, double value) {
  fail("tensor ", quote(tensor.name), " has ", value, " at ", index_text(tensor.shape, number),
       std::isfinite(value) ? ", which is too large for float32" : ", expected finite numbers");
}

// Decodes with `number(bytes)`, whose result is a float or a double.
template <int size, class Number>
void decode(const Tensor& tensor, std::int64_t first, std::int64_t count, float* out,
            Number number) {
  std::vector<char> bytes(std::size_t(std::min(count, block) * size));
  for (std::int64_t begin = 0; begin < count; begin += block) {
    const std::int64_t end = std::min(count, begin + block);
    tensor.bytes.read(std::uint64_t((first + begin) * size), std::size_t((end - begin) * size),
                      bytes.data());
    for (std::int64_t i = begin; i < end; ++i) {
      const auto value = number(bytes.data() + (i - begin) * size);
      // Too large is what rounds to infinity: beyond the largest float32 by half its last digit.
      const bool fits = std::isfinite(value) && std::abs(double(value)) < 0x1.ffffffp127;
      if (!fits) refuse_number(tensor, first + i, double(value));
      out[i] = float(value);
    }
  }
}

// float32, little-endian in the file as here.
void read_as_they_lie(const Tensor& tensor, std::int64_t first, std::int64_t count, float* out) {
  tensor.bytes.read(std::uint64_t(first) * 4, std::size_t(count) * 4, reinterpret_cast<char*>(out));
  for (std::int64_t i = 0; i < count; ++i)
    if (!std::isfinite(out[i])) refuse_number(tensor, first + i, double(out[i]));
}

double double_at(const char* bytes) {
  const std::uint64_t bits = unsigned_at<std::uint64_t>(bytes);
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace

const Tensor* Safetensors::find(const std::string& name) const {
  const auto found = tensors.find(name);
  return found == tensors.end() ? nullptr : &found->second;
}

Safetensors read_safetensors(const Bytes& bytes, std::string_view file) {
  const std::string text = header_of(bytes, file);
  const Json header = parse_json(text, "the header of " + std::string(file), header_depth);
  Safetensors result;
  result.name = file;
  std::vector<Entry> entries;
  for (const auto& [name, value] : header.items()) {
    if (name == metadata_key)
      parse_metadata(value, file, result.metadata);
    else
      entries.push_back(parse_entry(name, value, file));
  }
  const std::uint64_t numbers = 8 + text.size();
  place_entries(entries, bytes.part(numbers, bytes.size() - numbers), file);
  for (Entry& entry : entries) result.tensors[entry.tensor.name] = std::move(entry.tensor);
  return result;
}

std::string write_safetensors(const std::vector<Tensor>& tensors,
                              const std::map<std::string, std::string>& metadata) {
  Json header = Json::object();
  if (!metadata.empty()) header[metadata_key] = metadata;
  std::uint64_t end = 0;
  for (const Tensor& tensor : tensors) {
    assert(!header.contains(tensor.name) && tensor.name != metadata_key);
    std::uint64_t bytes = 0;
    const bool countable = byte_count(tensor.shape, tensor.dtype, bytes);
    assert(countable && bytes == tensor.bytes.size());
    (void)countable;
    header[tensor.name] = {{"dtype", tensor.dtype},
                           {"shape", tensor.shape},
                           {"data_offsets", {end, end + tensor.bytes.size()}}};
    end += tensor.bytes.size();
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // numbers start at a multiple of 8 bytes
  std::string file;
  file.reserve(8 + text.size() + std::size_t(end));
  for (int i = 0; i < 8; ++i) file += char(std::uint64_t(text.size()) >> (8 * i) & 255);
  file += text;
  for (const Tensor& tensor : tensors) {
    const std::size_t begin = file.size(), count = std::size_t(tensor.bytes.size());
    file.resize(begin + count);
    tensor.bytes.read(0, count, file.data() + begin);
  }
  return file;
}

Tensor float_tensor(std::string name, std::vector<std::int64_t> shape, const float* numbers) {
  std::size_t count = 1;
  for (std::int64_t n : shape) count *= std::size_t(n);
  const char* bytes = reinterpret_cast<const char*>(numbers);
  return {std::move(name), "F32", std::move(shape), std::string_view(bytes, count * sizeof(float))};
}

void read_floats(const Tensor& tensor, std::int64_t first, std::int64_t count, float* out) {
  if (tensor.dtype == "F32")
    read_as_they_lie(tensor, first, count, out);
  else if (tensor.dtype == "F16")
    decode<2>(tensor, first, count, out,
              [](const char* b) { return half_to_float(unsigned_at<std::uint16_t>(b)); });
  else if (tensor.dtype == "BF16")
    decode<2>(tensor, first, count, out,
              [](const char* b) { return bfloat16_to_float(unsigned_at<std::uint16_t>(b)); });
  else if (tensor.dtype == "F64")
    decode<8>(tensor, first, count, out, double_at);
  else
    fail("tensor ", quote(tensor.name), " has dtype ", tensor.dtype,
         ", expected F32, F16, BF16 or F64");
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

}  // namespace engine
