#include "engine/random.h"

#include <cassert>
#include <cmath>

namespace engine {

namespace {

std::uint64_t rotate_left(std::uint64_t x, int k) {
  return (x << k) | (x >> (64 - k));
}

// splitmix64: fills the state from a seed of any value, zero included.
std::uint64_t split_mix(std::uint64_t& x) {
  x += 0x9e3779b97f4a7c15u;
  std::uint64_t z = x;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) word = split_mix(seed);
}

std::uint64_t Random::next() {
  const std::uint64_t result = rotate_left(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = rotate_left(state_[3], 45);
  return result;
}

double Random::uniform() {
  return double(next() >> 11) * 0x1.0p-53;
}

int Random::below(int n) {
  assert(n >= 1);
  const std::uint64_t range = std::uint64_t(n);
  // Values under `reject` would make some results more likely than others.
  const std::uint64_t reject = (0 - range) % range;
  std::uint64_t bits = next();
  while (bits < reject) bits = next();
  return int(bits % range);
}

double Random::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  double x, y, squares;
  do {
    x = 2 * uniform() - 1;
    y = 2 * uniform() - 1;
    squares = x * x + y * y;
  } while (squares >= 1 || squares == 0);
  const double factor = std::sqrt(-2 * std::log(squares) / squares);
  spare_ = y * factor;
  has_spare_ = true;
  return x * factor;
}

Matrix normal_matrix(Random& random, int rows, int columns) {
  Matrix matrix(rows, columns);
  for (float& entry : matrix.reshaped()) entry = float(random.normal());
  return matrix;
}

}  // namespace engine
