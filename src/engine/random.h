// A stated generator (xoshiro256**, seeded by splitmix64) with our own uniform, normal and shuffle:
// the standard library's distributions differ between libraries, and a seed must give the same
// model, batches and test sequences natively and as wasm.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/tensor.h"

namespace engine {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t next();  // 64 uniform bits
  double uniform();      // in [0, 1), 53 bits
  int below(int n);      // uniform in 0 .. n-1, without bias; n >= 1
  double normal();       // mean 0, deviation 1 (Marsaglia's polar method)

  template <class T>
  void shuffle(std::vector<T>& values) {  // Fisher and Yates, from the back
    for (int i = int(values.size()) - 1; i > 0; --i)
      std::swap(values[std::size_t(i)], values[std::size_t(below(i + 1))]);
  }

 private:
  std::uint64_t state_[4];
  bool has_spare_ = false;  // the polar method makes two normals at a time
  double spare_ = 0;
};

// rows x columns independent entries of normal(), column by column.
Matrix normal_matrix(Random& random, int rows, int columns);

}  // namespace engine
