// The 16-bit floats of model files as float32, exactly: F16 (IEEE 754 binary16, subnormals
// included) and BF16 (the upper half of a float32).
#pragma once

#include <cstdint>
#include <cstring>

namespace engine {

inline float float_of_bits(std::uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

inline float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = std::uint32_t(half >> 15) << 31;
  const std::uint32_t exponent = (half >> 10) & 31;
  const std::uint32_t fraction = half & 1023;
  if (exponent == 31) return float_of_bits(sign | 0x7f800000u | fraction << 13);  // infinity, NaN
  if (exponent == 0) {  // zero and subnormals: fraction * 2^-24, which is a normal float32
    const float magnitude = float(fraction) * 0x1p-24f;
    return sign ? -magnitude : magnitude;
  }
  return float_of_bits(sign | (exponent + 112) << 23 | fraction << 13);  // 112: 127 - 15
}

inline float bfloat16_to_float(std::uint16_t bits) {
  return float_of_bits(std::uint32_t(bits) << 16);
}

}  // namespace engine
