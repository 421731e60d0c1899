// OpenBLAS takes its kernels by the processor's model number, and a processor newer than itself for
// a Pentium 4 of 2004: products are then several times slower. Here it is told by what the
// processor can, unless the environment says otherwise. The variable is read in OpenBLAS's own
// constructor, before main(); one with a priority runs before it.
#if defined(__x86_64__)

#include <cstdlib>

namespace {

__attribute__((constructor(101))) void choose_kernels() {
  __builtin_cpu_init();
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx512 || avx2) setenv("OPENBLAS_CORETYPE", avx512 ? "SkylakeX" : "Haswell", 0);
}

}  // namespace

#endif
