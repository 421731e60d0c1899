// The safetensors format: 8 bytes with the header's length (little-endian), the header (JSON: for
// each tensor its dtype, shape and offsets into the rest), then the numbers, row by row.
// https://github.com/huggingface/safetensors, "Format"
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytes.h"

namespace engine {

// A tensor's name and its bytes, which stay where they lie.
struct Tensor {
  std::string name;
  std::string dtype;  // "F32", "F16", "BF16", "F64", "I64", ...
  std::vector<std::int64_t> shape;
  Bytes bytes;
};

struct Safetensors {
  std::string name;                             // the file's, in messages
  std::map<std::string, Tensor> tensors;        // by name
  std::map<std::string, std::string> metadata;  // __metadata__

  const Tensor* find(const std::string& name) const;  // null when there is none
};

// Reads the header alone; the tensors are parts of `bytes`. Throws Error, naming the tensor
// and the file, for anything that the format forbids: lengths and offsets that do not fit,
// overlaps, holes, bytes at the end, a size other than shape and dtype give, a key twice.
Safetensors read_safetensors(const Bytes& bytes, std::string_view file = "model.safetensors");

// The file's bytes. The tensors follow one another in the order given; names differ, and each has
// as many bytes as its shape and dtype ask for (asserted).
std::string write_safetensors(const std::vector<Tensor>& tensors,
                              const std::map<std::string, std::string>& metadata = {});

// A tensor of F32 over numbers that stay where they are: as many as the shape says, row by row.
Tensor float_tensor(std::string name, std::vector<std::int64_t> shape, const float* numbers);

// Numbers `first` .. `first + count - 1` of a tensor as float32, in the file's order, from F32,
// F16, BF16 or F64. Throws Error naming the tensor and the place for another dtype, for a number
// that is not finite and for one that float32 cannot hold. Subnormals are kept.
void read_floats(const Tensor& tensor, std::int64_t first, std::int64_t count, float* out);

std::string shape_text(const std::vector<std::int64_t>& shape);  // "[2, 3]"

}  // namespace engine
