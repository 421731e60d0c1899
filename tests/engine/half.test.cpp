#include "engine/half.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace {

// sign, exponent and fraction put together with ldexp: every number is exact in a double.
double naive(std::uint32_t bits, int fraction_bits, int exponent_bits) {
  const int fraction = int(bits) & ((1 << fraction_bits) - 1);
  const int exponent = int(bits >> fraction_bits) & ((1 << exponent_bits) - 1);
  const int last = (1 << exponent_bits) - 1, bias = last / 2 + fraction_bits;
  const double sign = bits >> (fraction_bits + exponent_bits) ? -1.0 : 1.0;
  if (exponent == last) return fraction ? NAN : sign * INFINITY;
  if (exponent == 0) return sign * std::ldexp(fraction, 1 - bias);
  return sign * std::ldexp(fraction + (1 << fraction_bits), exponent - bias);
}

bool same(float found, double expected) {
  if (std::isnan(expected)) return std::isnan(found);
  return double(found) == expected && std::signbit(found) == std::signbit(expected);
}

}  // namespace

TEST_CASE("each of the 65,536 half-precision values is read exactly") {
  int wrong = 0;
  for (std::uint32_t bits = 0; bits < 65536; ++bits)
    wrong += !same(engine::half_to_float(std::uint16_t(bits)), naive(bits, 10, 5));
  CHECK(wrong == 0);
}

TEST_CASE("each of the 65,536 bfloat16 values is read exactly") {
  int wrong = 0;
  for (std::uint32_t bits = 0; bits < 65536; ++bits)
    wrong += !same(engine::bfloat16_to_float(std::uint16_t(bits)), naive(bits, 7, 8));
  CHECK(wrong == 0);
}

TEST_CASE("known half-precision values") {  // IEEE 754-2019, binary16
  CHECK(engine::half_to_float(0x3c00) == 1.0f);
  CHECK(engine::half_to_float(0xc000) == -2.0f);
  CHECK(engine::half_to_float(0x7bff) == 65504.0f);
  CHECK(engine::half_to_float(0x0001) == 0x1p-24f);  // the smallest subnormal
  CHECK(engine::half_to_float(0x0400) == 0x1p-14f);  // the smallest normal
}
